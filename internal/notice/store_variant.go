package notice

import "github.com/reeve-council/reeve/internal/db"

// variant is one row of what a run says to those who read in another form.
type variant struct {
	Language string
	Format   Format
	Name     string
	Number   int64
	Body     string
}

// keepVariants freezes them into a run.
func keepVariants(tx *db.Tx, run int64, all []variant) error {
	for _, v := range all {
		if _, err := tx.Exec("INSERT INTO notice_variant (run, language, format, name, number, body) VALUES (?, ?, ?, ?, ?, ?)",
			run, v.Language, string(v.Format), v.Name, v.Number, v.Body); err != nil {
			return err
		}
	}
	return nil
}

func readVariants(tx *db.Tx, run int64) ([]variant, error) {
	return db.All(tx, func(row db.Row) (v variant, err error) {
		return v, row.Scan(&v.Language, &v.Format, &v.Name, &v.Number, &v.Body)
	}, "SELECT language, format, name, number, body FROM notice_variant WHERE run = ? ORDER BY language, format", run)
}
