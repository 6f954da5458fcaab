package incident

import (
	"cmp"
	"fmt"
	"strconv"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

// evidenceEdit registers a piece, or corrects what was written about it.
func (m *Room) evidenceEdit(r *web.Request) (web.Answer, error) {
	councils, err := m.councilsFor(r)
	if err != nil {
		return nil, err
	}
	e := Evidence{State: evidenceHeld, Acquired: r.Now.Unix(), Holder: r.Visitor.Name, Kept: Kept{Mark: Mark{TLP: AmberStrict}}}
	e.digested(r)
	s := &slip{Heading: "Register a piece of evidence", Action: "/evidence/new", Back: "/evidence", Button: "Register it"}
	if r.Part("id") != "" {
		if e, err = m.evidenceOf(r); err != nil {
			return nil, err
		}
		s.Heading, s.Action, s.Back, s.Button, s.Version = "Correct "+e.Label(), path("/evidence", e.ID, "edit"), path("/evidence", e.ID), "Keep the new version", e.Version
	}
	was := e.Mark
	s.Asks = append(e.asks(), markAsks(r, councils, e.Mark)...)
	if e.ID > 0 {
		s.Asks = append(s.Asks, ask{Name: "why", Kind: askArea, Label: "What was wrong?", Need: "Say what was wrong"})
	}
	return m.fill(r, s, func(f *web.Form) { e.take(s, f) }, func(tx *db.Tx) (record.Leaf, error) {
		if err := mayMove(r, web.Write, web.ObjectEvidence, was, e.Mark); err != nil {
			return record.Leaf{}, err
		}
		e.by(r)
		err := evidences.put(tx, &e, s.Version)
		leaf := leafOf("register-evidence", KindEvidence, e.ID, "version "+strconv.FormatInt(e.Version, 10))
		if e.SHA256 != "" {
			leaf.Digest, leaf.Rows = e.SHA256, 1
		}
		return leaf, err
	}, func() (string, string) {
		return path("/evidence", e.ID), e.Label() + " is registered. Print its label now."
	})
}

func (e Evidence) asks() []ask {
	asks := []ask{
		{Name: "title", Kind: askLine, Label: "What is it?", Hint: "Such as: image of the file server. No name of a person.", Value: e.Title, Need: "Say what it is"},
		{Name: "sort", Kind: askChoice, Label: "Of what sort?", Choices: chosen(evidenceSorts, e.Sort), Need: "Choose the sort"},
		{Name: "source", Kind: askLine, Label: "From which system or place?", Value: e.Source, Need: "Say where it is from"},
		momentAsk("acquired", "When was it taken?", "", e.Acquired, "Enter when it was taken", true),
		{Name: "acquired_by", Kind: askLine, Label: "By whom?", Value: e.AcquiredBy, Need: "Say by whom"},
		{Name: "method", Kind: askArea, Label: "How?", Hint: "With which write blocker, live or switched off.", Value: e.Method},
		{Name: "tool", Kind: askLine, Label: "With which tool and version?", Value: e.Tool},
		{Name: "clock_state", Kind: askLine, Label: "Was the clock of the machine right?", Hint: "Such as: 3 minutes fast, no time server.", Value: e.ClockState},
		{Name: "sha256", Kind: askLine, Label: "SHA-256", Hint: "64 digits, as the tool printed them. Empty only for a thing without bytes.", Value: e.SHA256},
		{Name: "other_hash", Kind: askLine, Label: "Another digest, if a form of the police asks for one", Value: e.OtherHash},
		{Name: "size", Kind: askNumber, Label: "Size in bytes", Value: numberText(e.Size)},
		{Name: "purpose", Kind: askArea, Label: "What is it kept for?", Value: e.Purpose, Need: "Say what it is kept for"},
	}
	if e.ID > 0 {
		return asks // place, seal and holder go with hand-overs alone
	}
	return append(asks,
		ask{Name: "seal", Kind: askLine, Label: "Seal number", Value: e.Seal},
		ask{Name: "place", Kind: askLine, Label: "Where is it kept?", Value: e.Place, Need: "Say where it is kept"},
		ask{Name: "holder", Kind: askLine, Label: "Who has it?", Value: e.Holder, Need: "Say who has it"})
}

func (e *Evidence) take(s *slip, f *web.Form) {
	e.Mark = s.mark()
	e.Title, e.Sort, e.Source, e.Acquired, e.AcquiredBy, e.Method = s.text("title"), s.text("sort"), s.text("source"), s.number("acquired"), s.text("acquired_by"), s.text("method")
	e.Tool, e.ClockState, e.OtherHash, e.Size, e.Purpose, e.Why = s.text("tool"), s.text("clock_state"), s.text("other_hash"), s.number("size"), s.text("purpose"), s.text("why")
	if e.ID == 0 {
		e.Seal, e.Place, e.Holder = s.text("seal"), s.text("place"), s.text("holder")
	}
	digest, err := readSHA256(s.text("sha256"))
	if err != nil {
		s.fault(f, "sha256", "Enter the 64 digits of the SHA-256")
	}
	e.SHA256 = digest
	if digest == "" && e.Sort != "device" && e.Sort != "paper" && e.Sort != "other" {
		s.fault(f, "sha256", "Enter the SHA-256: without it nobody can show that these are the same bytes")
	}
}

// outsider is the choice of a side of a hand-over that is no user.
const outsider = "outsider"

// evidenceMove begins a hand-over. A side that is a user signs by signing in; one
// that is not signs on paper, whose reference is needed. Who fills this in signs
// for their own side at once.
func (m *Room) evidenceMove(r *web.Request) (web.Answer, error) {
	e, err := m.evidenceOf(r)
	if err != nil {
		return nil, err
	}
	staff, err := m.colleagues(r)
	if err != nil {
		return nil, err
	}
	sides := []choice{{Value: outsider, Text: "Somebody who does not sign in here"}}
	for _, c := range staff {
		sides = append(sides, choice{Value: c.ID, Text: c.Name})
	}
	s := &slip{Heading: "Hand over " + e.Label(), Lead: "Now with " + e.Holder + ", " + e.Place + ", seal " + cmp.Or(e.Seal, "none") + ".", Action: path("/evidence", e.ID, "move"), Back: path("/evidence", e.ID), Button: "Sign for my side", Version: e.Version,
		Warn: "A hand-over counts when both sides have signed. Somebody who does not sign in here signs the printed chain; enter the reference of that paper.",
		Asks: []ask{
			{Name: "sort", Kind: askChoice, Label: "What happens to it?", Choices: moveChoices(), Need: "Choose what happens to it"},
			momentAsk("at", "When?", "", r.Now.Unix(), "Enter when", true),
			{Name: "giver_user", Kind: askPick, Label: "Who gives it?", Choices: chosen(sides, r.Visitor.ID), Need: "Choose who gives it"},
			{Name: "giver", Kind: askLine, Label: "Name and body of the giver, if they do not sign in here"},
			{Name: "giver_paper", Kind: askLine, Label: "Reference of the paper that the giver signed"},
			{Name: "taker_user", Kind: askPick, Label: "Who takes it?", Choices: sides, Need: "Choose who takes it"},
			{Name: "taker", Kind: askLine, Label: "Name and body of the taker, if they do not sign in here", Hint: "For a destruction: the witness."},
			{Name: "taker_paper", Kind: askLine, Label: "Reference of the paper that the taker signed"},
			{Name: "purpose", Kind: askArea, Label: "What for?", Need: "Say what for"},
			{Name: "place", Kind: askLine, Label: "Where does it go?"},
			{Name: "intact", Kind: askLine, Label: "How was the old seal?", Hint: "Such as: intact, broken for analysis."},
			{Name: "seal", Kind: askLine, Label: "New seal number, if it was sealed anew"},
		}}
	v := Move{Parent: e.ID, State: moveWaiting, Kept: Kept{Mark: e.Mark}}
	return m.fill(r, s, func(f *web.Form) { v.take(s, f, r, staff) }, func(tx *db.Tx) (record.Leaf, error) {
		if err := m.mayHandOver(tx, r, e); err != nil {
			return record.Leaf{}, err
		}
		v.by(r)
		if err := moves.put(tx, &v, 0); err != nil {
			return record.Leaf{}, err
		}
		return leafOf("hand-over", KindEvidence, e.ID, "hand-over "+strconv.FormatInt(v.ID, 10)), m.takeEffect(tx, r, &e, s.Version, v)
	}, func() (string, string) {
		if v.Signed() {
			return path("/evidence", e.ID), "Signed by both sides."
		}
		return path("/evidence", e.ID), "Signed by you; the other side must sign too."
	})
}

// mayHandOver refuses a second hand-over while one waits.
func (m *Room) mayHandOver(tx *db.Tx, r *web.Request, e Evidence) error {
	if err := must(r, web.Write, web.ObjectEvidence, e.Mark); err != nil {
		return err
	}
	chain, err := moves.under(tx, e.ID)
	if err != nil {
		return err
	}
	if waits(chain) != nil || e.Gone() {
		return reeve.WithHint(fmt.Errorf("hand over evidence %d: %w", e.ID, reeve.Conflict), "a hand-over of this piece waits for a signature, or the piece is gone")
	}
	return nil
}

// takeEffect writes the next version of a piece behind a step of its chain.
func (m *Room) takeEffect(tx *db.Tx, r *web.Request, e *Evidence, seen int64, v Move) error {
	e.Why = "hand-over " + strconv.FormatInt(v.ID, 10) + " begun"
	if v.Signed() {
		e.apply(v)
		e.Why = "hand-over " + strconv.FormatInt(v.ID, 10) + " signed by both"
	}
	e.by(r)
	return evidences.put(tx, e, seen)
}

// take fills a move from what was typed, and signs for the sides that can be
// signed for now.
func (v *Move) take(s *slip, f *web.Form, r *web.Request, staff []Colleague) {
	v.Sort, v.At, v.Purpose, v.Place, v.Seal, v.Intact = s.text("sort"), s.number("at"), s.text("purpose"), s.text("place"), s.text("seal"), s.text("intact")
	v.Giver, v.GiverUser, v.GiverPaper, v.GiverAt = side(s, f, r, staff, "giver", v.At)
	v.Taker, v.TakerUser, v.TakerPaper, v.TakerAt = side(s, f, r, staff, "taker", v.At)
	switch {
	case v.GiverUser != r.Visitor.ID && v.TakerUser != r.Visitor.ID:
		s.fault(f, "giver_user", "One side must be you: nobody signs for others")
	case v.GiverUser == v.TakerUser:
		s.fault(f, "taker_user", "The two sides must be two people")
	}
	if v.Signed() {
		v.State = moveSigned
	}
}

// side reads one side of a hand-over. Whoever fills in the form signs their own;
// an outsider has signed the paper that is named; another user signs later.
func side(s *slip, f *web.Form, r *web.Request, staff []Colleague, name string, at int64) (who, user, paper string, signed int64) {
	user = s.text(name + "_user")
	if user == outsider {
		who, paper = s.text(name), s.text(name+"_paper")
		if who == "" {
			s.fault(f, name, "Enter the name and the body")
		}
		if paper == "" {
			s.fault(f, name+"_paper", "Enter the reference of the signed paper")
		}
		return who, "", paper, at
	}
	if user == r.Visitor.ID {
		return r.Visitor.Name, user, "", r.Now.Unix()
	}
	return nameOf(staff, user), user, "", 0
}

// signerIs tells whether a hand-over waits for the signature of a user.
func (v Move) signerIs(user string) bool {
	return v.State == moveWaiting && (v.GiverUser == user && v.GiverAt == 0 || v.TakerUser == user && v.TakerAt == 0)
}

// moveOf finds the piece and the hand-over of an address.
func (m *Room) moveOf(r *web.Request) (e Evidence, v Move, err error) {
	if e, err = m.evidenceOf(r); err != nil {
		return e, v, err
	}
	id, err := r.Number("move")
	if err != nil {
		return e, v, err
	}
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		v, err = moves.child(tx, e.ID, id)
		return err
	})
	return e, v, err
}

