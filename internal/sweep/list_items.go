package sweep

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/format"
)

var itemsList = List{
	Name:    "items",
	Columns: []string{"exhibit", "item", "digest", "size", "type", "status", "reason", "reader", "duplicate_of", "findings", "people", "detail"},
	Numbers: []string{"size", "findings", "people"},
	rows:    itemRows,
}

// itemSelect gives every item with what its own row and its document say; the
// own row rules.
const itemSelect = `SELECT e.name, i.path, i.digest, i.size, COALESCE(d.id, 0),
	CASE WHEN i.type <> '' THEN i.type ELSE COALESCE(d.type, '') END, i.status, COALESCE(d.status, ''), i.reason, COALESCE(d.reason, ''),
	i.detail, COALESCE(d.detail, ''), COALESCE(d.reader, ''), COALESCE(d.pages, 0), COALESCE(d.pages_unread, 0), COALESCE(d.container, 0), i.id
	FROM item i JOIN exhibit e ON e.id = i.exhibit LEFT JOIN document d ON d.digest = i.digest AND i.digest <> '' ORDER BY e.name, i.path`

// itemView is one item as lists show it.
type itemView struct {
	at       itemPath
	item     reeve.Item
	id       int64
	document int64
	first    bool // the first of the copies
}

func (v *view) eachItem(use func(itemView) error) error {
	return v.tx.Each(func(row db.Row) error {
		var m itemView
		var own, doc, ownWhy, docWhy, ownWords, docWords string
		var container int64
		it := &m.item
		err := row.Scan(&m.at.exhibit, &m.at.path, &it.Digest, &it.Size, &m.document, &it.Type, &own, &doc, &ownWhy, &docWhy, &ownWords, &docWords,
			&it.Reader, &it.Pages, &it.PagesUnread, &container, &m.id)
		if err != nil {
			return err
		}
		it.Exhibit, it.Path, it.Container = m.at.exhibit, m.at.path, container != 0
		it.Status, it.Reason, it.Detail = reeve.Status(doc), reeve.Reason(docWhy), docWords
		if own != "" {
			it.Status, it.Reason, it.Detail = reeve.Status(own), reeve.Reason(ownWhy), ownWords
		}
		if it.Status == "" {
			it.Status, it.Reason, it.Detail = reeve.StatusUnsupported, reeve.ReasonTimeout, "not read yet: the sweep was stopped before its turn"
		}
		m.first = true
		if first, ok := v.first[it.Digest]; ok && it.Digest != "" && first != m.at {
			m.first = false
			it.DuplicateOf = first.exhibit + "/" + v.path(first)
		}
		if it.Type != "" && it.Type != "unknown" && !format.MatchesExtension(it.Type, baseName(it.Path)) {
			it.Detail = strings.TrimPrefix(it.Detail+"; the name does not say "+it.Type, "; ")
		}
		return use(m)
	}, itemSelect)
}

func itemRows(v *view, emit func([]string) error) error {
	findings, people, err := v.counts()
	if err != nil {
		return err
	}
	return v.eachItem(func(m itemView) error {
		it := m.item
		found, humans := 0, 0
		if m.first {
			found, humans = findings[m.document], people[m.document]
		}
		return emit([]string{it.Exhibit, v.path(m.at), it.Digest, strconv.FormatInt(it.Size, 10), it.Type, string(it.Status), string(it.Reason), it.Reader,
			it.DuplicateOf, strconv.Itoa(found), strconv.Itoa(humans), it.Detail})
	})
}

// counts gives, by document, how many findings and people it holds that may be
// seen.
func (v *view) counts() (findings, people map[int64]int, err error) {
	findings, people = make(map[int64]int), make(map[int64]int)
	count := func(into map[int64]int, sign int, query string) error {
		return v.tx.Each(func(row db.Row) error {
			var id int64
			var n int
			err := row.Scan(&id, &n)
			into[id] += sign * n
			return err
		}, query)
	}
	if err = count(findings, 1, "SELECT document, COUNT(*) FROM finding WHERE negated = 0 GROUP BY document"); err != nil {
		return nil, nil, err
	}
	if err = count(people, 1, "SELECT document, COUNT(DISTINCT person) FROM link WHERE person <> '' GROUP BY document"); err != nil {
		return nil, nil, err
	}
	if v.opt.Sealed || len(v.sealed) == 0 {
		return findings, people, nil
	}
	err = count(findings, -1, `SELECT f.document, COUNT(*) FROM finding f JOIN link l ON l.document = f.document AND l.ordinal = f.mention
		JOIN person p ON p.id = l.person WHERE p.sealed = 1 AND f.negated = 0 GROUP BY f.document`)
	if err != nil {
		return nil, nil, err
	}
	err = count(people, -1, "SELECT l.document, COUNT(DISTINCT l.person) FROM link l JOIN person p ON p.id = l.person WHERE p.sealed = 1 GROUP BY l.document")
	return findings, people, err
}

