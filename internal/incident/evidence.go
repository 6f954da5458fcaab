package incident

import (
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/reeve-council/reeve"
)

// Evidence is one piece of technical evidence: a disk, an image, logs. Its bytes
// are not kept here, only what proves which bytes they are.
type Evidence struct {
	Kept
	Title      string `json:"title"`
	Sort       string `json:"sort"`
	Source     string `json:"source"`
	Acquired   int64  `json:"acquired"`
	AcquiredBy string `json:"acquired_by"`
	Method     string `json:"method"`
	Tool       string `json:"tool"`
	ClockState string `json:"clock_state"`
	SHA256     string `json:"sha256"`
	OtherHash  string `json:"other_hash"`
	Size       int64  `json:"size"`
	Seal       string `json:"seal"`
	Place      string `json:"place"`
	Holder     string `json:"holder"`
	Purpose    string `json:"purpose"`
	State      string `json:"state"`
	Why        string `json:"why"`
}

// Label is how a piece is called on its label and in every paper.
func (e Evidence) Label() string { return fmt.Sprintf("E-%d", e.ID) }

// Gone reports whether the council has the piece no more.
func (e Evidence) Gone() bool { return e.State == evidenceReturned || e.State == evidenceDestroyed }

// Move is one link of the chain: a piece went from one hand to another, was
// returned or destroyed. It counts when both sides have signed: a user by
// signing in, an outsider on paper whose reference is kept.
type Move struct {
	Kept
	Parent     int64  `json:"evidence"`
	At         int64  `json:"at"`
	Sort       string `json:"sort"`
	Giver      string `json:"giver"`
	GiverUser  string `json:"giver_user"`
	GiverPaper string `json:"giver_paper"`
	GiverAt    int64  `json:"giver_at"`
	Taker      string `json:"taker"`
	TakerUser  string `json:"taker_user"`
	TakerPaper string `json:"taker_paper"`
	TakerAt    int64  `json:"taker_at"`
	Purpose    string `json:"purpose"`
	Place      string `json:"place"`
	Seal       string `json:"seal"`
	Intact     string `json:"intact"`
	State      string `json:"state"`
	Why        string `json:"why"`
}

// States of pieces and moves.
const (
	evidenceHeld      = "held"
	evidenceOut       = "out"
	evidenceReturned  = "returned"
	evidenceDestroyed = "destroyed"
	moveWaiting       = "waiting"
	moveSigned        = "signed"
	moveRefused       = "refused"
)

var evidenceSorts = []choice{
	{Value: "image", Text: "Image of a disk or a machine"},
	{Value: "device", Text: "Device or medium"},
	{Value: "logs", Text: "Logs"},
	{Value: "memory", Text: "Memory"},
	{Value: "mail", Text: "Mail or messages"},
	{Value: "sample", Text: "Malicious file"},
	{Value: "copied", Text: "Copied files, as they were published or found"},
	{Value: "paper", Text: "Paper"},
	{Value: "other", Text: "Something else"},
}

// moveSorts are what a link of the chain can be, with the state of the piece
// behind it.
var moveSorts = []struct{ sort, text, state string }{
	{"within", "It goes to a colleague or another place of ours", evidenceHeld},
	{"out", "It goes outside: to the police, an expert, an insurer", evidenceOut},
	{"back", "It comes back from outside", evidenceHeld},
	{"return", "It is returned to its owner for good", evidenceReturned},
	{"destroy", "It is destroyed", evidenceDestroyed},
}

func moveChoices() (all []choice) {
	for _, x := range moveSorts {
		all = append(all, choice{Value: x.sort, Text: x.text})
	}
	return all
}

// stateAfter is the state of a piece behind a move.
func stateAfter(sort string) string {
	for _, x := range moveSorts {
		if x.sort == sort {
			return x.state
		}
	}
	return evidenceHeld
}

// Signed reports whether both sides have signed.
func (v Move) Signed() bool { return v.GiverAt > 0 && v.TakerAt > 0 }

// apply puts a signed move into effect.
func (e *Evidence) apply(v Move) {
	e.Holder, e.State = v.Taker, stateAfter(v.Sort)
	if v.Place != "" {
		e.Place = v.Place
	}
	if v.Seal != "" {
		e.Seal = v.Seal
	}
}

// waits finds the move that waits for a signature, nil if none does: a piece is
// in one hand at a time, so there is never more than one.
func waits(all []Move) *Move {
	for i := range all {
		if all[i].State == moveWaiting {
			return &all[i]
		}
	}
	return nil
}

// readSHA256 takes a digest as tools print it: any case, with spaces or colons.
func readSHA256(text string) (string, error) {
	s := strings.ToLower(strings.NewReplacer(" ", "", ":", "", "\n", "").Replace(text))
	b, err := hex.DecodeString(s)
	if err != nil || len(b) != 32 && len(b) != 0 {
		return "", fmt.Errorf("read SHA-256: %w", reeve.Invalid)
	}
	return s, nil
}

func (e Evidence) tag() cell {
	switch e.State {
	case evidenceHeld:
		return tagged("held", "green")
	case evidenceOut:
		return tagged("outside", "orange")
	}
	return tagged(e.State, "grey")
}

func (v Move) tag() cell {
	switch v.State {
	case moveSigned:
		return tagged("signed by both", "green")
	case moveRefused:
		return tagged("not signed, ended", "grey")
	}
	return tagged("waits for a signature", "orange")
}

// sign says who signed and how.
func sign(name, paper string, at int64) cell {
	switch {
	case at == 0:
		return cell{Text: name, Small: "not signed"}
	case paper != "":
		return cell{Text: name, Small: "signed on paper " + paper + ", " + shown(at)}
	}
	return cell{Text: name, Small: "signed " + shown(at)}
}
