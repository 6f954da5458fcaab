package review

import (
	"slices"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/notice"
)

// eachStanding gives how people stand now, and what of reaching them is not as a
// version holds it; nobody who is sealed. It is asked for every notice as it
// leaves, and so looks up rows by their keys alone.
func eachStanding(tx *db.Tx, version int64, people []string, use func(id string, s notice.Standing)) error {
	unlisted := version != 0 // whoever is on no row of a version is not as it says, nor is anybody once its rows were destroyed
	return tx.Each(func(row db.Row) error {
		var id, contact, born, worker, kinds, held string
		var minor, moved, mail, phone, other, changed, calls int64
		var s notice.Standing
		if err := row.Scan(&id, &contact, &s.Deceased, &born, &s.Verdict, &minor, &moved, &mail, &phone, &other, &worker, &changed, &kinds, &held, &calls); err != nil {
			return err
		}
		s.Contact, s.Minor, s.Moved = reeve.SafeContact(contact), minor > 0, moved > 0
		s.OtherEmail, s.OtherPhone, s.OtherWorker = mail > 0, phone > 0, other > 0
		s.Changed = changed > 0 || lacks(held, kinds)
		s.Worker, s.Told = reeve.Private(reeve.KindName, worker), calls > 0
		if born != "" {
			d, err := reeve.ParseISODate(born)
			s.Born, s.Minor = d, s.Minor || err != nil // a date that cannot be read protects
		}
		use(id, s)
		return nil
	}, `SELECT p.id, c.value, p.deceased, p.born, COALESCE(v.value, ''),
		(SELECT COUNT(*) FROM case_signals m WHERE m.person = p.id AND m.signal = 'minor'),
		CASE WHEN f.person IS NOT NULL AND (f.address <> p.address OR f.postcode <> p.postcode) THEN 1 ELSE 0 END,
		`+otherThan("email")+", "+otherThan("phone")+", "+otherThan("worker")+`, COALESCE(k.worker, ''),
		CASE WHEN f.person IS NULL THEN ? WHEN f.name <> p.name THEN 1 ELSE 0 END, COALESCE(f.kinds, ''), p.kinds, `+toldByCall+`
		FROM case_people p JOIN review_contact c ON c.person = p.id
		LEFT JOIN review_verdicts v ON v.about = 'person' AND v.thing = p.id
		LEFT JOIN case_contacts k ON k.person = p.id
		LEFT JOIN list_person f ON f.list = ? AND f.person = p.id
		LEFT JOIN list_contact g ON g.list = f.list AND g.n = f.n
		WHERE p.sealed = 0 AND p.id IN (`+marks(len(people))+")", append([]any{unlisted, version}, arguments(people)...)...)
}

// lacks tells whether a joined list does not hold all of another.
func lacks(list, all string) bool {
	held := split[string](list)
	return slices.ContainsFunc(split[string](all), func(s string) bool { return !slices.Contains(held, s) })
}

// otherThan is 1 where a frozen row f has another way of reaching the person than
// the registers give now, 0 where nothing was frozen.
func otherThan(column string) string {
	return "CASE WHEN f.person IS NOT NULL AND COALESCE(g." + column + ", '') <> COALESCE(k." + column + ", '') THEN 1 ELSE 0 END"
}

// toldByCall counts the calls from the desk that told a person p and stand.
const toldByCall = "(SELECT COUNT(*) FROM review_call h WHERE h.thing = 'person:' || p.id AND h.outcome = 'told' AND h.withdrawn = 0)"
