package review

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/job"
	"github.com/reeve-council/reeve/internal/notice"
	"github.com/reeve-council/reeve/internal/paper"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/sweep"
	"github.com/reeve-council/reeve/internal/web"
)

// Grounds on which something is destroyed: the certificate prints them, and
// never the free words.
var groundTable = map[string]string{
	"retention": "its time of retention is over",
	"closed":    "the case is closed",
	"ordered":   "a court or the Commissioner has ordered it",
}

var grounds = []string{"retention", "closed", "ordered"}

// Words says how a destruction stands.
func (d destruction) Words() string {
	switch d.State {
	case destroyAsked:
		return "asked for; a second person has to sign"
	case destroySigned:
		return "signed by two; being done"
	case destroyWithdrawn:
		return "withdrawn"
	}
	if d.Compacted == 0 {
		return "destroyed; the files of the database are being rewritten"
	}
	return "destroyed"
}

// What is the layer in words.
func (d destruction) What() string { return keptTable[string(d.Layer)] }

// Because is the ground in words.
func (d destruction) Because() string { return groundTable[d.Ground] }

func destroyThing(l sweep.Layer) string { return "layer:" + string(l) }

// askDestroy is the first of two signatures. Whoever signs types the name of the
// layer: what is destroyed does not come back.
func (m *Room) askDestroy(r *web.Request) (web.Answer, error) {
	d := destruction{State: destroyAsked, By: r.Visitor.ID, ByName: r.Visitor.Name, At: r.Now.Unix()}
	v, again, err := m.holdForm(r, func(f *web.Form) {
		d.Layer = sweep.Layer(f.Choice("destroy_layer", "Choose what is destroyed", string(sweep.LayerText), string(sweep.LayerValues), string(sweep.LayerList)))
		d.Ground = f.Choice("ground", "Choose the ground", grounds...)
		d.Why = f.Need("destroy_why", noteLength, "Say why it is destroyed now")
		if f.Text("sure", 20) != string(d.Layer) || d.Layer == "" {
			f.Fault("sure", "Type the name of the layer: "+string(d.Layer))
		}
	})
	if again != nil || err != nil {
		return again, err
	}
	if v.Next == nil || string(d.Layer) != v.Next.Value {
		return nil, reeve.WithHint(fmt.Errorf("ask for a destruction: %w", reeve.Conflict), "Layers are destroyed in order: text, values, list.")
	}
	return m.holdAct(r, "A second person has to sign before anything is destroyed.", func(tx *db.Tx) (record.Leaf, error) {
		if err := mayDestroy(tx, d.Layer); err != nil {
			return record.Leaf{}, err
		}
		return record.Leaf{Verb: "ask-destroy", Object: destroyThing(d.Layer), Line: "asked to destroy the layer " + string(d.Layer) + ": " + groundTable[d.Ground]}, addDestruction(tx, &d)
	})
}

// destroyStep changes a destruction as it was seen.
func (m *Room) destroyStep(r *web.Request, saying string, do func(tx *db.Tx, d *destruction) (record.Leaf, error)) (web.Answer, error) {
	if err := wholeCase(r); err != nil {
		return nil, err
	}
	id, err := r.Number("id")
	if err != nil {
		return nil, err
	}
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	seen := f.Number("version", "", 1, 1<<53)
	if !f.OK() {
		return nil, fmt.Errorf("sign a destruction: %w", reeve.Invalid)
	}
	return m.holdAct(r, saying, func(tx *db.Tx) (record.Leaf, error) {
		d, err := readDestruction(tx, id)
		if err != nil {
			return record.Leaf{}, err
		}
		if d.Version != seen || d.State != destroyAsked {
			return record.Leaf{}, fmt.Errorf("sign a destruction: %w", reeve.Conflict)
		}
		return do(tx, &d)
	})
}

// signDestroy is the second signature; a job then does it.
func (m *Room) signDestroy(r *web.Request) (web.Answer, error) {
	return m.destroyStep(r, "Signed by two. It is being destroyed.", func(tx *db.Tx, d *destruction) (record.Leaf, error) {
		if d.By == r.Visitor.ID {
			return record.Leaf{}, reeve.WithHint(fmt.Errorf("sign a destruction: %w", reeve.Denied), "You asked for it: the second signature is somebody else’s.")
		}
		if err := mayDestroy(tx, d.Layer); err != nil {
			return record.Leaf{}, err
		}
		d.State, d.Second, d.SecondName, d.SecondAt = destroySigned, r.Visitor.ID, r.Visitor.Name, r.Now.Unix()
		if err := keepDestruction(tx, d); err != nil {
			return record.Leaf{}, err
		}
		_, err := job.Enqueue(tx, destroyKind, destroyArgs{d.Layer}, job.Key(destroyThing(d.Layer)))
		return record.Leaf{Verb: "sign-destroy", Object: destroyThing(d.Layer), Line: "signed, as the second, the destruction of the layer " + string(d.Layer)}, err
	})
}

