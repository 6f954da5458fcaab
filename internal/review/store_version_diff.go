package review

import (
	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/sweep"
)

// versionBefore gives the version that one is compared with if nobody says
// which: the one that was approved last before it, else the one before it; 0 for
// none.
func versionBefore(tx *db.Tx, number int64) (before int64, err error) {
	err = tx.One([]any{&before}, `SELECT COALESCE(MAX(CASE WHEN state <> ? THEN number END), MAX(number), 0) FROM list_version WHERE number < ? AND emptied = 0`,
		versionDraft, number)
	return before, err
}

// What can differ between two versions.
const (
	diffAdded   = "added"
	diffLeft    = "left"
	diffChanged = "changed"
)

// diffRow is somebody who differs between two versions, as they were and are.
type diffRow struct {
	Person string          `json:"person"`
	Name   reeve.Sensitive `json:"name"`
	Was    diffState       `json:"was"`
	Is     diffState       `json:"is"`
	Now    string          `json:"now"` // of who left: the id that they answer to now
}

// diffState is what is compared.
type diffState struct {
	Tier    string `json:"tier"`
	Lane    string `json:"lane"`
	Band    string `json:"band"`
	Contact string `json:"safe_contact"`
	Verdict string `json:"verdict"`
}

const differs = "(q.tier <> p.tier OR q.lane <> p.lane OR q.band <> p.band OR q.safe_contact <> p.safe_contact OR q.verdict <> p.verdict)"

// diffQuery is the rows p of a version that differ from those q of the other:
// the new version's for who was added or changed, the old one's for who left.
// Somebody who stands in the other version but may not be seen there counts as
// somebody who does not.
func diffQuery(what string, is, was int64, s sweep.Scope) (text string, args []any) {
	condition, scope := rowScope(s)
	own, other := is, was
	if what == diffLeft {
		own, other = was, is
	}
	seen := ""
	args = []any{other}
	if len(s.Councils) > 0 {
		seen = " AND EXISTS (SELECT 1 FROM list_council o WHERE o.list = q.list AND o.n = q.n AND o.council IN (" + marks(len(s.Councils)) + "))"
		args = append(args, arguments(s.Councils)...)
	}
	text = " FROM list_person p LEFT JOIN list_person q ON q.list = ? AND q.person = p.person" + seen + " WHERE p.list = ? AND " + condition
	args = append(append(args, own), scope...)
	if what == diffChanged {
		return text + " AND q.n IS NOT NULL AND " + differs, args
	}
	return text + " AND q.n IS NULL", args
}

func countDiff(tx *db.Tx, what string, is, was int64, s sweep.Scope) (n int64, err error) {
	text, args := diffQuery(what, is, was, s)
	return n, tx.One([]any{&n}, "SELECT COUNT(*)"+text, args...)
}

// readDiff gives a page of who differs, in the order of the list.
func readDiff(tx *db.Tx, what string, is, was int64, s sweep.Scope, after string, limit int) ([]diffRow, error) {
	own := is
	if what == diffLeft {
		own = was
	}
	place, err := placeOf(tx, own, after)
	if err != nil {
		return nil, err
	}
	text, args := diffQuery(what, is, was, s)
	all, err := db.All(tx, func(row db.Row) (d diffRow, err error) {
		var name string
		own, other := &d.Is, &d.Was
		if what == diffLeft {
			own, other = &d.Was, &d.Is
		}
		err = row.Scan(&d.Person, &name, &own.Tier, &own.Lane, &own.Band, &own.Contact, &own.Verdict,
			&other.Tier, &other.Lane, &other.Band, &other.Contact, &other.Verdict)
		d.Name = reeve.Private(reeve.KindName, name)
		return d, err
	}, `SELECT p.person, p.name, p.tier, p.lane, p.band, p.safe_contact, p.verdict, COALESCE(q.tier, ''), COALESCE(q.lane, ''), COALESCE(q.band, ''),
		COALESCE(q.safe_contact, ''), COALESCE(q.verdict, '')`+text+" AND p.n > ? ORDER BY p.n LIMIT ?", append(args, place, limit)...)
	for i := range all {
		if err == nil && what == diffLeft {
			all[i].Now, err = answersTo(tx, all[i].Person, is, s)
		}
	}
	return all, err
}

// answersTo gives the id under which somebody who left stands in a version now,
// "" where there is none that may be seen.
func answersTo(tx *db.Tx, person string, version int64, s sweep.Scope) (string, error) {
	condition, args := rowScope(s)
	all, err := db.All(tx, func(row db.Row) (id string, err error) { return id, row.Scan(&id) },
		"SELECT p.person FROM case_redirects r JOIN list_person p ON p.list = ? AND p.person = r.new_ WHERE r.old = ? AND "+condition+" ORDER BY p.n LIMIT 1",
		append([]any{version, person}, args...)...)
	if err != nil || len(all) == 0 {
		return "", err
	}
	return all[0], nil
}
