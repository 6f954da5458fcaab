package publish

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
)

// Person is who wrote or released a text.
type Person struct{ ID, Name string }

// Put keeps texts that one person wrote and another released at a moment, in
// the caller's transaction: for programs that bring a whole site, such as the
// demo and measurements. Slug, Title, Body, Note and ShowAt of each are taken,
// and SecondAt where it was released at another moment;
// the texts go through the same checks as typed ones, but those that cite facts,
// which the caller answers for. It appends one leaf, so it comes last.
func Put(tx *db.Tx, c Council, texts []Text, writer, signer Person, at int64) error {
	if writer.ID == signer.ID {
		return fmt.Errorf("put public texts: one person alone: %w", reeve.Denied)
	}
	texts = append([]Text{{Slug: slugCouncil, Title: titleCouncil, Body: c.body(), Note: "First version."}}, texts...)
	seen := make(map[string]int64)
	for _, t := range texts {
		when := cmp.Or(t.SecondAt, at)
		t.Kind, t.MadeBy, t.MadeName, t.MadeAt = kindOf(t.Slug), writer.ID, writer.Name, when
		if t.Kind == "" {
			return fmt.Errorf("put public text %q: %w", t.Slug, reeve.Invalid)
		}
		faults := slices.DeleteFunc(check(t.Kind, t.Title, t.Body, c.words(), nil), func(string) bool { return len(cited(t.Body)) > 0 })
		if len(faults) > 0 {
			return fmt.Errorf("put public text %q: %s: %w", t.Slug, faults[0], reeve.Invalid)
		}
		if err := add(tx, &t, seen[t.Slug]); err != nil {
			return err
		}
		if err := settle(tx, t.ID, Released, signer.ID, signer.Name, when, ""); err != nil {
			return err
		}
		seen[t.Slug] = t.Version
	}
	_, err := record.Append(tx, record.Leaf{Actor: signer.ID, Time: at, Verb: "release-public", Object: "public", Line: fmt.Sprintf("%d public texts, drafted by %s", len(texts), writer.ID)})
	return err
}

// Shipped are the texts that ship, as Put takes them.
func Shipped() (all []Text) {
	for _, p := range pages {
		title, body := shipped(p.Slug)
		all = append(all, Text{Slug: p.Slug, Title: title, Body: body, Note: "First version."})
	}
	return all
}

// Text is the figures as a text that Put takes.
func (f Figures) Text(note string) Text {
	return Text{Slug: slugFigures, Title: "What data was taken", Body: f.body(), Note: note}
}

// Begun reports whether anybody has begun the site: written a text of it.
func Begun(tx *db.Tx) (bool, error) {
	all, err := newest(tx)
	return len(all) > 0, err
}

// Site is the site as it was built last, nil before the first Refresh.
func (m *Room) Site() *Site {
	b := m.built.Load()
	if b == nil {
		return nil
	}
	return b.site
}
