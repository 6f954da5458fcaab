package sweep

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

// Layer is a part of what a case holds that is destroyed by itself at the end of
// the case, the most telling first. What is not in a layer (digests, counts,
// reasons why something could not be read, decisions, the record) stays.
type Layer string

const (
	LayerText   Layer = "text"   // what was read: text, tables, recognised pages, the index over them
	LayerValues Layer = "values" // the values found, where they stood, the rows of the registers
	LayerList   Layer = "list"   // people, households and whose each mention is
)

// Layers in the order in which they are destroyed: none before those above it,
// which say more.
var Layers = []Layer{LayerText, LayerValues, LayerList}

// ForgottenRows is how many rows of one sort were destroyed.
type ForgottenRows struct {
	What string `json:"what"`
	N    int64  `json:"n"`
}

// forgetting is one statement of a layer; What is "" where it is not counted.
type forgetting struct{ What, Text string }

var forgettings = map[Layer][]forgetting{
	LayerText: {
		{"blocks of text and tables", "DELETE FROM content"},
		{"pages recognised in scans", "DELETE FROM recognised_page"},
		{"passages of the search index", "DELETE FROM passage"},
		{"", "DELETE FROM passage_done"},
		{"", "DELETE FROM passage_text"},
	},
	LayerValues: {
		{"values found", "UPDATE finding SET value = '', norm = '', place = '' WHERE value <> '' OR norm <> ''"},
		{"mentions", "DELETE FROM mention"},
		{"rows of registers", "DELETE FROM record"},
		{"", "DELETE FROM bad_row"},
		{"addresses of gazetteers", "DELETE FROM home"},
		{"", "DELETE FROM kept"},
		{"", "DELETE FROM setting WHERE name = '" + settingKept + "'"},
		{"names of files and messages", "UPDATE item SET path = '«destroyed»/' || id"},
		{"", "UPDATE member SET name = '«destroyed»'"},
		{"", "UPDATE person SET first_item = ''"},
		{"", "DELETE FROM person_word"},
		{"", "DELETE FROM person_reach"},
	},
	LayerList: {
		{"people", "DELETE FROM person"},
		{"households", "DELETE FROM household"},
		{"links from mentions to people", "DELETE FROM link"},
		{"", "DELETE FROM resident"},
		{"", "DELETE FROM redirect"},
		{"", "DELETE FROM given_id"},
		{"", "DELETE FROM hazard"},
		{"", "DELETE FROM person_council"},
		{"", "DELETE FROM person_signal"},
		{"", "DELETE FROM person_word"},
		{"", "DELETE FROM sealed_document"},
		{"", "DELETE FROM hidden_item"},
		{"", "DELETE FROM document_tally"},
		{"", "DELETE FROM tally"},
	},
}

// Forget destroys a layer in the caller's transaction and tells how many rows of
// what. The caller has made sure that it may, holds the case's lock ("sweep"),
// writes the record, and calls Compact afterwards: until then the rows may be
// found in free pages of the file.
func (c *Case) Forget(tx *db.Tx, l Layer, at int64) ([]ForgottenRows, error) {
	gone, err := forgottenIn(tx)
	if err != nil {
		return nil, err
	}
	for _, before := range Layers {
		if before == l {
			break
		}
		if gone[before] == 0 {
			return nil, reeve.WithHint(fmt.Errorf("destroy %s: %w", l, reeve.Invalid), fmt.Sprintf("Destroy the layer %q first: it says more.", before))
		}
	}
	if gone[l] != 0 {
		return nil, reeve.WithHint(fmt.Errorf("destroy %s: %w", l, reeve.Conflict), "It was destroyed before.")
	}
	var rows []ForgottenRows
	for _, f := range forgettings[l] {
		n, err := tx.Exec(f.Text)
		if err != nil {
			return nil, fmt.Errorf("destroy %s: %w", l, err)
		}
		if f.What != "" {
			rows = append(rows, ForgottenRows{f.What, n})
		}
	}
	if l == LayerText {
		if err := tx.CompactText(passageIndex); err != nil {
			return nil, fmt.Errorf("destroy %s: %w", l, err)
		}
	}
	if l == LayerValues {
		if err := forgetListed(tx); err != nil {
			return nil, fmt.Errorf("destroy %s: %w", l, err)
		}
	}
	if _, err := tx.Exec("INSERT INTO setting (name, value) VALUES (?, ?)", settingForgot+string(l), strconv.FormatInt(at, 10)); err != nil {
		return nil, err
	}
	return rows, bumpStamp(tx)
}

