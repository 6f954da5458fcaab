package notice

import (
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/uk"
)

// reach is what the registers of a listed person say of reaching them, as the
// list was frozen, and of how they read.
type reach struct {
	email, phone, worker reeve.Sensitive
	language             string
	format               Format
	services             []string
	held                 string
}

// readReach puts beside listed people, in the order of their rows, how they are
// reached. It asks for the rows apart: joined, a database that knows nothing of
// its tables yet goes through all of them for each.
func readReach(tx *db.Tx, version int64, all []listed) error {
	at := make(map[int64]*reach, len(all))
	for i := range all {
		at[all[i].n] = &all[i].reach
	}
	return tx.Each(func(row db.Row) error {
		var n int64
		var x reach
		var email, phone, worker, services string
		err := row.Scan(&n, &email, &phone, &worker, &x.language, &x.format, &services, &x.held)
		x.email, x.phone, x.worker = reeve.Private(reeve.KindEmail, email), reeve.Private(reeve.KindPhone, phone), reeve.Private(reeve.KindName, worker)
		x.services = split[string](services)
		if into := at[n]; into != nil {
			*into = x
		}
		return err
	}, "SELECT n, email, phone, worker, language, format, services, held FROM review_version_contact WHERE version = ? AND n >= ? AND n <= ?", version, all[0].n, all[len(all)-1].n)
}

// sharing are the e-mail addresses, or numbers, that several people of a list
// have: what is sent there tells one of them about another.
type sharing map[string]bool

// sharedBy finds what several people of a version share for a way of a run. They
// need not be in the run: whoever is left out of it reads the mailbox all the
// same.
func sharedBy(tx *db.Tx, version int64, w Way) (sharing, error) {
	column := map[Way]string{Email: "email", Text: "phone"}[w]
	if column == "" {
		return nil, nil
	}
	owner, shared := make(map[string]string), make(sharing)
	return shared, tx.Each(func(row db.Row) error {
		var person, value string
		err := row.Scan(&person, &value)
		key := pointOf(w, value)
		if first, known := owner[key]; known && first != person {
			shared[key] = true
		}
		owner[key] = person
		return err
	}, "SELECT person, "+column+" FROM review_version_contact WHERE version = ? AND "+column+" <> ''", version)
}

// pointOf is an e-mail address or a number by which it is known again, whatever
// its writing.
func pointOf(w Way, value string) string {
	if w == Email {
		return "mail:" + strings.ToLower(strings.TrimSpace(value))
	}
	if norm, ok := uk.NormPhone(value); ok {
		value = norm
	}
	return "tel:" + value
}

// fillReach gives a message what its way needs to reach the person and no more,
// and tells why it cannot be sent that way. Whoever is told about somebody else
// is not reached by that person's address, number or reading; nor is anything
// sent where others on the list read it. What a number or an address is must be
// plain before anybody signs: a run holds no message that cannot leave.
func (r *run) fillReach(f *frozenMessage, x *reach, shared sharing) Reason {
	c := &f.Recipient
	c.Services, c.Held = x.services, x.held
	if f.Decided == 0 {
		c.Language, c.Format = x.language, x.format
	}
	switch r.Way {
	case Email, Text, Call:
		return r.fillPoint(f, x, shared)
	case Worker:
		c.Worker, f.Place = x.worker, ""
		if c.Worker.Empty() {
			return NoAddress
		}
	}
	return ""
}

func (r *run) fillPoint(f *frozenMessage, x *reach, shared sharing) Reason {
	c, value := &f.Recipient, x.phone
	if r.Way == Email {
		value = x.email
	}
	point := value.Reveal()
	if f.Decided != 0 || !takes(r.Way, point) {
		return NoAddress
	}
	f.Place = pointOf(r.Way, point)
	if shared[f.Place] {
		return Shared
	}
	if r.Way == Email {
		c.Email = value
	} else {
		c.Phone = value
	}
	return ""
}

// takes tells whether a way can use an address or number: a text message goes to
// a mobile alone.
func takes(w Way, point string) bool {
	switch w {
	case Email:
		return mailForm.MatchString(point)
	case Text:
		return uk.ClassifyPhone(point) == uk.Mobile
	}
	return uk.ValidPhone(point)
}
