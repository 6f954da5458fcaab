package notice

import (
	"crypto/sha256"
	"slices"
	"strings"

	"github.com/reeve-council/reeve/internal/db"
)

// lot is a message in the draw: the hash of its reference with the seed.
type lot struct {
	key  string
	n    int64
	form form
}

// toDraw gives the letters of a checked run that are drawn to pixels: the first of
// every form and the first thousandth of all, in the order of hashes with a seed.
func toDraw(tx *db.Tx, r *run, seed string) ([]frozenMessage, error) {
	lots, err := db.All(tx, func(row db.Row) (l lot, err error) {
		var ref, language, format string
		err = row.Scan(&l.n, &ref, &language, &format)
		sum := sha256.Sum256([]byte(seed + "\x00" + ref))
		l.key, l.form = string(sum[:]), r.formOf(&Recipient{Language: language, Format: Format(format)})
		return l, err
	}, "SELECT n, reference, language, format FROM notice_message WHERE run = ? AND state = 'ready' AND n > 0", r.ID)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(lots, func(a, b lot) int { return strings.Compare(a.key, b.key) })
	forms := make(map[form]bool)
	var all []frozenMessage
	for i, l := range lots {
		if i >= (len(lots)+oneIn-1)/oneIn && forms[l.form] {
			continue
		}
		forms[l.form] = true
		x, err := messageAt(tx, r.ID, l.n)
		if err != nil {
			return nil, err
		}
		all = append(all, x)
	}
	return all, nil
}

func keepGlances(tx *db.Tx, run int64, all []glance, eye string, at int64) error {
	load := tx.Load("notice_look", "run", "n", "sides", "fault", "eye", "at")
	for _, g := range all {
		if err := load.Add(run, g.n, g.sides, string(g.fault), eye, at); err != nil {
			return err
		}
	}
	return load.Close()
}

// looked is what came of drawing letters of a run.
type looked struct {
	Letters int64  `json:"letters"`
	Sides   int64  `json:"sides"`
	Faulty  int64  `json:"faulty"`
	Eye     string `json:"eye"`
}

func readLooked(tx *db.Tx, run int64) (l looked, err error) {
	return l, tx.One([]any{&l.Letters, &l.Sides, &l.Faulty, &l.Eye}, `SELECT COUNT(*), COALESCE(SUM(sides), 0), COALESCE(SUM(CASE WHEN fault <> '' THEN 1 ELSE 0 END), 0),
		COALESCE(MAX(eye), '') FROM notice_look WHERE run = ?`, run)
}
