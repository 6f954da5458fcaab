package db_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/db/dbtest"
)

func TestTextIndex(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		if err := d.Migrate(t.Context(), "test", []string{"CREATE TEXT INDEX words;"}); err != nil {
			t.Fatal(err)
		}
		texts := map[int64]string{3: "smith john 99 high street", 5: "john smith", 7: "smithson mary", 9: "żółć and smith", 11: "john"}
		err := d.Write(t.Context(), func(tx *db.Tx) error {
			for _, id := range []int64{3, 5, 7, 9, 11} {
				if err := tx.AddText("words", id, strings.Fields(texts[id])); err != nil {
					return err
				}
			}
			if err := tx.AddText("words", 13, nil); err != nil {
				return err
			}
			return tx.DropText("words", 11)
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			terms []db.TextTerm
			after int64
			want  []int64
		}{
			{[]db.TextTerm{{Words: []string{"smith"}}}, 0, []int64{3, 5, 9}},
			{[]db.TextTerm{{Words: []string{"smith"}}}, 3, []int64{5, 9}},
			{[]db.TextTerm{{Words: []string{"smith"}, Prefix: true}}, 0, []int64{3, 5, 7, 9}},
			{[]db.TextTerm{{Words: []string{"john", "smith"}}}, 0, []int64{5}},
			{[]db.TextTerm{{Words: []string{"john"}}}, 0, []int64{3, 5}},
			{[]db.TextTerm{{Words: []string{"high", "str"}, Prefix: true}, {Words: []string{"smith"}}}, 0, []int64{3}},
			{[]db.TextTerm{{Words: []string{"smith"}}, {Words: []string{"john"}, Not: true}}, 0, []int64{9}},
			{[]db.TextTerm{{Words: []string{"żółć"}}}, 0, []int64{9}},
			{[]db.TextTerm{{Words: []string{"nobody"}}}, 0, nil},
		} {
			var got []int64
			err := d.Read(t.Context(), func(tx *db.Tx) (err error) {
				got, err = tx.MatchText("words", c.terms, c.after, 10)
				return err
			})
			if err != nil || !slices.Equal(got, c.want) {
				t.Errorf("%v after %d: %v, %v; want %v", c.terms, c.after, got, err, c.want)
			}
		}
	})
}

// TestTextRefused: what could mean something to a query language never reaches
// a database.
func TestTextRefused(t *testing.T) {
	d := dbtest.SQLite(t)
	if err := d.Migrate(t.Context(), "test", []string{"CREATE TEXT INDEX words;"}); err != nil {
		t.Fatal(err)
	}
	err := d.Read(t.Context(), func(tx *db.Tx) error {
		for _, terms := range [][]db.TextTerm{nil, {{}}, {{Words: []string{`a"b`}}}, {{Words: []string{"a'"}}}, {{Words: []string{"A"}}}, {{Words: []string{"a b"}}},
			{{Words: []string{""}}}, {{Words: []string{"a"}, Not: true}}, {{Words: []string{strings.Repeat("a", 201)}}}} {
			if _, err := tx.MatchText("words", terms, 0, 1); !errors.Is(err, reeve.Invalid) {
				t.Errorf("%v: %v", terms, err)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	err = d.Write(t.Context(), func(tx *db.Tx) error { return tx.AddText("words", 1, make([]string, db.MaxTextWords+1)) })
	if !errors.Is(err, reeve.Invalid) {
		t.Errorf("too many words: %v", err)
	}
}

// TestTextForgets: the words of a passage that was taken out are not left in
// the file.
func TestTextForgets(t *testing.T) {
	d := dbtest.SQLite(t)
	if err := d.Migrate(t.Context(), "test", []string{"CREATE TEXT INDEX words;"}); err != nil {
		t.Fatal(err)
	}
	err := d.Write(t.Context(), func(tx *db.Tx) error {
		if err := tx.AddText("words", 1, []string{"quicksilver", "stays"}); err != nil {
			return err
		}
		return tx.AddText("words", 2, []string{"stays"})
	})
	if err == nil {
		err = d.Write(t.Context(), func(tx *db.Tx) error {
			if err := tx.DropText("words", 1); err != nil {
				return err
			}
			return tx.CompactText("words")
		})
	}
	if err != nil {
		t.Fatal(err)
	}
	err = d.Read(t.Context(), func(tx *db.Tx) error {
		return tx.Each(func(row db.Row) error {
			var block []byte
			err := row.Scan(&block)
			if strings.Contains(string(block), "quick") {
				t.Error("a word is left in the index")
			}
			return err
		}, "SELECT block FROM words_data")
	})
	if err != nil {
		t.Fatal(err)
	}
}
