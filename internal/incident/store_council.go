package incident

import (
	"fmt"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

var (
	profiles     = shelf[Profile, *Profile]{"incident_profile", KindProfile, "nation, mails, contact, officer, ico, why"}
	arrangements = shelf[Arrangement, *Arrangement]{"incident_arrangement", KindArrangement, "title, sort, what, host, controllers, joint, processors, law, contact, state, why"}
	clearances   = shelf[Clearance, *Clearance]{"incident_clearance", KindClearance, "sort, thing, addressed, basis, evidence, until, signed_by, signed_name, signed_at, state, why"}
	warnings     = shelf[Warning, *Warning]{"incident_warning", KindWarning, "title, note, ask, addressed, outside, way, facts, sent, state, why"}
)

func (p *Profile) places() []any {
	return []any{&p.Nation, &p.Mails, &p.Contact, &p.Officer, &p.ICO, &p.Why}
}
func (p *Profile) cells() []any {
	return []any{p.Nation, p.Mails, p.Contact, p.Officer, p.ICO, p.Why}
}

func (a *Arrangement) places() []any {
	return []any{&a.Title, &a.Sort, &a.What, &a.Host, &a.Controllers, &a.Joint, &a.Processors, &a.Law, &a.Contact, &a.State, &a.Why}
}
func (a *Arrangement) cells() []any {
	return []any{a.Title, a.Sort, a.What, a.Host, a.Controllers, a.Joint, a.Processors, a.Law, a.Contact, a.State, a.Why}
}

func (c *Clearance) places() []any {
	return []any{&c.Sort, &c.Thing, &c.Addressed, &c.Basis, &c.Evidence, &c.Until, &c.SignedBy, &c.SignedName, &c.SignedAt, &c.State, &c.Why}
}
func (c *Clearance) cells() []any {
	return []any{c.Sort, c.Thing, c.Addressed, c.Basis, c.Evidence, c.Until, c.SignedBy, c.SignedName, c.SignedAt, c.State, c.Why}
}

func (w *Warning) places() []any {
	return []any{&w.Title, &w.Note, &w.Ask, &w.Addressed, &w.Outside, &w.Way, &w.Facts, &w.Sent, &w.State, &w.Why}
}
func (w *Warning) cells() []any {
	return []any{w.Title, w.Note, w.Ask, w.Addressed, w.Outside, w.Way, w.Facts, w.Sent, w.State, w.Why}
}

// profileOf gives the profile of a council, an empty one if none was written.
func profileOf(tx *db.Tx, s Sight, council string) (Profile, error) {
	all, err := profiles.list(tx, s, query{where: "x.council = ?", args: []any{council}, limit: 1})
	if err != nil || len(all) == 0 {
		return Profile{Kept: Kept{Mark: Mark{Council: council, TLP: Green}}}, err
	}
	return all[0], nil
}

// putClearance keeps a clearance and to whom it is addressed.
func putClearance(tx *db.Tx, c *Clearance, seen int64) error {
	if err := clearances.put(tx, c, seen); err != nil {
		return err
	}
	b := tx.LoadNew("incident_clearance_to", "number", "council")
	for _, council := range c.to() {
		if err := b.Add(c.Number, council); err != nil {
			return err
		}
	}
	return b.Close()
}

// Cleared tells whether a council may go by a signed clearance of another: of
// this kind, about this thing, at a moment.
func Cleared(tx *db.Tx, by, kind, thing, council string, at int64) (bool, error) {
	var n int64
	err := tx.One([]any{&n}, "SELECT COUNT(*) FROM clearance WHERE council = ? AND kind = ? AND thing = ? AND for_council IN ('', ?) AND (until = 0 OR until > ?)", by, kind, thing, council, at)
	return n > 0, err
}

// share lets a council see an object besides what its mark allows; again is no
// error.
func share(tx *db.Tx, kind string, id int64, council, by string, at int64) error {
	b := tx.LoadNew("incident_share", "kind", "object", "council", "added_by", "added_at")
	if err := b.Add(kind, id, council, by, at); err != nil {
		return err
	}
	return b.Close()
}

// unshare ends that; reeve.NotFound if it was not so.
func unshare(tx *db.Tx, kind string, id int64, council string) error {
	n, err := tx.Exec("DELETE FROM incident_share WHERE kind = ? AND object = ? AND council = ?", kind, id, council)
	if err == nil && n == 0 {
		err = fmt.Errorf("end sharing: %w", reeve.NotFound)
	}
	return err
}

// fieldLabel is a field that travels less far than its object.
type fieldLabel struct {
	Object int64
	Field  string
	TLP    TLP
}

// fieldLabels gives the fields of a kind that have a label of their own; of one
// object, or of all for 0.
func fieldLabels(tx *db.Tx, kind string, object int64) ([]fieldLabel, error) {
	return db.All(tx, func(row db.Row) (f fieldLabel, err error) { return f, row.Scan(&f.Object, &f.Field, &f.TLP) },
		"SELECT object, field, tlp FROM incident_field WHERE kind = ? AND (? = 0 OR object = ?) ORDER BY object, field", kind, object, object)
}

// putField gives a field a label of its own; "" takes it away.
func putField(tx *db.Tx, kind string, id int64, field string, label TLP, by string, at int64) error {
	if label == "" {
		_, err := tx.Exec("DELETE FROM incident_field WHERE kind = ? AND object = ? AND field = ?", kind, id, field)
		return err
	}
	b := tx.Upsert("incident_field", []string{"kind", "object", "field"}, []string{"kind", "object", "field", "tlp", "added_by", "added_at"})
	if err := b.Add(kind, id, field, string(label), by, at); err != nil {
		return err
	}
	return b.Close()
}
