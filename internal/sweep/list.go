package sweep

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/lex"
)

// ListOptions say what of a list may be seen. Reveal prints personal values,
// Sealed includes sealed people; the caller has put both on record.
type ListOptions struct {
	Reveal bool
	Sealed bool
}

// List is one of the contract's lists: its columns, which of them are numbers,
// and where its rows come from.
type List struct {
	Name    string
	Columns []string
	Numbers []string
	rows    func(v *view, emit func([]string) error) error
}

// Lists are all lists by name, in the order of the contract.
func Lists() []List {
	return []List{triageList, itemsList, findingsList, peopleList, householdsList, coverageList, registersList, badRowsList, listedList, exhibitsList}
}

// FindList gives a list by its name.
func FindList(name string) (List, error) {
	for _, l := range Lists() {
		if l.Name == name {
			return l, nil
		}
	}
	names := make([]string, 0, 8)
	for _, l := range Lists() {
		names = append(names, l.Name)
	}
	return List{}, reeve.WithHint(fmt.Errorf("no list of that name: %w", reeve.Invalid), "Lists: "+strings.Join(names, ", ")+".")
}

// Rows calls emit for every row of a list, in the order of the contract, from
// one state of the case.
func (c *Case) Rows(ctx context.Context, l List, opt ListOptions, emit func([]string) error) error {
	err := c.DB.Read(ctx, func(tx *db.Tx) error {
		v := &view{tx: tx, opt: opt}
		if err := v.prepare(); err != nil {
			return err
		}
		return l.rows(v, emit)
	})
	if err != nil {
		return fmt.Errorf("list %s: %w", l.Name, err)
	}
	return nil
}

// view is one reading of the case under the options of a list.
type view struct {
	tx     *db.Tx
	opt    ListOptions
	sealed map[string]bool     // people who are sealed
	hidden map[itemPath]string // items whose path is not to be seen, with what is printed instead
	first  map[string]itemPath // digest → its first item
}

// prepare finds out who is sealed and which paths must not be seen.
func (v *view) prepare() error {
	v.sealed, v.hidden, v.first = make(map[string]bool), make(map[itemPath]string), make(map[string]itemPath)
	err := v.tx.Each(func(row db.Row) error {
		var id string
		err := row.Scan(&id)
		v.sealed[id] = true
		return err
	}, "SELECT id FROM person WHERE sealed = 1")
	if err != nil {
		return err
	}
	touched := make(map[string]bool)
	if !v.opt.Sealed && len(v.sealed) > 0 {
		err := v.tx.Each(func(row db.Row) error {
			var digest string
			err := row.Scan(&digest)
			touched[digest] = true
			return err
		}, "SELECT DISTINCT d.digest FROM link l JOIN person p ON p.id = l.person JOIN document d ON d.id = l.document WHERE p.sealed = 1")
		if err != nil {
			return err
		}
	}
	return v.tx.Each(func(row db.Row) error {
		var p itemPath
		var digest string
		if err := row.Scan(&p.exhibit, &p.path, &digest); err != nil {
			return err
		}
		if digest == "" {
			return nil
		}
		if _, ok := v.first[digest]; !ok {
			v.first[digest] = p
		}
		if touched[digest] {
			v.hidden[p] = fmt.Sprintf("«hidden-%d»", len(v.hidden)+1)
		}
		return nil
	}, "SELECT e.name, i.path, i.digest FROM item i JOIN exhibit e ON e.id = i.exhibit ORDER BY e.name, i.path")
}

// path is an item path as it may be printed.
func (v *view) path(p itemPath) string {
	if h, ok := v.hidden[p]; ok {
		return h
	}
	return p.path
}

// visible reports whether a person may appear.
func (v *view) visible(person string) bool { return v.opt.Sealed || !v.sealed[person] }

// mask is a value as it is printed.
func (v *view) mask(kind reeve.Kind, value string) string {
	if v.opt.Reveal {
		return value
	}
	return lex.Mask(kind, value)
}

func (v *view) hide(value string) string {
	if v.opt.Reveal || value == "" {
		return value
	}
	return lex.Hidden
}

// joined sorts and joins a list cell.
func joined(parts []string) string {
	slices.Sort(parts)
	return strings.Join(slices.Compact(parts), ";")
}

func yesNo(on bool) string {
	if on {
		return "Y"
	}
	return "N"
}