func (m *Room) withdrawDestroy(r *web.Request) (web.Answer, error) {
	return m.destroyStep(r, "Withdrawn: nothing is destroyed.", func(tx *db.Tx, d *destruction) (record.Leaf, error) {
		d.State = destroyWithdrawn
		return record.Leaf{Verb: "withdraw-destroy", Object: destroyThing(d.Layer), Line: "withdrew the destruction of the layer " + string(d.Layer)}, keepDestruction(tx, d)
	})
}

const destroyKind = "review.destroy"

type destroyArgs struct {
	Layer sweep.Layer `json:"layer"`
}

func (m *Room) destroyJobs() []job.Handler {
	return []job.Handler{{Kind: destroyKind, Attempts: 5, Run: func(ctx context.Context, w *job.Work) error {
		var args destroyArgs
		if err := json.Unmarshal(w.Args, &args); err != nil {
			return fmt.Errorf("read job: %w", reeve.Invalid)
		}
		_, err := m.Destroy(ctx, args.Layer, "reeve")
		if errors.Is(err, reeve.NotFound) {
			return nil // the command did it first
		}
		return err
	}}}
}

// Destroy does a destruction that two people have signed on the page, or finishes
// one, and gives its certificate. reeve.NotFound where nobody has signed one,
// reeve.Denied under a hold. What it destroys does not come back.
func (m *Room) Destroy(ctx context.Context, l sweep.Layer, actor string) (*paper.Document, error) {
	release, err := m.holdLists(ctx)
	if err != nil {
		return nil, err
	}
	defer release()
	var d destruction
	err = m.db.WriteDurable(ctx, func(tx *db.Tx) error {
		if d, err = signedDestruction(tx, l); err != nil || d.State == destroyDone {
			return err
		}
		return m.destroyRows(tx, &d, actor)
	})
	if err != nil {
		return nil, fmt.Errorf("destroy %s: %w", l, err)
	}
	if err := m.kase.Compact(ctx); err != nil {
		return nil, fmt.Errorf("destroy %s: %w", l, err)
	}
	if l == sweep.LayerList {
		if err := notice.ForgetLetters(m.kase.Dir); err != nil {
			return nil, fmt.Errorf("destroy %s: %w", l, err)
		}
	}
	err = m.db.WriteDurable(ctx, func(tx *db.Tx) error {
		d.Compacted = m.Now().Unix()
		if err := keepDestruction(tx, &d); err != nil {
			return err
		}
		_, err := record.Append(tx, record.Leaf{Time: d.Compacted, Actor: actor, Verb: "compact", Object: destroyThing(l), Line: "rewrote the files of the database after the destruction of the layer " + string(l)})
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("destroy %s: %w", l, err)
	}
	return m.certificate(&d), nil
}

// destroyRows destroys what the case and this room hold of a layer, with the
// certificate's digest on record.
func (m *Room) destroyRows(tx *db.Tx, d *destruction, actor string) (err error) {
	if err := mayDestroy(tx, d.Layer); err != nil {
		return err
	}
	if d.Head, err = checkpointOf(tx); err != nil {
		return err
	}
	d.Done, d.State = m.Now().Unix(), destroyDone
	if d.Rows, err = m.kase.Forget(tx, d.Layer, d.Done); err != nil {
		return err
	}
	own, err := forgetOwn(tx, d.Layer, d.Done)
	if err != nil {
		return err
	}
	d.Rows = append(d.Rows, own...)
	if err := keepDestruction(tx, d); err != nil {
		return err
	}
	var text bytes.Buffer
	if err := m.certificate(d).WriteText(&text); err != nil {
		return err
	}
	sum := sha256.Sum256(text.Bytes())
	var rows int64
	for _, r := range d.Rows {
		rows += r.N
	}
	_, err = record.Append(tx, record.Leaf{Time: d.Done, Actor: actor, Verb: "destroy", Object: destroyThing(d.Layer), Rows: rows, Digest: hex.EncodeToString(sum[:]),
		Line: fmt.Sprintf("destroyed the layer %s, certificate %d", d.Layer, d.ID)})
	return err
}

// certificate says what was destroyed, when, and by whose signatures. It is
// written from the row of the destruction alone, so that it is the same for ever,
// and holds no personal data: who signed is named by user number.
func (m *Room) certificate(d *destruction) *paper.Document {
	facts := []paper.Fact{{Name: "Case", Value: m.kase.ID()}, {Name: "Certificate", Value: strconv.FormatInt(d.ID, 10)}, {Name: "Destroyed", Value: momentWords(d.Done)},
		{Name: "What", Value: keptTable[string(d.Layer)]}, {Name: "Because", Value: groundTable[d.Ground]}, {Name: "Asked for", Value: momentWords(d.At) + " by user " + d.By},
		{Name: "Signed by a second person", Value: momentWords(d.SecondAt) + " by user " + d.Second}, {Name: "Legal hold", Value: "none stood"}}
	t := paper.Table{Caption: "Rows destroyed", Columns: []paper.Column{{Title: "What"}, {Title: "Number", Number: true}}}
	for _, r := range d.Rows {
		t.Rows = append(t.Rows, []string{sentence(r.What), digits(r.N)})
	}
	return &paper.Document{Title: "Certificate of destruction", Subtitle: keptTable[string(d.Layer)], Author: "Reeve", Date: time.Unix(d.Done, 0).UTC(), Footer: d.Head,
		Blocks: []paper.Block{paper.Facts{Rows: facts}, t,
			paper.Paragraph{Text: "Rows were deleted and overwritten in one transaction, and the files of the database rewritten afterwards; the record has a line of its own for that. The digest of this certificate as plain text is in the record, beside the act “destroy”."},
			paper.Heading{Level: 1, Text: "What this does not cover"},
			paper.List{Items: []string{"The copied files themselves, and the registers as files: Reeve keeps neither.", "Exports, letters, reports and printed pages that left the case before; each is on record.",
				"Backups made before this day, and what a database server keeps of its own: logs, archives, copies. They are to be destroyed with it.", keptTable[layerDecisions] + " stay."}},
			paper.Facts{Rows: []paper.Fact{{Name: "Head of the record before", Value: d.Head}}}}}
}

func (m *Room) certificateFile(r *web.Request) (web.Answer, error) {
	id, err := r.Number("id")
	if err != nil {
		return nil, err
	}
	var d destruction
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		d, err = readDestruction(tx, id)
		return err
	})
	if err == nil && d.State != destroyDone {
		err = fmt.Errorf("find certificate: %w", reeve.NotFound)
	}
	if err != nil {
		return nil, err
	}
	doc := m.certificate(&d)
	return web.File{Name: fmt.Sprintf("certificate-%d.pdf", d.ID), Type: "application/pdf", Pour: func(w http.ResponseWriter) error { return doc.WritePDF(w) }}, nil
}

