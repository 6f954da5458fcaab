package access

import (
	"slices"
	"strconv"
	"strings"
)

// Kinds of objects in the catalogue.
const (
	objectTable      = "1"
	objectLinkedODBC = "4"
	objectQuery      = "5"
	objectLinked     = "6"
)

// systemFlags mark a table that is not a user's.
const systemFlags = 0x80000002

// object is a table of the catalogue.
type object struct {
	page uint32 // of its definition
	name string
}

// catalog is what the table of all objects lists.
type catalog struct {
	tables  []object
	linked  [][]string        // name, name there, database, connection
	queries map[string]string // name by id
	pieces  uint32            // the table that holds what queries are made of
	known   map[uint32]bool   // every page that defines a table listed
	lost    bool
}

// catalogue reads the table of all objects, which page 2 defines.
func (f *file) catalogue(s *survey) *catalog {
	c := &catalog{queries: map[string]string{}, known: map[uint32]bool{objects: true}}
	if t := f.define(objects); t != nil {
		f.records(s, t, c.add)
	}
	c.lost = len(c.known) == 1
	return c
}

// add puts one object in its list.
func (c *catalog) add(get func(string) string) {
	id, _ := strconv.ParseInt(get("Id"), 10, 64)
	flags, _ := strconv.ParseInt(get("Flags"), 10, 64)
	name := get("Name")
	switch get("Type") {
	case objectTable:
		page := uint32(id) & 0xFFFFFF
		if c.known[page] {
			return // each table is read once
		}
		c.known[page] = true
		if name == "MSysQueries" {
			c.pieces = page
		}
		if isUser(name, uint32(flags)) {
			c.tables = append(c.tables, object{page: page, name: name})
		}
	case objectQuery:
		if !strings.HasPrefix(name, "~") {
			c.queries[get("Id")] = name
		}
	case objectLinked, objectLinkedODBC:
		words := []string{name, get("ForeignName"), get("Database"), get("Connect")}
		c.linked = append(c.linked, slices.DeleteFunc(words, func(s string) bool { return s == "" }))
	}
}

// isUser tells tables that people filled from those of the program. Tables of
// attachments and of several values are hidden ones with a name that begins
// with "f_" and 32 hexadecimal digits.
func isUser(name string, flags uint32) bool {
	if strings.HasPrefix(name, "MSys") || strings.HasPrefix(name, "~") {
		return false
	}
	return flags&systemFlags == 0 || isComplex(name)
}

func isComplex(name string) bool {
	return len(name) > 35 && name[:2] == "f_" && name[34] == '_' && strings.Trim(name[2:34], "0123456789ABCDEFabcdef") == ""
}

// complexName is what a table of several values is known by to people: the
// table and the column that they belong to, which name its own key.
func (t *table) complexName(stored string) string {
	column := stored[34:]
	for i := range t.columns {
		if name := t.columns[i].name; strings.Contains(name, column) && !strings.HasPrefix(name, column) {
			return name
		}
	}
	return stored
}

// find gives the place of a column, -1 where there is none.
func (t *table) find(name string) int {
	for i := range t.columns {
		if strings.EqualFold(t.columns[i].name, name) {
			return i
		}
	}
	return -1
}

// records visits the rows of a system table; get gives a value by the name of
// its column.
func (f *file) records(s *survey, t *table, visit func(get func(string) string)) {
	sheet := f.sheet(t, "")
	sheet.put = func(cells []string) {
		visit(func(name string) string {
			if i := t.find(name); i >= 0 {
				return cells[i]
			}
			return ""
		})
	}
	sheet.live(s.owned[t.page])
}
