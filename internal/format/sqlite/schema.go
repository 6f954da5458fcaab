package sqlite

import "strings"

// table is one of the schema.
type table struct {
	name    string
	root    uint32
	columns []string // in the order in which records hold them
	rowid   int      // column that the row number stands for, -1 without
}

// schema reads the table of tables, which begins at page 1 (2.6): type, name,
// table name, root page, SQL.
func (f *file) schema() []table {
	var tables []table
	f.walk(1, 0, func(_ int64, payload []byte) error {
		v := f.record(payload)
		if len(v) < 5 || v[0].text != "table" || strings.HasPrefix(v[1].text, "sqlite_") {
			return nil
		}
		root := parseUint(v[3].text)
		if root > 1 {
			t := parseTable(v[4].text)
			t.name, t.root = v[1].text, root
			tables = append(tables, t)
		}
		return nil
	})
	return tables
}

func parseUint(s string) uint32 {
	var n uint64
	for _, c := range s {
		if c < '0' || c > '9' || n > 1<<32 {
			return 0
		}
		n = n*10 + uint64(c-'0')
	}
	return uint32(n)
}

// parseTable reads the columns of a CREATE TABLE statement as SQLite stored it.
func parseTable(sql string) table {
	t := table{rowid: -1}
	open := strings.IndexByte(sql, '(')
	if open < 0 {
		return t
	}
	var key []string
	fields, tail := split(sql[open+1:])
	for _, f := range fields {
		name, rest := cutName(f)
		upper := strings.ToUpper(rest)
		switch strings.ToUpper(name) {
		case "PRIMARY":
			if _, list, ok := strings.Cut(rest, "("); ok {
				key = names(list)
			}
			continue
		case "CONSTRAINT", "UNIQUE", "CHECK", "FOREIGN", "":
			if i := strings.Index(upper, "PRIMARY KEY"); i >= 0 && !quoted(f) {
				_, list, _ := strings.Cut(rest[i:], "(")
				key = names(list)
			}
			continue
		}
		if virtual(upper) {
			continue
		}
		if strings.Contains(upper, "PRIMARY KEY") {
			key = []string{name}
			if strings.HasPrefix(strings.TrimSpace(upper), "INTEGER ") {
				t.rowid = len(t.columns)
			}
		}
		t.columns = append(t.columns, name)
	}
	if strings.Contains(strings.ToUpper(strings.Join(strings.Fields(tail), " ")), "WITHOUT ROWID") {
		t.rowid = -1
		t.columns = keyFirst(t.columns, key)
		return t
	}
	if len(key) == 1 && t.rowid < 0 {
		t.rowid = alias(fields, t.columns, key[0])
	}
	return t
}

// alias finds the column that stands for the row number where the key is given
// apart from it: a sole column of type INTEGER (2.5).
func alias(fields, columns []string, key string) int {
	for _, f := range fields {
		name, rest := cutName(f)
		kind, _, _ := strings.Cut(strings.TrimSpace(strings.ToUpper(rest)), " ")
		if strings.EqualFold(name, key) && kind == "INTEGER" {
			for i, c := range columns {
				if c == name {
					return i
				}
			}
		}
	}
	return -1
}

// virtual reports whether a column is generated when it is read, and so not
// stored.
func virtual(upper string) bool {
	return strings.Contains(upper, " AS (") && !strings.Contains(upper, " STORED") || strings.Contains(upper, " AS(") && !strings.Contains(upper, " STORED")
}

// keyFirst is the order of columns in a table without row numbers (2.4).
func keyFirst(columns, key []string) []string {
	ordered := make([]string, 0, len(columns))
	inKey := map[string]bool{}
	for _, k := range key {
		for _, c := range columns {
			if strings.EqualFold(c, k) && !inKey[c] {
				inKey[c] = true
				ordered = append(ordered, c)
			}
		}
	}
	for _, c := range columns {
		if !inKey[c] {
			ordered = append(ordered, c)
		}
	}
	return ordered
}

// split cuts a list at its commas, up to the bracket that closes it; tail is
// what follows that.
func split(s string) (fields []string, tail string) {
	depth, from := 0, 0
	var quote byte
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '\'' || c == '"' || c == '`':
			quote = c
		case c == '[':
			quote = ']'
		case c == '-' && strings.HasPrefix(s[i:], "--"):
			end := strings.IndexByte(s[i:], '\n')
			if end < 0 {
				return append(fields, s[from:i]), ""
			}
			s = s[:i] + s[i+end:]
			i--
		case c == '(':
			depth++
		case c == ')' && depth == 0:
			return append(fields, s[from:i]), s[i+1:]
		case c == ')':
			depth--
		case c == ',' && depth == 0:
			fields, from = append(fields, s[from:i]), i+1
		}
	}
	return append(fields, s[from:]), ""
}

func quoted(f string) bool {
	f = strings.TrimSpace(f)
	return f != "" && strings.IndexByte("\"'`[", f[0]) >= 0
}

// cutName takes the name off a column definition.
func cutName(f string) (name, rest string) {
	f = strings.TrimSpace(f)
	if f == "" {
		return "", ""
	}
	if i := strings.IndexByte("\"'`[", f[0]); i >= 0 {
		name, rest, _ = strings.Cut(f[1:], string("\"'`]"[i]))
		return name, rest
	}
	end := strings.IndexAny(f, " \t\r\n(")
	if end < 0 {
		return f, ""
	}
	return f[:end], f[end:]
}

// names reads a list of column names up to its bracket.
func names(list string) (all []string) {
	fields, _ := split(list)
	for _, f := range fields {
		name, _ := cutName(f)
		all = append(all, name)
	}
	return all
}
