package sweep

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

// Scope says what of the case a visitor may see; the caller has decided it. The
// zero Scope sees every council's people and nobody who is sealed.
type Scope struct {
	// Councils are those whose people may be seen; nil is all of them, empty
	// is none.
	Councils []string
	// Opened are the sealed people opened to this visitor, by id.
	Opened []string
}

// Kinds of sensitive text that is no value of the contract's.
const (
	KindPath reeve.Kind = "path" // where something lies: names of folders and files can name people
	KindText reeve.Kind = "text" // a piece of a document
)

// Stamp says which lists these are: it changes whenever any of them may have.
// It goes up with every writing of the lists and with what a sweep adds.
type Stamp struct {
	Lists     int64 `json:"lists"` // how often the lists were written
	Items     int64 `json:"items"` // highest numbers in use
	Documents int64 `json:"documents"`
	Registers int64 `json:"registers"`
	Decisions int64 `json:"decisions"`
	At        int64 `json:"at"` // when the lists were last written, UTC seconds; 0 never
}

// String is the stamp in a form fit for an ETag.
func (s Stamp) String() string {
	return fmt.Sprintf("%d-%d-%d-%d-%d", s.Lists, s.Items, s.Documents, s.Registers, s.Decisions)
}

// settingStamp holds how often and when the lists were written.
const settingStamp = "lists-stamp"

// Stamp gives the stamp of the lists as they stand.
func (c *Case) Stamp(ctx context.Context) (Stamp, error) {
	var s Stamp
	err := c.DB.Read(ctx, func(tx *db.Tx) (err error) {
		s, err = stampOf(tx)
		return err
	})
	if err != nil {
		return s, fmt.Errorf("read stamp: %w", err)
	}
	return s, nil
}

func stampOf(tx *db.Tx) (s Stamp, err error) {
	var written string
	err = tx.One([]any{&written, &s.Items, &s.Documents, &s.Registers, &s.Decisions}, `SELECT COALESCE((SELECT value FROM setting WHERE name = ?), ''),
		COALESCE((SELECT MAX(id) FROM item), 0), COALESCE((SELECT MAX(id) FROM document), 0), COALESCE((SELECT MAX(id) FROM register), 0),
		COALESCE((SELECT MAX(id) FROM decision), 0)`, settingStamp)
	if err == nil && written != "" {
		_, err = fmt.Sscanf(written, "%d %d", &s.Lists, &s.At)
	}
	return s, err
}

// sealed adds to a query over person p that sealed people are left out, but for
// those opened.
func (s Scope) sealed(where *strings.Builder, args *[]any) {
	if len(s.Opened) == 0 {
		where.WriteString(" AND p.sealed = 0")
		return
	}
	where.WriteString(" AND (p.sealed = 0 OR p.id IN (" + marks(len(s.Opened)) + "))")
	for _, id := range s.Opened {
		*args = append(*args, id)
	}
}

// sees reports whether a person may be seen, given the councils that hold their
// data.
func (s Scope) sees(id string, sealed bool, controllers string) bool {
	if sealed && !slices.Contains(s.Opened, id) {
		return false
	}
	return s.seesCouncil(controllers)
}

// seesCouncil reports whether one of the councils of a joined list is in scope.
func (s Scope) seesCouncil(controllers string) bool {
	if s.Councils == nil {
		return true
	}
	return slices.ContainsFunc(strings.Split(controllers, ";"), func(c string) bool { return slices.Contains(s.Councils, c) })
}

// marks are n placeholders.
func marks(n int) string { return strings.TrimSuffix(strings.Repeat("?, ", n), ", ") }
