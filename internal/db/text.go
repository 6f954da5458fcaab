package db

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/reeve-council/reeve"
)

// A text index finds numbered passages by the words in them. A room makes one
// in a step of its schema with
//
//	CREATE TEXT INDEX name;
//
// which is a contentless FTS5 table on SQLite and a table of tsvectors with a
// GIN index on PostgreSQL. The room cuts text into words itself, so that both
// databases know the same words; the index keeps no text, only words and where
// in their passage they stand.

// Limits of a passage, which are PostgreSQL's: a position has 14 bits.
const (
	MaxTextWords = 16_000
	MaxTextWord  = 200 // bytes
)

// TextTerm is what a passage must hold: words in a row. The last of them may be
// the beginning of a word. With Not the passage must not hold it.
type TextTerm struct {
	Words  []string
	Prefix bool
	Not    bool
}

var createText = regexp.MustCompile(`\bCREATE TEXT INDEX ([a-z][a-z0-9_]*);`)

// sqliteText: the tokenizer splits at ASCII that is no letter or digit alone.
const sqliteText = `CREATE VIRTUAL TABLE $1 USING fts5(body, content='', contentless_delete=1, tokenize='ascii');`

const postgresText = `CREATE TABLE $1 (id BIGINT PRIMARY KEY, body TSVECTOR NOT NULL);
CREATE INDEX ${1}_body ON $1 USING gin (body);`

// AddText puts a passage into a text index. Its number must be new, positive
// and, to be quick, larger than those before; words are lower-case letters and
// digits, in the order of the text.
func (tx *Tx) AddText(index string, id int64, words []string) error {
	if len(words) > MaxTextWords {
		return fmt.Errorf("index text: passage of %d words: %w", len(words), reeve.Invalid)
	}
	if err := checkWords(words); err != nil {
		return err
	}
	if len(words) == 0 {
		return nil
	}
	statement, body := tx.db.dialect.addText(index, words)
	_, err := tx.Exec(statement, id, body)
	return err
}

// DropText takes a passage out of a text index: it is not found any more. Its
// words may stay in the file of a SQLite database until CompactText.
func (tx *Tx) DropText(index string, id int64) error {
	_, err := tx.Exec(tx.db.dialect.dropText(index), id)
	return err
}

// CompactText takes the words of dropped passages out of the file. It writes
// the index anew, so it is for the end of a job that dropped some.
func (tx *Tx) CompactText(index string) error {
	statement := tx.db.dialect.compactText(index)
	if statement == "" {
		return nil
	}
	_, err := tx.Exec(statement)
	return err
}

// MatchText gives the numbers of the passages that hold all terms, in order,
// from the first one above after. At least one term must not be a Not.
func (tx *Tx) MatchText(index string, terms []TextTerm, after int64, limit int) ([]int64, error) {
	asked := false
	for _, t := range terms {
		if len(t.Words) == 0 {
			return nil, fmt.Errorf("search text for nothing: %w", reeve.Invalid)
		}
		if err := checkWords(t.Words); err != nil {
			return nil, err
		}
		asked = asked || !t.Not
	}
	if !asked {
		return nil, fmt.Errorf("search text for nothing: %w", reeve.Invalid)
	}
	statement, query := tx.db.dialect.matchText(index, terms)
	return All(tx, func(row Row) (id int64, err error) { return id, row.Scan(&id) }, statement, query, after, limit)
}

// checkWords makes sure that no word can mean anything to a database's query
// language.
func checkWords(words []string) error {
	for _, w := range words {
		ok := w != "" && len(w) <= MaxTextWord
		for i := 0; i < len(w) && ok; i++ {
			c := w[i]
			ok = 'a' <= c && c <= 'z' || '0' <= c && c <= '9' || c >= 0x80
		}
		if !ok {
			return fmt.Errorf("index text: a word is not lower-case letters and digits: %w", reeve.Invalid)
		}
	}
	return nil
}

func (sqliteDialect) addText(index string, words []string) (string, string) {
	return "INSERT INTO " + index + " (rowid, body) VALUES (?, ?)", strings.Join(words, " ")
}

func (sqliteDialect) dropText(index string) string {
	return "DELETE FROM " + index + " WHERE rowid = ?"
}

func (sqliteDialect) compactText(index string) string {
	return "INSERT INTO " + index + "(" + index + ") VALUES ('optimize')"
}

func (sqliteDialect) matchText(index string, terms []TextTerm) (string, string) {
	var want, never []string
	for _, t := range terms {
		s := `"` + strings.Join(t.Words, " ") + `"`
		if t.Prefix {
			s += " *"
		}
		if t.Not {
			never = append(never, s)
		} else {
			want = append(want, s)
		}
	}
	query := "(" + strings.Join(want, ") AND (") + ")"
	if len(never) > 0 {
		query = "(" + query + ") NOT ((" + strings.Join(never, ") OR (") + "))"
	}
	return "SELECT rowid FROM " + index + " WHERE " + index + " MATCH ? AND rowid > ? ORDER BY rowid LIMIT ?", query
}

// addText writes a tsvector as its own text form: no parser of the server's,
// which changes with its language settings, comes between.
func (postgresDialect) addText(index string, words []string) (string, string) {
	places := make(map[string][]int)
	var order []string
	for i, w := range words {
		if places[w] == nil {
			order = append(order, w)
		}
		places[w] = append(places[w], i+1)
	}
	var b strings.Builder
	for _, w := range order {
		b.WriteString("'" + w + "'")
		for i, n := range places[w] {
			if i == 0 {
				b.WriteByte(':')
			} else {
				b.WriteByte(',')
			}
			fmt.Fprint(&b, n)
		}
		b.WriteByte(' ')
	}
	return "INSERT INTO " + index + " (id, body) VALUES (?, CAST(CAST(? AS TEXT) AS TSVECTOR))", b.String()
}

func (postgresDialect) dropText(index string) string { return "DELETE FROM " + index + " WHERE id = ?" }

// compactText: the server's own vacuum does it.
func (postgresDialect) compactText(string) string { return "" }

func (postgresDialect) matchText(index string, terms []TextTerm) (string, string) {
	var all []string
	for _, t := range terms {
		s := "'" + strings.Join(t.Words, "' <-> '") + "'"
		if t.Prefix {
			s += ":*"
		}
		s = "(" + s + ")"
		if t.Not {
			s = "!" + s
		}
		all = append(all, s)
	}
	return "SELECT id FROM " + index + " WHERE body @@ CAST(CAST(? AS TEXT) AS TSQUERY) AND id > ? ORDER BY id LIMIT ?", strings.Join(all, " & ")
}
