package sqlite

import (
	"database/sql"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	_ "modernc.org/sqlite"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/part"
)

// catch is a sink that keeps rows by part.
type catch struct {
	rows   map[string][][]string
	header map[string][]string
	items  []string
}

func (c *catch) Block(b reeve.Block) error {
	c.rows[b.Part] = append(c.rows[b.Part], b.Rows...)
	c.header[b.Part] = b.Header
	return nil
}

func (c *catch) Embed(e part.Embedded) error {
	b, err := io.ReadAll(e.Reader)
	c.items = append(c.items, fmt.Sprintf("%s %d", e.Name, len(b)))
	return err
}

// build makes a database with the engine and gives its bytes.
func build(t testing.TB, statements ...string) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "t.db")
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	for _, s := range statements {
		if _, err := db.Exec(s); err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
	db.Close()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func read(b []byte) (*catch, reeve.Outcome) {
	c := &catch{rows: map[string][][]string{}, header: map[string][]string{}}
	return c, Read(part.Source{Reader: strings.NewReader(string(b)), Size: int64(len(b))}, part.Options{}, c)
}

func TestReadTables(t *testing.T) {
	long := strings.Repeat("notes of a visit, ", 3000)
	for _, encoding := range []string{"UTF-8", "UTF-16le", "UTF-16be"} {
		b := build(t, "PRAGMA encoding = '"+encoding+"'",
			`CREATE TABLE person (id INTEGER PRIMARY KEY, "full name" TEXT, owed REAL, note, CHECK (owed >= 0))`,
			`CREATE TABLE "by key" (a TEXT, b INT, c TEXT, PRIMARY KEY (c, b)) WITHOUT ROWID`,
			`INSERT INTO person VALUES (1, 'Zoë Sample', 12.5, NULL), (-7, 'Ann', 0, '`+long+`'), (300, 'Bob', 1, x'414243')`,
			`INSERT INTO "by key" VALUES ('x', 2, 'k'), ('y', -1, 'k')`,
			`ALTER TABLE person ADD COLUMN later TEXT`,
			`INSERT INTO person VALUES (301, 'Cy', NULL, zeroblob(5000), 'z')`)
		c, out := read(b)
		want := map[string][][]string{
			"table person": {{"-7", "Ann", "0", long, ""}, {"1", "Zoë Sample", "12.5", "", ""}, {"300", "Bob", "1", "ABC", ""}, {"301", "Cy", "", "", "z"}},
			"table by key": {{"k", "-1", "y"}, {"k", "2", "x"}},
		}
		if diff := cmp.Diff(want, c.rows); diff != "" || out.Status != reeve.StatusRead {
			t.Errorf("%s: %s %s %s", encoding, out.Status, out.Reason, diff)
		}
		if diff := cmp.Diff([]string{"c", "b", "a"}, c.header["table by key"]); diff != "" {
			t.Error(diff)
		}
		if diff := cmp.Diff([]string{"person.note.301 5000"}, c.items); diff != "" {
			t.Error(diff)
		}
	}
}

func TestReadManyPagesAndFreed(t *testing.T) {
	b := build(t, "PRAGMA page_size = 512", "PRAGMA auto_vacuum = 0", "PRAGMA secure_delete = 0", "CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT)", "CREATE TABLE gone (a, b)",
		"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i < 5000) INSERT INTO t SELECT i, 'row ' || i FROM n",
		"WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i < 500) INSERT INTO gone SELECT i, 'gone ' || i FROM n",
		"DROP TABLE gone")
	c, out := read(b)
	rows := c.rows["table t"]
	if len(rows) != 5000 || rows[4999][1] != "row 5000" || out.Status != reeve.StatusRead {
		t.Fatalf("%d rows, %s %s", len(rows), out.Status, out.Reason)
	}
	if n := len(c.rows["freed rows"]); n < 200 {
		t.Errorf("%d freed rows found of 500", n)
	}
	if _, out := read(b[:len(b)/2]); out.Status != reeve.StatusPartlyRead || out.Reason != reeve.ReasonCutShort {
		t.Errorf("half a file: %s %s", out.Status, out.Reason)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("SQLite format 3\x00\x02\x00"))
	f.Add(build(f, "PRAGMA page_size = 512", "CREATE TABLE a (id INTEGER PRIMARY KEY, b TEXT)", "CREATE TABLE k (a, b, PRIMARY KEY (b)) WITHOUT ROWID",
		"INSERT INTO a VALUES (1, 'x'), (2, hex(zeroblob(900)))", "INSERT INTO k VALUES (1, 2), (3, x'00')"))
	f.Fuzz(func(t *testing.T, b []byte) {
		_, out := read(b)
		if out.Status == "" {
			t.Fatal("no status")
		}
	})
}
