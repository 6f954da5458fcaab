package incident

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

// kept lets a shelf reach the Kept that is embedded in every object.
func (k *Kept) kept() *Kept { return k }

// object is a pointer to a type that embeds Kept and tells the columns of its
// own: places to scan into, and values.
type object[T any] interface {
	*T
	kept() *Kept
	places() []any
	cells() []any
}

// shelf is one table of versions: its name, the kind by which its objects are
// shared and named in the record, and its own columns behind those of Kept.
type shelf[T any, P object[T]] struct {
	table   string
	kind    string
	columns string
}

func (s shelf[T, P]) all() string { return keptColumns + ", " + s.columns }

func (s shelf[T, P]) scan(row db.Row) (x T, err error) {
	p := P(&x)
	return x, row.Scan(p.kept().into(p.places()...)...)
}

// put keeps the next version of an object, or a new object if it has no id;
// seen is the version that was on the screen. See keep.
func (s shelf[T, P]) put(tx *db.Tx, x *T, seen int64) error {
	p := P(x)
	if err := s.unhide(tx, x); err != nil {
		return err
	}
	if err := keep(tx, s.table, p.kept(), seen); err != nil {
		return err
	}
	row := p.kept().row(p.cells()...)
	_, err := tx.Exec("INSERT INTO "+s.table+" ("+s.all()+") VALUES ("+marks(len(row))+")", row...)
	return err
}

// unhide gives back to an object that is changed what its writer did not see.
func (s shelf[T, P]) unhide(tx *db.Tx, x *T) error {
	id := P(x).kept().ID
	if id == 0 {
		return nil
	}
	was, err := db.All(tx, s.scan, "SELECT "+s.all()+" FROM "+s.table+" x WHERE x.latest = 1 AND x.id = ?", id)
	if err == nil && len(was) == 1 {
		restore(reflect.ValueOf(was[0]), reflect.ValueOf(x).Elem())
	}
	return err
}

// find gives the version of an object that stands; reeve.NotFound if there is
// none that may be seen.
func (s shelf[T, P]) find(tx *db.Tx, sight Sight, id int64) (T, error) {
	found, err := s.list(tx, sight, query{where: "x.id = ?", args: []any{id}, limit: 1})
	if err == nil && len(found) == 0 {
		err = fmt.Errorf("find %s: %w", s.kind, reeve.NotFound)
	}
	if err != nil {
		var none T
		return none, err
	}
	return found[0], nil
}

// versions gives all versions of an object that may be seen, the newest first.
func (s shelf[T, P]) versions(tx *db.Tx, sight Sight, id int64) ([]T, error) {
	where, args := sight.where(s.kind, "x", "id")
	all, err := db.All(tx, s.scan, "SELECT "+s.all()+" FROM "+s.table+" x WHERE x.id = ? AND "+where+" ORDER BY x.version DESC", append([]any{id}, args...)...)
	if err == nil {
		err = withhold[T, P](tx, s.kind, sight, all)
	}
	return all, err
}

// query narrows a list down. where speaks of the table as x and holds no value
// that somebody typed.
type query struct {
	where string // "" for all
	args  []any
	order string // default the number of the object
	limit int    // default mostListed
	skip  int
}

// searches tells whether the query looks for words in what was written.
func (q query) searches() bool { return strings.Contains(q.where, "x.words ") }

// mostListed is how many objects one list holds at most; pages hold fewer.
const mostListed = 5000

// list gives the objects, in the version that stands, that may be seen.
func (s shelf[T, P]) list(tx *db.Tx, sight Sight, q query) ([]T, error) {
	where, args := s.where(sight, q)
	if q.order == "" {
		q.order = "x.id"
	}
	if q.limit == 0 {
		q.limit = mostListed
	}
	all, err := db.All(tx, s.scan, "SELECT "+s.all()+" FROM "+s.table+" x WHERE "+where+" ORDER BY "+q.order+" LIMIT ? OFFSET ?", append(args, q.limit, q.skip)...)
	if err == nil {
		err = withhold[T, P](tx, s.kind, sight, all)
	}
	if q.searches() { // a word may stand in the field that is withheld: then even a hit would tell
		all = slices.DeleteFunc(all, func(x T) bool { return lacks(reflect.ValueOf(x)) })
	}
	return all, err
}

// count counts what list would give without a limit.
func (s shelf[T, P]) count(tx *db.Tx, sight Sight, q query) (n int64, err error) {
	if q.searches() {
		q.limit, q.skip = 0, 0
		all, err := s.list(tx, sight, q)
		return int64(len(all)), err
	}
	where, args := s.where(sight, q)
	err = tx.One([]any{&n}, "SELECT COUNT(*) FROM "+s.table+" x WHERE "+where, args...)
	return n, err
}

func (s shelf[T, P]) where(sight Sight, q query) (string, []any) {
	where, args := sight.where(s.kind, "x", "id")
	where = "x.latest = 1 AND " + where
	if q.where != "" {
		where += " AND " + q.where
		args = append(args, q.args...)
	}
	return where, args
}

// under gives what hangs on objects: reports on a clock, hand-overs of a piece
// of evidence. It goes by the mark of the object on which it hangs, which the
// caller has found by its sight: so a closer mark of that object counts for all
// that was ever hung on it.
func (s shelf[T, P]) under(tx *db.Tx, parent ...int64) ([]T, error) {
	if len(parent) == 0 {
		return nil, nil
	}
	args := make([]any, len(parent))
	for i, id := range parent {
		args[i] = id
	}
	return db.All(tx, s.scan, "SELECT "+s.all()+" FROM "+s.table+" x WHERE x.latest = 1 AND x.parent IN ("+marks(len(parent))+") ORDER BY x.parent, x.at, x.id", args...)
}

// child finds one thing that hangs on an object.
func (s shelf[T, P]) child(tx *db.Tx, parent, id int64) (T, error) {
	var none T
	found, err := db.All(tx, s.scan, "SELECT "+s.all()+" FROM "+s.table+" x WHERE x.latest = 1 AND x.parent = ? AND x.id = ?", parent, id)
	if err == nil && len(found) == 0 {
		err = fmt.Errorf("find %s: %w", s.kind, reeve.NotFound)
	}
	if err != nil {
		return none, err
	}
	return found[0], nil
}

// upTo gives the objects that may be seen, in the order of their numbers: at
// most limit of them, or all, however many, for 0.
func (s shelf[T, P]) upTo(tx *db.Tx, sight Sight, limit int) (all []T, err error) {
	if limit > 0 {
		return s.list(tx, sight, query{limit: limit})
	}
	last := int64(0)
	for {
		some, err := s.list(tx, sight, query{where: "x.id > ?", args: []any{last}})
		if err != nil {
			return nil, err
		}
		if all = append(all, some...); len(some) < mostListed {
			return all, nil
		}
		last = P(&some[len(some)-1]).kept().ID
	}
}
