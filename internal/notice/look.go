package notice

import (
	"context"
	"errors"
	"fmt"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

// oneIn is of how many letters one is drawn to pixels, at random; one of every
// form in which a run is written is drawn besides.
const oneIn = 1000

// glance is what was seen of one letter that was drawn.
type glance struct {
	n     int64
	sides int64
	fault Fault
}

// onPaper tells whether a notice that goes this way is printed by us.
func (w Way) onPaper() bool { return w == Post || w == Hand }

// look draws some letters of a run to pixels and looks at them. Which ones follows
// from the digest of all that were checked, so that nobody can choose. Without an
// Eye nothing is looked at, which the page of the run says.
func (m *Room) look(ctx context.Context, r *run) ([]glance, error) {
	if m.Eye == nil || !r.Way.onPaper() {
		return nil, nil
	}
	var drawn []frozenMessage
	err := m.db.Read(ctx, func(tx *db.Tx) error {
		digest, _, _, err := digestReady(tx, r.ID)
		if err == nil {
			drawn, err = toDraw(tx, r, digest)
		}
		return err
	})
	if err != nil {
		return nil, err
	}
	var all []glance
	for i := range drawn {
		g, err := m.glance(ctx, r, &drawn[i])
		if err != nil {
			return nil, err
		}
		all = append(all, g)
	}
	return all, nil
}

// glance draws one letter and looks at it; the error is the machine's.
func (m *Room) glance(ctx context.Context, r *run, msg *frozenMessage) (glance, error) {
	g := glance{n: msg.N}
	l, err := m.pdfOf(r, msg)
	if err != nil {
		return g, fmt.Errorf("draw message %d of run %d: %w", msg.N, r.ID, err)
	}
	g.sides = int64(l.sides)
	pages, err := m.Eye.Draw(ctx, l.pdf)
	if errors.Is(err, reeve.Invalid) {
		g.fault = UnreadableFile
		return g, nil
	}
	if err != nil {
		return g, err
	}
	g.fault = l.look(pages)
	return g, nil
}

// lookLine is a sentence of the record on what was drawn.
func (m *Room) lookLine(r *run, all []glance) string {
	if !r.Way.onPaper() {
		return ""
	}
	if m.Eye == nil {
		return "; no letter was drawn to pixels"
	}
	bad := 0
	for _, g := range all {
		if g.fault != "" {
			bad++
		}
	}
	return fmt.Sprintf("; %d letters were drawn to pixels by %s, %d of them not as they were set", len(all), m.Eye.Name(), bad)
}