// forgetListed takes the names out of the listing of what was taken.
func forgetListed(tx *db.Tx) error {
	type line struct {
		size          int64
		digest, state string
	}
	lines, err := db.All(tx, func(row db.Row) (l line, err error) { return l, row.Scan(&l.size, &l.digest, &l.state) }, "SELECT size, digest, state FROM listed ORDER BY path")
	if err == nil {
		_, err = tx.Exec("DELETE FROM listed")
	}
	if err != nil {
		return err
	}
	load := tx.Load("listed", "path", "size", "digest", "state")
	for i, l := range lines {
		if err := load.Add(fmt.Sprintf("«destroyed»/%d", i+1), l.size, l.digest, l.state); err != nil {
			return err
		}
	}
	return load.Close()
}

// settingForgot begins the names of the settings that say when a layer was
// destroyed.
const settingForgot = "destroyed-"

// Forgotten tells when each layer was destroyed, UTC seconds; those that stand
// are not in it.
func (c *Case) Forgotten(ctx context.Context) (gone map[Layer]int64, err error) {
	err = c.DB.Read(ctx, func(tx *db.Tx) error {
		gone, err = forgottenIn(tx)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read what was destroyed: %w", err)
	}
	return gone, nil
}

func forgottenIn(tx *db.Tx) (map[Layer]int64, error) {
	gone := make(map[Layer]int64)
	return gone, tx.Each(func(row db.Row) error {
		var name string
		var at int64
		err := row.Scan(&name, &at)
		gone[Layer(strings.TrimPrefix(name, settingForgot))] = at
		return err
	}, "SELECT name, CAST(value AS BIGINT) FROM setting WHERE name LIKE 'destroyed-%'")
}

// unforgotten refuses what cannot be done any more once a layer was destroyed:
// sweeping and deciding would take the lists apart that rest on it.
func (c *Case) unforgotten(ctx context.Context, layers ...Layer) error {
	gone, err := c.Forgotten(ctx)
	if err != nil {
		return err
	}
	for _, l := range layers {
		if gone[l] != 0 {
			return reeve.WithHint(fmt.Errorf("the layer %q of this case was destroyed: %w", l, reeve.Unavailable), "What rests on it stays as it is. Make a new case to examine anything again.")
		}
	}
	return nil
}

// readableStill refuses to show or search text that was destroyed.
func readableStill(tx *db.Tx) error {
	gone, err := forgottenIn(tx)
	if err == nil && gone[LayerText] != 0 {
		err = reeve.WithHint(fmt.Errorf("the text was destroyed: %w", reeve.Unavailable),
			"The text of everything in this case was destroyed on "+time.Unix(gone[LayerText], 0).UTC().Format("2 January 2006")+". The certificate says by whom and why.")
	}
	return err
}

// Compact rewrites the database so that nothing destroyed is left in its files,
// and removes what lies in the case's folder for temporary files.
func (c *Case) Compact(ctx context.Context) error {
	if err := c.DB.Compact(ctx); err != nil {
		return err
	}
	spool := filepath.Join(c.Dir, spoolName)
	entries, err := os.ReadDir(spool)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	for _, e := range entries {
		if err == nil {
			err = os.RemoveAll(filepath.Join(spool, e.Name()))
		}
	}
	if err != nil {
		return fmt.Errorf("clear temporary files of the case: %w", reeve.Unavailable)
	}
	return nil
}
