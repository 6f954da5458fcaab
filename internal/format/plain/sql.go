package plain

import (
	"bufio"
	"io"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/charset"
	"github.com/reeve-council/reeve/internal/format/part"
)

// ReadSQL reads a dump of a database (MySQL, PostgreSQL, SQL Server, SQLite):
// INSERT and COPY statements are rows of the table that they fill, under the
// column names that they or an earlier CREATE TABLE give; everything else is
// text. It is no SQL parser: a statement that it cannot follow is text.
func ReadSQL(src part.Source, opt part.Options, sink part.Sink) reeve.Outcome {
	w := part.NewWriter(sink, opt.Limits)
	head := strings.ToLower(string(src.Head(16 << 10)))
	d := &dump{w: w, r: bufio.NewReaderSize(charset.NewReader(src.Stream(), ""), 256<<10), columns: map[string][]string{}}
	d.backslash = strings.Contains(head, "mysql") || strings.Contains(head, "mariadb") || strings.Contains(head, "`")
	return w.Finish("sql/1", d.read())
}

// Bounds of a dump: what a literal and the definition of a table may hold, and
// how many tables are remembered.
const (
	maxLiteral    = 1 << 20
	maxDefinition = 256 << 10
	maxTables     = 20000
)

// dump is the state of one reading.
type dump struct {
	w         *part.Writer
	r         *bufio.Reader
	columns   map[string][]string // by table name as written, without quotes
	backslash bool                // \ escapes within strings, as in MySQL
	table     string              // being filled
	header    []string
	err       error
}

func (d *dump) read() error {
	for d.w.Step(1) == nil && d.err == nil {
		d.space()
		start, _ := d.r.Peek(16)
		upper := strings.ToUpper(string(start))
		switch {
		case len(start) == 0:
			d.get()
		case strings.HasPrefix(upper, "INSERT"), strings.HasPrefix(upper, "REPLACE"):
			d.insert()
		case strings.HasPrefix(upper, "COPY "):
			d.copyRows()
		case strings.HasPrefix(upper, "CREATE "):
			d.define()
		default:
			d.statement()
		}
	}
	if d.err == io.EOF {
		d.err = nil
	}
	return d.err
}

// get takes a byte; 0 at the end.
func (d *dump) get() byte {
	c, err := d.r.ReadByte()
	if err != nil {
		d.err = err
		return 0
	}
	return c
}

// next shows the next byte without taking it; 0 at the end.
func (d *dump) next() byte {
	b, _ := d.r.Peek(1)
	if len(b) == 0 {
		return 0
	}
	return b[0]
}

func (d *dump) space() {
	for {
		switch d.next() {
		case ' ', '\t', '\r', '\n':
			d.r.Discard(1)
		default:
			return
		}
	}
}

// text leaves the table being filled and pushes a line of anything else. The
// GO between the single rows of a SQL Server script is nothing.
func (d *dump) text(line string) {
	if strings.EqualFold(strings.TrimSpace(line), "GO") {
		return
	}
	if d.table != "" {
		d.table = ""
		d.w.Begin("", reeve.LayerBody)
	}
	if strings.Trim(line, "-#*/ \r\n") != "" {
		d.w.Text(line)
	}
}

// line takes a line, or a piece of a long one.
func (d *dump) line() (string, bool) {
	b, err := d.r.ReadSlice('\n')
	if err != nil && err != bufio.ErrBufferFull {
		d.err = err
	}
	return string(b), err == nil || err == bufio.ErrBufferFull
}

// statement passes a statement on as text, up to a line that ends it.
func (d *dump) statement() {
	for d.w.Err() == nil {
		line, more := d.line()
		d.text(line)
		end := strings.TrimSpace(line)
		if !more || strings.HasSuffix(end, ";") || strings.EqualFold(end, "GO") || end == "" || strings.HasPrefix(end, "--") || strings.HasPrefix(end, "#") || strings.HasSuffix(end, "*/") {
			return
		}
	}
}

