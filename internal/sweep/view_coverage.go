package sweep

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/lex"
)

// CoverageLine is what became of those items below one top folder of an exhibit
// that ended alike. Urgent are those of them that are not fully read and that
// triage puts at now or today.
type CoverageLine struct {
	Exhibit  string `json:"exhibit"`
	Folder   string `json:"folder"`  // top folder, "" for the exhibit itself
	Service  string `json:"service"` // as the folder's name says; "" when it does not
	Status   string `json:"status"`
	Reason   string `json:"reason"`
	Items    int64  `json:"items"`
	Bytes    int64  `json:"bytes"`
	Pages    int64  `json:"pages"`
	Unread   int64  `json:"pages_unread"`
	Personal int64  `json:"items_with_personal_data"`
	Urgent   int64  `json:"urgent"`
}

// Coverage gives what became of all items, as counted when the lists were last
// written, by exhibit, folder, status and reason. A folder that holds nothing but
// items with sealed people is not named.
func (c *Case) Coverage(ctx context.Context) ([]CoverageLine, error) {
	var lines []CoverageLine
	err := c.DB.Read(ctx, func(tx *db.Tx) (err error) {
		lines, err = db.All(tx, func(row db.Row) (l CoverageLine, err error) {
			err = row.Scan(&l.Exhibit, &l.Folder, &l.Status, &l.Reason, &l.Items, &l.Bytes, &l.Pages, &l.Unread, &l.Personal)
			l.Service = serviceOf(l.Folder)
			return l, err
		}, "SELECT exhibit, folder, status, reason, items, bytes, pages, unread, personal FROM folder_tally")
		if err != nil {
			return err
		}
		if err := addUrgent(tx, lines); err != nil {
			return err
		}
		hidden, err := hiddenFolders(tx, lines)
		for i := range lines {
			if k := [2]string{lines[i].Exhibit, lines[i].Folder}; hidden[k] && lines[i].Folder != "" {
				lines[i].Folder = lex.Hidden
			}
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("show coverage: %w", err)
	}
	slices.SortFunc(lines, func(a, b CoverageLine) int {
		return cmp.Or(cmp.Compare(a.Exhibit, b.Exhibit), cmp.Compare(a.Folder, b.Folder),
			slices.Index(reeve.Statuses, reeve.Status(a.Status))-slices.Index(reeve.Statuses, reeve.Status(b.Status)), cmp.Compare(a.Reason, b.Reason))
	})
	return lines, nil
}

// addUrgent counts the urgent items that are not fully read.
func addUrgent(tx *db.Tx, lines []CoverageLine) error {
	at := make(map[folderKey]int, len(lines))
	for i, l := range lines {
		at[folderKey{l.Exhibit, l.Folder, reeve.Status(l.Status), reeve.Reason(l.Reason)}] = i
	}
	return tx.Each(func(row db.Row) error {
		var k folderKey
		var path string
		if err := row.Scan(&k.exhibit, &path, &k.status, &k.reason); err != nil {
			return err
		}
		k.folder = topFolder(path)
		if i, ok := at[k]; ok && k.status != reeve.StatusRead {
			lines[i].Urgent++
		}
		return nil
	}, "SELECT i.exhibit, i.path, i.status, i.reason FROM item_triage t JOIN case_items i ON i.id = t.item WHERE t.level <= ?", levelToday)
}

// BadRowLine is a row of a register that could not be used. Reason holds no
// value of it.
type BadRowLine struct {
	Register string `json:"register"`
	File     string `json:"file"`
	Line     int64  `json:"line"`
	Reason   string `json:"reason"`
}

// BadRows gives rows of the register with an id (of case_registers) that could
// not be used, behind a line, at most limit.
func (c *Case) BadRows(ctx context.Context, register, after int64, limit int) ([]BadRowLine, error) {
	var rows []BadRowLine
	err := c.DB.Read(ctx, func(tx *db.Tx) (err error) {
		rows, err = db.All(tx, func(row db.Row) (b BadRowLine, err error) {
			return b, row.Scan(&b.Register, &b.File, &b.Line, &b.Reason)
		}, "SELECT r.name, r.file, b.line, b.reason FROM bad_row b JOIN register r ON r.id = b.register WHERE b.register = ? AND b.line > ? ORDER BY b.line LIMIT ?",
			register, after, limit)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("show rows that could not be used: %w", err)
	}
	return rows, nil
}
