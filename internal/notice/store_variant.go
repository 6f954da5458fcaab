package notice

import (
	"fmt"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

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

// keptLanguage is the phrases of a language as somebody wrote them here.
type keptLanguage struct {
	Language   string `json:"language"`
	Number     int64  `json:"number"`
	Text       string `json:"text"`
	Translator string `json:"translator"`
	Checker    string `json:"checker"`
	By         string `json:"by"`
	ByName     string `json:"by_name"`
	At         int64  `json:"at"`
	SecondBy   string `json:"second_by"`
	SecondName string `json:"second_name"`
	SecondAt   int64  `json:"second_at"`
}

// readLanguages gives every version of every language, the oldest first.
func readLanguages(tx *db.Tx) ([]keptLanguage, error) {
	return db.All(tx, func(row db.Row) (k keptLanguage, err error) {
		return k, row.Scan(&k.Language, &k.Number, &k.Text, &k.Translator, &k.Checker, &k.By, &k.ByName, &k.At, &k.SecondBy, &k.SecondName, &k.SecondAt)
	}, "SELECT language, number, body, translator, checker, user_, user_name, at, second_by, second_name, second_at FROM notice_language ORDER BY language, number")
}

// usableLanguages gives the newest released version of each language.
func usableLanguages(tx *db.Tx) (newest []keptLanguage, err error) {
	all, err := readLanguages(tx)
	for _, k := range all {
		switch last := len(newest) - 1; {
		case k.SecondAt == 0:
		case last >= 0 && newest[last].Language == k.Language:
			newest[last] = k
		default:
			newest = append(newest, k)
		}
	}
	return newest, err
}

func addLanguage(tx *db.Tx, k *keptLanguage) error {
	if err := tx.Serialise("notice"); err != nil {
		return err
	}
	if err := tx.One([]any{&k.Number}, "SELECT COALESCE(MAX(number), 0) + 1 FROM notice_language WHERE language = ?", k.Language); err != nil {
		return err
	}
	_, err := tx.Exec(`INSERT INTO notice_language (language, number, body, translator, checker, user_, user_name, at, second_by, second_name, second_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, '', '', 0)`, k.Language, k.Number, k.Text, k.Translator, k.Checker, k.By, k.ByName, k.At)
	return err
}

// agreeLanguage is the second person's word; reeve.Conflict for the first.
func agreeLanguage(tx *db.Tx, language string, number int64, user, userName string, at int64) error {
	n, err := tx.Exec("UPDATE notice_language SET second_by = ?, second_name = ?, second_at = ? WHERE language = ? AND number = ? AND second_at = 0 AND user_ <> ?",
		user, userName, at, language, number, user)
	if err == nil && n == 0 {
		err = reeve.WithHint(fmt.Errorf("release language: %w", reeve.Conflict), "somebody else than the writer releases a language, once")
	}
	return err
}
