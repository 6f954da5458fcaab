package sweep

import (
	"strings"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/linkage"
)

// gazetteer is what a register that lists addresses gives besides its rows.
type gazetteer struct {
	homes   []linkage.Home
	omitted []linkage.Omission
	council string
}

// gazetteerOf gives what a mapper that has seen every row knows of homes; nil
// when its register is no gazetteer.
func gazetteerOf(m linkage.RowMapper, council string) *gazetteer {
	g, ok := m.(linkage.Gazetteer)
	if !ok {
		return nil
	}
	homes, omitted := g.Homes()
	return &gazetteer{homes, omitted, council}
}

// keepHomes writes the homes of a gazetteer and the counts of what is none.
func keepHomes(tx *db.Tx, register int64, g *gazetteer) error {
	if g == nil {
		return nil
	}
	homes := tx.Load("home", "register", "uprn", "lines", "postcode", "council", "class")
	for _, h := range g.homes {
		if err := homes.Add(register, h.UPRN, strings.Join(h.Lines, "\n"), h.Postcode, h.Council, h.Class); err != nil {
			return err
		}
	}
	if err := homes.Close(); err != nil {
		return err
	}
	counts := tx.Load("home_count", "register", "council", "reason", "n")
	for _, o := range append([]linkage.Omission{{Reason: "", N: int64(len(g.homes))}}, g.omitted...) {
		if err := counts.Add(register, g.council, o.Reason, o.N); err != nil {
			return err
		}
	}
	return counts.Close()
}

// forgetHomes are the statements that take the homes of a register away.
var forgetHomes = []string{"DELETE FROM home WHERE register = ?", "DELETE FROM home_count WHERE register = ?"}