// moveSign is the signature of the other side.
func (m *Room) moveSign(r *web.Request) (web.Answer, error) {
	e, v, err := m.moveOf(r)
	if err != nil {
		return nil, err
	}
	if !v.signerIs(r.Visitor.ID) {
		return nil, reeve.WithHint(fmt.Errorf("sign hand-over %d: %w", v.ID, reeve.Denied), "this hand-over does not wait for your signature")
	}
	s := &slip{Heading: "Sign the hand-over of " + e.Label(), Lead: v.Giver + " gives it to " + v.Taker + ": " + moveText(v.Sort) + ". " + v.Purpose, Action: path(path("/evidence", e.ID)+"/sign", v.ID), Back: path("/evidence", e.ID),
		Button: "Sign", Version: e.Version, Warn: "By signing you say that it went from the one hand to the other as it stands here, with the seal " + cmp.Or(v.Seal, e.Seal, "none") + "."}
	return m.fill(r, s, nil, func(tx *db.Tx) (record.Leaf, error) {
		if err := must(r, web.Write, web.ObjectEvidence, e.Mark); err != nil {
			return record.Leaf{}, err
		}
		if v.GiverUser == r.Visitor.ID {
			v.GiverAt = r.Now.Unix()
		} else {
			v.TakerAt = r.Now.Unix()
		}
		v.State, v.Why = moveSigned, "signed by the other side"
		v.by(r)
		if err := moves.put(tx, &v, v.Version); err != nil {
			return record.Leaf{}, err
		}
		return leafOf("sign-hand-over", KindEvidence, e.ID, "hand-over "+strconv.FormatInt(v.ID, 10)), m.takeEffect(tx, r, &e, s.Version, v)
	}, func() (string, string) { return path("/evidence", e.ID), "Signed by both sides." })
}

// moveRefuse ends a hand-over that the other side does not sign. It stays in the
// chain.
func (m *Room) moveRefuse(r *web.Request) (web.Answer, error) {
	e, v, err := m.moveOf(r)
	if err != nil {
		return nil, err
	}
	s := withdrawSlip(path(path("/evidence", e.ID)+"/refuse", v.ID), path("/evidence", e.ID), v.Version)
	s.Heading, s.Button = "End the hand-over", "End it"
	return m.fill(r, s, nil, func(tx *db.Tx) (record.Leaf, error) {
		if err := must(r, web.Write, web.ObjectEvidence, e.Mark); err != nil {
			return record.Leaf{}, err
		}
		if v.State != moveWaiting {
			return record.Leaf{}, fmt.Errorf("end hand-over %d: %w", v.ID, reeve.Conflict)
		}
		v.State, v.Why = moveRefused, s.text("why")
		v.by(r)
		return leafOf("end-hand-over", KindEvidence, e.ID, "hand-over "+strconv.FormatInt(v.ID, 10)), moves.put(tx, &v, s.Version)
	}, func() (string, string) { return path("/evidence", e.ID), "The hand-over is ended." })
}
