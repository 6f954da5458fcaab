package notice

import (
	"archive/zip"
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/paper"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

// bundle is the letters of a signed run for a print house, and the list of them:
// PDF files of up to 200 letters, and a CSV with a row for each letter. Whoever
// may not be written to any more is left out: days can lie between the writing of
// a letter and its printing.
func (m *Room) bundle(r *web.Request) (web.Answer, error) {
	x, err := m.runOf(r)
	if err != nil {
		return nil, err
	}
	if err := m.granted(r, &x); err != nil {
		return nil, err
	}
	if x.Channel != "print-house" || x.Started == 0 {
		return nil, reeve.WithHint(fmt.Errorf("bundle letters: %w", reeve.Conflict), "bundles are made of runs that go to a print house, once they were started")
	}
	held, err := m.heldBack(r.Context(), &x)
	if err != nil {
		return nil, err
	}
	err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		line := "Took the letters of the run as a bundle for a print house"
		if len(held) > 0 {
			line += fmt.Sprintf("; %d were left out, which may not leave any more", len(held))
		}
		return record.Leaf{Verb: "export", Object: runObject(x.ID), Line: line}, keepHeldBack(tx, x.ID, held, r.Now.Unix())
	})
	if err != nil {
		return nil, err
	}
	name := fmt.Sprintf("notices-run-%d.zip", x.ID)
	return web.File{Name: name, Type: "application/zip", Pour: func(w http.ResponseWriter) error { return m.pourBundle(r, w, &x, held) }}, nil
}

const inBundle = 200

// heldLetter is a letter that was written and may not leave any more.
type heldLetter struct {
	person string
	reason Reason
}

// heldBack asks once more about everybody whose letter was written, and gives
// those who may not be written to any more.
func (m *Room) heldBack(ctx context.Context, x *run) (map[int64]heldLetter, error) {
	held := make(map[int64]heldLetter)
	return held, m.db.Read(ctx, func(tx *db.Tx) error {
		var after int64
		for {
			all, err := messages(tx, x.ID, msgLeft, after, inBundle)
			if err != nil || len(all) == 0 {
				return err
			}
			after = all[len(all)-1].N
			if err := m.holdBack(tx, x, all, held); err != nil {
				return err
			}
		}
	})
}

func (m *Room) holdBack(tx *db.Tx, x *run, all []frozenMessage, held map[int64]heldLetter) error {
	var people, places []string
	sure := make(map[string]bool)
	for i := range all {
		c := &all[i].Recipient
		people, sure[c.Person], places = append(people, c.Person), c.needsVerdict(), append(places, blockPlaces(c.open().Lines)...)
	}
	out, decided := make(map[string]Reason), make(map[string]decision)
	var err error
	if x.Kind.named() {
		if out, decided, err = m.rule(tx, x, people, sure); err != nil {
			return err
		}
	}
	bad, err := suppressedPlaces(tx, places)
	for i := range all {
		f := &all[i]
		reason := out[f.Recipient.Person]
		switch {
		case reason != "":
		case decided[f.Recipient.Person].ID != f.Decided:
			reason = Stale
		case slices.ContainsFunc(blockPlaces(f.Recipient.open().Lines), func(p string) bool { return bad[p] != 0 }):
			reason = Suppressed
		}
		if reason != "" {
			held[f.N] = heldLetter{f.Recipient.Person, reason}
		}
	}
	return err
}

func (m *Room) pourBundle(r *web.Request, w io.Writer, x *run, held map[int64]heldLetter) error {
	z := zip.NewWriter(w)
	var rows [][]string
	var after int64
	for part := 1; ; part++ {
		var all []frozenMessage
		err := m.db.Read(r.Context(), func(tx *db.Tx) (err error) { all, err = messages(tx, x.ID, msgLeft, after, inBundle); return err })
		if err != nil {
			return err
		}
		if len(all) == 0 {
			break
		}
		after = all[len(all)-1].N
		file := fmt.Sprintf("letters-%04d.pdf", part)
		b := paper.NewBundle(fmt.Sprintf("Run %d, part %d", x.ID, part), x.Wording.Council, dayOf(x.On), true)
		for i := range all {
			if _, out := held[all[i].N]; out {
				continue
			}
			l, err := m.pdfOf(x, &all[i])
			if err != nil {
				return err
			}
			first, _, err := b.Add(l.letter)
			if err != nil {
				return err
			}
			rows = append(rows, listRow(file, first, l.sides, &all[i]))
		}
		out, err := z.Create(file)
		if err == nil {
			_, err = b.WriteTo(out)
		}
		if err != nil {
			return err
		}
	}
	if err := pourList(z, rows); err != nil {
		return err
	}
	return z.Close()
}

func pourList(z *zip.Writer, rows [][]string) error {
	out, err := z.Create("letters.csv")
	if err != nil {
		return err
	}
	list, err := paper.NewCSV(out, "reference", "file", "first page", "sides", "address line 1", "address line 2", "address line 3", "address line 4", "address line 5", "address line 6", "address line 7")
	if err != nil {
		return err
	}
	for _, row := range rows {
		if err := list.Row(row...); err != nil {
			return err
		}
	}
	return list.Close()
}