var coverageList = List{
	Name:    "coverage",
	Columns: []string{"status", "reason", "items", "bytes"},
	Numbers: []string{"items", "bytes"},
	rows:    coverageRows,
}

type coverageKey struct {
	status reeve.Status
	reason reeve.Reason
}

// coverage counts items and bytes by status and reason.
func (v *view) coverage() (map[coverageKey][2]int64, error) {
	sums := make(map[coverageKey][2]int64)
	err := v.eachItem(func(m itemView) error {
		k := coverageKey{m.item.Status, m.item.Reason}
		s := sums[k]
		sums[k] = [2]int64{s[0] + 1, s[1] + m.item.Size}
		return nil
	})
	return sums, err
}

func coverageRows(v *view, emit func([]string) error) error {
	var fault error
	err := coverageRowsOf(v, func(k coverageKey, items, bytes int64) {
		if fault == nil {
			fault = emit([]string{string(k.status), string(k.reason), strconv.FormatInt(items, 10), strconv.FormatInt(bytes, 10)})
		}
	})
	return cmp.Or(err, fault)
}

// coverageRowsOf gives the sums in the order of the contract's statuses.
func coverageRowsOf(v *view, use func(k coverageKey, items, bytes int64)) error {
	sums, err := v.coverage()
	if err != nil {
		return err
	}
	keys := slices.SortedFunc(maps.Keys(sums), func(a, b coverageKey) int {
		return cmp.Or(slices.Index(reeve.Statuses, a.status)-slices.Index(reeve.Statuses, b.status), cmp.Compare(a.reason, b.reason))
	})
	for _, k := range keys {
		use(k, sums[k][0], sums[k][1])
	}
	return nil
}

var registersList = List{
	Name:    "registers",
	Columns: []string{"register", "kind", "file", "digest", "rows", "people", "bad_rows", "loaded_at"},
	Numbers: []string{"rows", "people", "bad_rows"},
	rows: func(v *view, emit func([]string) error) error {
		return v.tx.Each(func(row db.Row) error {
			var name, kind, file, digest string
			var rows, people, bad, at int64
			if err := row.Scan(&name, &kind, &file, &digest, &rows, &people, &bad, &at); err != nil {
				return err
			}
			return emit([]string{name, kind, file, digest, strconv.FormatInt(rows, 10), strconv.FormatInt(people, 10), strconv.FormatInt(bad, 10), stamp(at)})
		}, "SELECT name, kind, file, digest, line_count, people, bad_rows, loaded_at FROM register ORDER BY name, file")
	},
}

var badRowsList = List{
	Name:    "bad-rows",
	Columns: []string{"register", "file", "line", "reason"},
	Numbers: []string{"line"},
	rows: func(v *view, emit func([]string) error) error {
		return v.tx.Each(func(row db.Row) error {
			var name, file, reason string
			var line int64
			if err := row.Scan(&name, &file, &line, &reason); err != nil {
				return err
			}
			return emit([]string{name, file, strconv.FormatInt(line, 10), reason})
		}, "SELECT r.name, r.file, b.line, b.reason FROM bad_row b JOIN register r ON r.id = b.register ORDER BY r.name, r.file, b.line")
	},
}

var exhibitsList = List{
	Name:    "exhibits",
	Columns: []string{"exhibit", "from", "by", "taken", "digest", "items", "bytes"},
	Numbers: []string{"items", "bytes"},
	rows: func(v *view, emit func([]string) error) error {
		return v.tx.Each(func(row db.Row) error {
			var name, from, by, taken, digest string
			var items, bytes int64
			if err := row.Scan(&name, &from, &by, &taken, &digest, &items, &bytes); err != nil {
				return err
			}
			return emit([]string{name, from, by, taken, digest, strconv.FormatInt(items, 10), strconv.FormatInt(bytes, 10)})
		}, `SELECT e.name, e.origin, e.holder, e.taken, e.digest, COUNT(i.id), COALESCE(SUM(CASE WHEN i.parent = 0 THEN i.size ELSE 0 END), 0)
			FROM exhibit e LEFT JOIN item i ON i.exhibit = e.id GROUP BY e.id, e.name, e.origin, e.holder, e.taken, e.digest ORDER BY e.name`)
	},
}