// define reads CREATE, and keeps the columns of a table.
func (d *dump) define() {
	var all strings.Builder
	for d.w.Err() == nil {
		line, more := d.line()
		d.text(line)
		if all.Len() < maxDefinition {
			all.WriteString(line)
		}
		end := strings.TrimSpace(line)
		if !more || strings.HasSuffix(end, ";") || strings.EqualFold(end, "GO") {
			break
		}
	}
	if name, columns := parseDefinition(all.String()); len(columns) > 0 && len(d.columns) < maxTables {
		d.columns[name] = columns
	}
}

// parseDefinition takes CREATE TABLE name (column type …, …) apart.
func parseDefinition(s string) (name string, columns []string) {
	i := strings.IndexByte(s, '(')
	words := strings.Fields(s[:max(i, 0)])
	at := -1
	for k, w := range words {
		if strings.EqualFold(w, "TABLE") {
			at = k
		}
	}
	if i < 0 || at < 0 || at == len(words)-1 {
		return "", nil
	}
	depth, from := 0, i+1
	for k := i; k < len(s); k++ {
		switch s[k] {
		case '(':
			depth++
		case ')':
			depth--
		}
		if depth == 0 || depth == 1 && s[k] == ',' {
			if c := columnName(s[from:k]); c != "" {
				columns = append(columns, c)
			}
			from = k + 1
		}
		if depth == 0 {
			break
		}
	}
	return plainName(words[len(words)-1]), columns
}

// columnName is the name that a line of a definition gives a column, "" for
// keys and constraints.
func columnName(s string) string {
	s = strings.TrimSpace(s)
	if s == "" {
		return ""
	}
	if end := strings.IndexByte("`\"[", s[0]); end >= 0 {
		name, _, _ := strings.Cut(s[1:], string("`\"]"[end]))
		return name
	}
	name := strings.Fields(s)[0]
	switch strings.ToUpper(name) {
	case "PRIMARY", "UNIQUE", "KEY", "CONSTRAINT", "FOREIGN", "INDEX", "CHECK", "FULLTEXT", "SPATIAL", "EXCLUDE", "LIKE", "PERIOD":
		return ""
	}
	return name
}

// plainName takes quotes and the schema off a table's name.
func plainName(s string) string {
	s = strings.NewReplacer("`", "", `"`, "", "[", "", "]", "").Replace(strings.TrimSpace(s))
	if i := strings.LastIndexByte(s, '.'); i >= 0 {
		s = s[i+1:]
	}
	return s
}

// fill makes a table the one being filled.
func (d *dump) fill(name string, columns []string) {
	if len(columns) == 0 {
		columns = d.columns[name]
	}
	if d.table == name && sameNames(d.header, columns) {
		return
	}
	d.table, d.header = name, columns
	d.w.Begin("table "+name, reeve.LayerBody)
	d.w.BeginTable(columns)
}

func sameNames(a, b []string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// copyRows reads COPY name (columns) FROM stdin and the rows behind it
// (PostgreSQL 16, "COPY", text format).
func (d *dump) copyRows() {
	head, more := d.line()
	if !more || !strings.Contains(strings.ToLower(head), "from stdin") {
		d.text(head)
		return
	}
	name, list, _ := strings.Cut(head[5:], "(")
	if i := strings.Index(strings.ToLower(name), " from "); i >= 0 {
		name = name[:i]
	}
	list, _, _ = strings.Cut(list, ")")
	d.fill(plainName(name), columnList(list))
	l := &lines{r: d.r}
	for d.w.Err() == nil {
		line, ok := l.next()
		if !ok || line == `\.` {
			d.err = l.err
			return
		}
		cells := strings.Split(line, "\t")
		for i, c := range cells {
			cells[i] = uncopied(c)
		}
		d.w.Row(cells)
	}
}

func columnList(s string) (names []string) {
	if strings.TrimSpace(s) == "" {
		return nil
	}
	for _, n := range strings.Split(s, ",") {
		names = append(names, plainName(n))
	}
	return names
}

// uncopied undoes the escapes of COPY.
func uncopied(s string) string {
	if s == `\N` {
		return ""
	}
	if strings.IndexByte(s, '\\') < 0 {
		return s
	}
	return escapes.Replace(s)
}

var escapes = strings.NewReplacer(`\\`, `\`, `\n`, "\n", `\r`, "\n", `\t`, "\t", `\b`, "", `\f`, "\n", `\v`, "\n")
