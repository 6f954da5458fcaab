package notice

import (
	"errors"
	"fmt"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

// listed is a row of a list version, as a run is made from it.
type listed struct {
	n        int64
	person   string
	name     reeve.Sensitive
	address  reeve.Sensitive
	postcode reeve.Sensitive
	role     string
	deceased string
	band     reeve.Band
	tier     reeve.Tier
	kinds    []reeve.Kind
	from, to reeve.Date
	items    int64
	missing  int64 // of the items, not fully read
	council  string
	verdict  string
	reach
}

// listVersion is what the views tell of a frozen list.
type listVersion struct {
	Number int64
	State  string
	Digest string
	Made   int64
}

// readLists gives the list versions, newest first.
func readLists(tx *db.Tx) ([]listVersion, error) {
	return db.All(tx, func(row db.Row) (v listVersion, err error) {
		return v, row.Scan(&v.Number, &v.State, &v.Digest, &v.Made)
	}, "SELECT number, state, digest, made_at FROM review_version WHERE emptied = 0 ORDER BY number DESC LIMIT 100")
}

// approvedList gives the digest of a list version from which a run may be frozen;
// reeve.Conflict for one that is not approved any more, or whose rows were
// destroyed.
func approvedList(tx *db.Tx, number int64) (digest string, err error) {
	err = tx.One([]any{&digest}, "SELECT digest FROM review_version WHERE number = ? AND state = 'approved' AND emptied = 0", number)
	if errors.Is(err, reeve.NotFound) {
		err = reeve.WithHint(fmt.Errorf("freeze run: list version %d is not approved: %w", number, reeve.Conflict), "stop this run, and set up another from a list version that two people approved")
	}
	return digest, err
}

// readListed gives rows of a version from behind n; of one council's people
// where it is named.
func readListed(tx *db.Tx, version int64, council string, after int64, limit int) ([]listed, error) {
	where, args := "", []any{version, after}
	if council != "" {
		where, args = " AND EXISTS (SELECT 1 FROM review_version_council k WHERE k.version = p.version AND k.person = p.person AND k.council = ?)", append(args, council)
	}
	all, err := db.All(tx, func(row db.Row) (x listed, err error) {
		var name, address, postcode, kinds string
		var from, to int64
		err = row.Scan(&x.n, &x.person, &name, &address, &postcode, &x.role, &x.deceased, &x.band, &x.tier, &kinds, &from, &to, &x.items, &x.missing, &x.council, &x.verdict)
		x.name, x.address, x.postcode = reeve.Private(reeve.KindName, name), reeve.Private(reeve.KindAddress, address), reeve.Private(reeve.KindPostcode, postcode)
		x.kinds, x.from, x.to = split[reeve.Kind](kinds), reeve.DateNumber(int(from)), reeve.DateNumber(int(to))
		return x, err
	}, `SELECT p.n, p.person, p.name, p.address, p.postcode, p.role, p.deceased, p.band, p.tier, p.kinds, p.data_from, p.data_to, p.items, p.incomplete, p.controller, p.verdict
		FROM review_version_person p WHERE p.version = ? AND p.n > ?`+where+" ORDER BY p.n LIMIT ?", append(args, limit)...)
	if err != nil || len(all) == 0 {
		return all, err
	}
	return all, readReach(tx, version, all)
}

// readCoverage counts how much of what was seen has been read.
func readCoverage(tx *db.Tx) (c Coverage, err error) {
	return c, tx.One([]any{&c.Unread, &c.Total}, "SELECT COALESCE(SUM(CASE WHEN status <> 'read' THEN 1 ELSE 0 END), 0), COUNT(*) FROM case_items")
}

// block writes the address block of a listed person.
func (x *listed) block() []string {
	return addressLines(x.name.Reveal(), x.address.Reveal(), x.postcode.Reveal())
}

// foldPlace is an address by which it is known again, whatever its writing.
func foldPlace(lines []string) string {
	var b strings.Builder
	for _, l := range lines {
		for _, r := range strings.ToLower(l) {
			if r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r > 127 {
				b.WriteRune(r)
			}
		}
	}
	return b.String()
}

func marks(n int) string { return strings.TrimSuffix(strings.Repeat("?, ", n), ", ") }

// known gives, of some people, a text for each that a query tells something of.
func known(tx *db.Tx, people []string, query string, more ...any) (map[string]int64, error) {
	found := make(map[string]int64)
	if len(people) == 0 {
		return found, nil
	}
	args := more
	for _, p := range people {
		args = append(args, p)
	}
	err := tx.Each(func(row db.Row) error {
		var key string
		var id int64
		err := row.Scan(&key, &id)
		found[key] = id
		return err
	}, fmt.Sprintf(query, marks(len(people))), args...)
	return found, err
}

// toldPeople gives those of some people to whom a notice of their own left, or
// is leaving, in another run. One that came back or failed has told nobody: they
// may be told in a later run. What left to somebody who was merged into them
// since left to them.
func toldPeople(tx *db.Tx, people []string, run int64) (map[string]int64, error) {
	return knownOfPeople(tx, people, `SELECT person, MAX(run) FROM notice_message WHERE run <> ? AND n > 0 AND state IN ('left', 'leaving', 'unsure')
		AND outcome NOT IN ('returned', 'failed') AND person IN (%s) GROUP BY person`, run)
}

func suppressedPeople(tx *db.Tx, people []string) (map[string]int64, error) {
	return knownOfAny(tx, people, "SELECT person, MAX(id) FROM notice_suppression WHERE lifted = 0 AND person IN (%s) GROUP BY person")
}