// retentionCard says on the start page that the time of something is over, or
// that a destruction waits for a signature.
func (m *Room) retentionCard(ctx context.Context, visitor *web.Visitor) (text web.CardText, err error) {
	if visitor.Councils != nil {
		return text, nil
	}
	gone, err := m.kase.Forgotten(ctx)
	if err != nil {
		return text, err
	}
	var parts []string
	err = m.db.Read(ctx, func(tx *db.Tx) error {
		rules, err := readRetention(tx)
		if err != nil {
			return err
		}
		seen, today := make(map[string]bool), reeve.DateOf(m.Now()).String()
		for _, one := range rules {
			if !seen[one.Layer] && gone[sweep.Layer(one.Layer)] == 0 && one.Until <= today {
				parts = append(parts, "the layer "+one.Layer+" was kept until "+one.Until+" and is "+one.Words())
			}
			seen[one.Layer] = true
		}
		all, err := readDestructions(tx)
		for _, d := range all {
			if d.State == destroyAsked {
				parts = append(parts, "the destruction of the layer "+string(d.Layer)+" waits for a second signature")
			}
		}
		return err
	})
	if err != nil || len(parts) == 0 {
		return text, err
	}
	return web.CardText{Title: "End of the case", Text: sentence(strings.Join(parts, "; ")) + ".", Path: "/hold", Alarm: true}, nil
}
