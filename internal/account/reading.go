package account

import (
	"regexp"
	"slices"
	"strings"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

// search is what somebody looks for in the record. Zero fields ask for nothing.
type search struct {
	Who    string // a user's id, or the program
	Verb   string // a part of it
	Thing  string // the object, or its beginning
	Words  string // a part of the readable line, in any case
	From   int64  // UTC seconds
	Until  int64
	Before int64 // only acts before this number; 0: from the newest
	Limit  int
}

// seenAct is an act as one visitor may read it.
type seenAct struct {
	record.Line
	hidden bool // about somebody who may not be named to this visitor
}

// found is an answer: the acts, the newest first, and the number to go on
// before; 0 if the beginning was reached.
type found struct {
	acts []seenAct
	next int64
}

// The record is read backwards in pieces, up to a bound for one page: what was
// not reached is one click further.
const (
	readPiece = 500
	readMost  = 6000
)

// searchRecord finds acts that a visitor may read. lines tells whether they may
// read the lines in words, which can be personal.
func searchRecord(tx *db.Tx, q search, v *web.Visitor, lines bool) (found, error) {
	head, err := record.Root(tx)
	if err != nil {
		return found{}, err
	}
	end := head.Size
	if q.Before > 0 {
		end = min(end, q.Before)
	}
	var f found
	for read := 0; end > 0; read += readPiece {
		if read >= readMost {
			f.next = end
			return f, nil
		}
		begin := max(0, end-readPiece)
		piece, err := record.Lines(tx, begin, int(end-begin))
		if err != nil {
			return f, err
		}
		acts, err := readable(tx, q, v, lines, piece)
		if err != nil {
			return f, err
		}
		for _, a := range acts {
			if len(f.acts) == q.Limit {
				f.next = f.acts[len(f.acts)-1].Sequence
				return f, nil
			}
			f.acts = append(f.acts, a)
		}
		if len(piece) > 0 && piece[0].Time < q.From {
			return f, nil
		}
		end = begin
	}
	return f, nil
}

var personIn = regexp.MustCompile(`P[A-Z2-7]{12}`)

// readable gives those of a piece that match and may be read, the newest first.
// What is hidden matches neither a thing nor words: a search must not find what
// the page would not show.
func readable(tx *db.Tx, q search, v *web.Visitor, lines bool, piece []record.Line) ([]seenAct, error) {
	var all []seenAct
	var ids []string
	for _, l := range slices.Backward(piece) {
		if !lines {
			l.Leaf.Line = ""
		}
		if q.matches(l) {
			all = append(all, seenAct{Line: l})
			ids = append(ids, personIn.FindAllString(l.Object+" "+l.Leaf.Line, -1)...)
		}
	}
	slices.Sort(ids)
	named, err := openPeople(tx, slices.Compact(ids), v.Councils)
	if err != nil {
		return nil, err
	}
	for _, id := range v.Opened {
		named[id] = true
	}
	return hide(all, q, v, named), nil
}

// hide takes out what is not for this visitor. Somebody limited to councils
// reads their own acts and those about people of theirs; others read that
// something was done, but not about whom.
func hide(all []seenAct, q search, v *web.Visitor, named map[string]bool) (kept []seenAct) {
	for _, a := range all {
		ids := personIn.FindAllString(a.Object+" "+a.Leaf.Line, -1)
		unnamed := slices.ContainsFunc(ids, func(id string) bool { return !named[id] })
		switch {
		case !unnamed && (v.Councils == nil || len(ids) > 0 || a.Actor == v.ID):
			kept = append(kept, a)
		case unnamed && v.Councils == nil && q.Thing == "" && q.Words == "":
			a.Object, a.Leaf.Line, a.hidden = hidden, "", true
			kept = append(kept, a)
		}
	}
	return kept
}

func (q search) matches(l record.Line) bool {
	return (q.Who == "" || l.Actor == q.Who) &&
		strings.Contains(l.Verb, q.Verb) &&
		strings.HasPrefix(l.Object, q.Thing) &&
		(q.Words == "" || strings.Contains(strings.ToLower(l.Leaf.Line), strings.ToLower(q.Words))) &&
		(q.From == 0 || l.Time >= q.From) && (q.Until == 0 || l.Time < q.Until)
}
