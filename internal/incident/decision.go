package incident

import (
	"strconv"
	"strings"
)

// Decision is what was decided in one version: by whom, by what right, between
// which options, for what reason, and who saw it otherwise.
type Decision struct {
	Kept
	Title      string `json:"title"`
	Question   string `json:"question"`
	Options    string `json:"options"` // one a line
	Reason     string `json:"reason"`
	Authority  string `json:"authority"`
	Delegation string `json:"delegation"`
	Dissent    string `json:"dissent"`
	Evidence   string `json:"evidence"` // one a line
	Cites      string `json:"cites"`    // numbers of versions of facts
	Decider    string `json:"decider"`
	Decided    int64  `json:"decided"` // seconds UTC
	Review     int64  `json:"review"`  // 0 for never
	State      string `json:"state"`
	Why        string `json:"why"` // this version was written
}

// States of a decision besides superseded and withdrawn.
const (
	proposed = "proposed"
	decided  = "decided"
	reviewed = "reviewed"
)

var decisionStates = []choice{
	{decided, "Decided", false}, {proposed, "Proposed, not decided yet", false}, {reviewed, "Reviewed and kept", false},
	{superseded, "Superseded", false}, {withdrawn, "Withdrawn", false},
}

// StateWords say the state.
func (d Decision) StateWords() string { return wordsOf(decisionStates, d.State) }

// Colour is the tag of the state.
func (d Decision) Colour() string {
	switch d.State {
	case proposed:
		return "yellow"
	case decided, reviewed:
		return "green"
	}
	return "grey"
}

// Binds reports whether people act by the decision.
func (d Decision) Binds() bool { return d.State == decided || d.State == reviewed }

// Due reports whether the decision is to be looked at again by now.
func (d Decision) Due(now int64) bool {
	return d.Binds() && d.Review > 0 && d.Review <= now
}

// cites are the versions of facts on which it was built.
func (d Decision) cites() (all []int64, ok bool) {
	for _, s := range strings.Fields(d.Cites) {
		n, err := strconv.ParseInt(s, 10, 64)
		if err != nil || n <= 0 {
			return nil, false
		}
		all = append(all, n)
	}
	return all, len(all) <= 50
}

// Advice is what a lawyer said about a decision. It is privileged.
type Advice struct {
	Number  int64  `json:"number"`
	Text    string `json:"text"`
	Adviser string `json:"adviser"`
	By      string `json:"added_by"`
	Name    string `json:"added_name"`
	At      int64  `json:"added_at"`
}
