package incident

import (
	"errors"
	"fmt"
	"slices"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

// factShelf is the ledger.
var factShelf = shelf[Fact, *Fact]{"incident_fact", KindFact,
	"topic, topic_key, value, value_key, claim, source, as_of, confidence, sort, owner, owner_name, state, instead, why, words"}

func (f *Fact) places() []any {
	var unread string
	return []any{&f.Topic, &unread, &f.Value, &unread, &f.Claim, &f.Source, &f.AsOf, &f.Confidence, &f.Sort, &f.Owner, &f.OwnerName, &f.State, &f.Instead, &f.Why, &unread}
}

func (f *Fact) cells() []any {
	return []any{f.Topic, f.topicKey(), f.Value, f.valueKey(), f.Claim, f.Source, f.AsOf, f.Confidence, f.Sort, f.Owner, f.OwnerName, f.State, f.Instead, f.Why,
		foldAll(f.Topic, f.Value, f.Claim, f.Source)}
}

// Facts gives what may be said to an audience, by topic: facts that stand in a
// version that was released to it. To Internal it gives all but what is red.
// What contradicts another fact is marked; nobody should build on it before
// somebody has decided.
func Facts(tx *db.Tx, to Audience) ([]FactLine, error) {
	return FactsSeen(tx, to, Sight{All: true, Levels: TLPs})
}

// FactsSeen is Facts for those who do not see all of the book: what they may not
// see contradicts nothing.
func FactsSeen(tx *db.Tx, to Audience, s Sight) ([]FactLine, error) {
	disputed, err := conflictsOf(tx, s)
	if err != nil {
		return nil, fmt.Errorf("read facts: %w", err)
	}
	s.Levels = slices.DeleteFunc(slices.Clone(s.Levels), func(t TLP) bool { return !slices.Contains(to.levels(), t) })
	q := query{where: "x.state = 'stands'", order: "x.topic_key, x.as_of, x.id"}
	if to != Internal {
		q.where += " AND EXISTS (SELECT 1 FROM incident_release r WHERE r.version = x.number AND r.ended_at = 0 AND r.audience IN (?, ?))"
		q.args = []any{string(to), string(Public)}
	}
	all, err := factShelf.list(tx, s, q)
	if err != nil {
		return nil, fmt.Errorf("read facts: %w", err)
	}
	return each(all, func(f Fact) FactLine {
		return f.line(slices.ContainsFunc(disputed, func(c Conflict) bool { return c.Key == f.topicKey() }))
	}), nil
}

// conflictsOf gives the topics on which facts that stand, and that may be seen,
// give different answers, unless somebody found that these do not contradict
// each other.
func conflictsOf(tx *db.Tx, s Sight) ([]Conflict, error) {
	condition, args := s.where(KindFact, "y", "id")
	facts, err := factShelf.list(tx, s, query{order: "x.topic_key, x.as_of, x.id",
		where: "x.state = 'stands' AND x.sort <> 'unknown' AND x.topic_key IN (SELECT y.topic_key FROM incident_fact y WHERE y.latest = 1 AND y.state = 'stands' AND y.sort <> 'unknown' AND y.topic_key <> '' AND " +
			condition + " GROUP BY y.topic_key HAVING COUNT(DISTINCT y.value_key) > 1)", args: args})
	if err != nil {
		return nil, err
	}
	var all []Conflict
	for _, f := range facts {
		if len(all) == 0 || all[len(all)-1].Key != f.topicKey() {
			all = append(all, Conflict{Topic: f.Topic, Key: f.topicKey()})
		}
		c := &all[len(all)-1]
		c.Facts = append(c.Facts, f)
	}
	settled := make(map[string]string)
	err = tx.Each(func(row db.Row) error {
		var key, answers string
		err := row.Scan(&key, &answers)
		settled[key] = answers
		return err
	}, "SELECT topic_key, answers FROM incident_settled")
	return slices.DeleteFunc(all, func(c Conflict) bool { return settled[c.Key] == c.answerKeys() }), err
}

// settle keeps that the answers of a topic do not contradict each other.
func settle(tx *db.Tx, c Conflict, why string, k Kept) error {
	b := tx.Upsert("incident_settled", []string{"topic_key"}, []string{"topic_key", "answers", "why", "settled_by", "settled_name", "settled_at"})
	if err := b.Add(c.Key, c.answerKeys(), why, k.ChangedBy, k.ChangedName, k.ChangedAt); err != nil {
		return err
	}
	return b.Close()
}

// Use is one thing that was built on a fact.
type Use struct {
	Object
	Version int64 `json:"version"` // the number that was cited
	Stale   bool  `json:"stale"`   // the newest version that it cites does not stand any more
}

// Cite keeps that an object was built on a version of a fact. Who renders a fact
// into anything calls it, in the transaction that makes the thing; again is no
// error. reeve.NotFound for no such version.
func Cite(tx *db.Tx, version int64, by Object) error {
	var fact, at int64
	if err := tx.One([]any{&fact, &at}, "SELECT id, changed_at FROM incident_fact WHERE number = ?", version); err != nil {
		return fmt.Errorf("cite fact version %d: %w", version, err)
	}
	if by.Kind == "" || by.ID == "" {
		return fmt.Errorf("cite fact version %d: an object without kind or id: %w", version, reeve.Invalid)
	}
	if by.Mark.TLP == "" {
		by.Mark.TLP = Amber
	}
	b := tx.LoadNew("incident_citation", "version", "fact", "kind", "object", "title", "path", "owner", "owner_name", "council", "tlp", "cited_at")
	if err := b.Add(version, fact, by.Kind, by.ID, by.Title, by.Path, by.Owner, by.OwnerName, by.Mark.Council, string(by.Mark.TLP), max(at, by.At)); err != nil {
		return err
	}
	return b.Close()
}

// Built gives everything that was built on any version of a fact, what must be
// looked at again first.
func Built(tx *db.Tx, fact int64) ([]Use, error) {
	all, err := db.All(tx, scanUse, `SELECT c.version, c.kind, c.object, c.title, c.path, c.owner, c.owner_name, c.council, c.tlp, c.cited_at,
			CASE WHEN EXISTS (SELECT 1 FROM incident_citation d JOIN incident_fact f ON f.number = d.version
				WHERE d.fact = c.fact AND d.kind = c.kind AND d.object = c.object AND f.latest = 1 AND f.state = 'stands') THEN 0 ELSE 1 END
		FROM incident_citation c WHERE c.fact = ?
		AND c.version = (SELECT MAX(d.version) FROM incident_citation d WHERE d.fact = c.fact AND d.kind = c.kind AND d.object = c.object)
		ORDER BY 11 DESC, c.kind, c.object`, fact)
	if err != nil {
		return nil, fmt.Errorf("read what was built on fact %d: %w", fact, err)
	}
	return all, nil
}

// CitedBy gives the versions of facts that an object cites, in order.
func CitedBy(tx *db.Tx, kind, id string) ([]int64, error) {
	return db.All(tx, func(row db.Row) (n int64, err error) { return n, row.Scan(&n) },
		"SELECT version FROM incident_citation WHERE kind = ? AND object = ? ORDER BY version", kind, id)
}

func scanUse(row db.Row) (u Use, err error) {
	var stale int64
	err = row.Scan(&u.Version, &u.Kind, &u.ID, &u.Title, &u.Path, &u.Owner, &u.OwnerName, &u.Mark.Council, &u.Mark.TLP, &u.At, &stale)
	u.Stale = stale != 0
	return u, err
}

// factAt gives a version of a fact by its number, and whether it stands.
func factAt(tx *db.Tx, number int64) (Fact, error) {
	all, err := db.All(tx, factShelf.scan, "SELECT "+factShelf.all()+" FROM incident_fact x WHERE x.number = ?", number)
	if err == nil && len(all) == 0 {
		err = fmt.Errorf("find fact version %d: %w", number, reeve.NotFound)
	}
	if err != nil {
		return Fact{}, err
	}
	return all[0], nil
}

// FactVersion gives a version of a fact as it was cited; false if it is not the
// one that stands any more.
func FactVersion(tx *db.Tx, number int64) (FactLine, bool, error) {
	f, err := factAt(tx, number)
	return f.line(false), f.Latest && f.Stands(), err
}

// release keeps that a version may be said to an audience.
func release(tx *db.Tx, number int64, to Audience, k Kept) error {
	_, err := tx.Exec("INSERT INTO incident_release (version, audience, released_by, released_name, released_at, ended_by, ended_at) VALUES (?, ?, ?, ?, ?, '', 0)",
		number, string(to), k.ChangedBy, k.ChangedName, k.ChangedAt)
	return err
}

// releasedTo gives the audiences that a version is released to now.
func releasedTo(tx *db.Tx, number int64) (now []Audience, err error) {
	all, err := releasesOf(tx, number)
	for _, x := range all {
		if x.EndedAt == 0 {
			now = append(now, x.To)
		}
	}
	return now, err
}

// takeBack ends a release. What was said with it cannot be unsaid, so the row
// stays.
func takeBack(tx *db.Tx, number int64, to Audience, k Kept) error {
	_, err := tx.Exec("UPDATE incident_release SET ended_by = ?, ended_at = ? WHERE version = ? AND audience = ? AND ended_at = 0", k.ChangedBy, k.ChangedAt, number, string(to))
	return err
}

// releasesOf gives the releases of versions, the oldest first.
func releasesOf(tx *db.Tx, numbers ...int64) ([]Release, error) {
	if len(numbers) == 0 {
		return nil, nil
	}
	args := make([]any, len(numbers))
	for i, n := range numbers {
		args[i] = n
	}
	return db.All(tx, func(row db.Row) (r Release, err error) {
		return r, row.Scan(&r.Version, &r.To, &r.By, &r.Name, &r.At, &r.EndedBy, &r.EndedAt)
	}, "SELECT version, audience, released_by, released_name, released_at, ended_by, ended_at FROM incident_release WHERE version IN ("+marks(len(numbers))+") ORDER BY released_at, audience", args...)
}

// putFact keeps the next version of a fact. What was built on the version
// before gets a task for each of its owners.
func putFact(tx *db.Tx, f *Fact, seen int64) error {
	if err := factShelf.put(tx, f, seen); err != nil {
		return err
	}
	if f.Version == 1 {
		return nil
	}
	return tellOwners(tx, *f)
}

// tellOwners gives every owner of something that cites a fact that does not
// stand so any more a task that lists it. What nobody owns goes to the owner of
// the fact.
func tellOwners(tx *db.Tx, f Fact) error {
	built, err := Built(tx, f.ID)
	if err != nil {
		return err
	}
	var owners []string
	lists := make(map[string][]Use)
	for _, u := range built {
		if !u.Stale {
			continue
		}
		if u.Owner == "" {
			u.Owner, u.OwnerName = f.Owner, f.OwnerName
		}
		if _, there := lists[u.Owner]; !there {
			owners = append(owners, u.Owner)
		}
		lists[u.Owner] = append(lists[u.Owner], u)
	}
	slices.Sort(owners)
	var faults []error
	for _, o := range owners {
		t := changedTask(f, lists[o])
		faults = append(faults, taskShelf.put(tx, &t, 0))
	}
	return errors.Join(faults...)
}
