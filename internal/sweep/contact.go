package sweep

import (
	"slices"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/uk"
)

// contactCells is what a person's register records say of reaching them, and
// the services whose folders held their data.
type contactCells struct{ email, phone, language, format, worker, services string }

// contactOf takes for each cell the newest current record that has a value. For
// an e-mail address or telephone number the record that says that this way is
// safe comes before a newer one that does not: the way was found safe there, with
// the number that stands beside it. Records of addresses that have ended give no
// address or number; what they say of reading and of the worker still holds.
func (r *resolution) contactOf(s *subject) contactCells {
	now := slices.DeleteFunc(slices.Clone(s.input.Records), ended)
	newest := func(cell func(*reeve.Record) string) string {
		for _, records := range [][]reeve.Record{now, s.input.Records} {
			if rec := newestRecord(records, func(r *reeve.Record) bool { return cell(r) != "" }); rec != nil {
				return cell(rec)
			}
		}
		return ""
	}
	return contactCells{email: reachedBy(now, "email", emailOf), phone: phoneFor(now), services: r.servicesOf(s),
		language: languageCode(newest(func(r *reeve.Record) string { return knownWord(r.Language) })),
		format:   formatCode(newest(func(r *reeve.Record) string { return knownWord(r.FormatNeed) })),
		worker:   newest(func(r *reeve.Record) string { return plainCell(r.NamedWorker) })}
}

// reachedBy is the value of the newest record that says that a way is safe and
// has one, or else of the newest that has one.
func reachedBy(records []reeve.Record, way string, value func(*reeve.Record) string) string {
	safe := func(r *reeve.Record) bool { return r.SafeContact == way && !r.Updated.IsZero() && value(r) != "" }
	rec := newestRecord(records, safe)
	if rec == nil {
		rec = newestRecord(records, func(r *reeve.Record) bool { return value(r) != "" })
	}
	if rec == nil {
		return ""
	}
	return value(rec)
}

// phoneFor prefers a mobile number, which takes a text message, to any other of
// a record as safe.
func phoneFor(records []reeve.Record) string {
	safe := slices.DeleteFunc(slices.Clone(records), func(r reeve.Record) bool { return r.SafeContact != "phone" || r.Updated.IsZero() })
	for _, some := range [][]reeve.Record{safe, records} {
		for _, of := range []func(*reeve.Record) string{mobileOf, phoneOf} {
			if number := reachedBy(some, "phone", of); number != "" {
				return number
			}
		}
	}
	return ""
}

func mobileOf(r *reeve.Record) string {
	return firstPhone(r, func(p uk.PhonePlan) bool { return p == uk.Mobile })
}

// phoneOf gives no number that costs the council or the person more than a call.
func phoneOf(r *reeve.Record) string {
	return firstPhone(r, func(p uk.PhonePlan) bool { return p != uk.NotPhone && p != uk.Premium })
}

func firstPhone(r *reeve.Record, takes func(uk.PhonePlan) bool) string {
	for _, number := range []string{r.Phone, r.Phone2} {
		if takes(uk.ClassifyPhone(number)) {
			norm, _ := uk.NormPhone(number)
			return norm
		}
	}
	return ""
}

// emailOf is the e-mail address of a record; "" for what can be none. Whether
// mail can be sent to it is the channel's to say.
func emailOf(r *reeve.Record) string {
	mail := plainCell(r.Email)
	if at := strings.LastIndexByte(mail, '@'); at < 1 || at == len(mail)-1 || strings.ContainsAny(mail, " \t\r\n") {
		return ""
	}
	return mail
}

// longestContact bounds a cell that a register gives: no name, address or word
// for a language is longer.
const longestContact = 254

func plainCell(s string) string {
	if s = strings.TrimSpace(s); len(s) > longestContact {
		return ""
	}
	return s
}

// knownWord is a cell that says something: registers fill in for what is not
// known.
func knownWord(s string) string {
	s = plainCell(s)
	switch strings.ToLower(strings.Trim(s, " .-/")) {
	case "", "n", "na", "n/a", "no", "none", "not known", "unknown", "not recorded", "not stated", "refused":
		return ""
	}
	return s
}

// servicesOf are the services whose folders held the items that count for a
// person, every copy of them.
func (r *resolution) servicesOf(s *subject) string {
	var found []string
	seen := make(map[int32]bool)
	for _, e := range s.evidence {
		counts := s.tier == reeve.TierPossible || reeve.TierOf(float64(e.posterior)) != reeve.TierPossible
		if seen[e.item] || !counts || e.negated || e.confidence == reeve.ConfidenceD {
			continue
		}
		seen[e.item] = true
		for _, p := range r.byNumber[e.item].paths {
			if name := r.service(topFolder(p.path)); name != "" && !slices.Contains(found, name) {
				found = append(found, name)
			}
		}
	}
	return joinSorted(found)
}

// service is serviceOf, asked once for each folder.
func (r *resolution) service(folder string) string {
	name, known := r.services[folder]
	if !known {
		name = serviceOf(folder)
		r.services[folder] = name
	}
	return name
}
