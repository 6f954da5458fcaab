package review

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/reeve-council/reeve"
)

// A stop sets an item or a person aside at once: whoever meets legal advice, an
// illegal image, somebody at risk or somebody they know presses it on the page
// where they stand. What is set aside is gone from the viewer, the search, the
// queue and every list of items until the lead has released it.
type stopCause struct {
	Code   string
	Title  string // as the form says it
	Hint   string
	Effect string // what the page says of what was set aside
	// Own causes hide the thing from the one who says it, and from nobody else.
	Own bool
	// Two named people release it: one proposes, another agrees.
	Two bool
	// Never: nobody looks at the content here, not even the lead.
	Never bool
}

// Causes of a stop, by their codes. They are kept: add, never rename.
const (
	causePrivilege = "privilege"
	causeImage     = "image"
	causeRisk      = "risk"
	causeKnown     = "known"
)

// stopCauses are the reasons that the form offers, in its order.
//
// An indecent photograph of a child must not be copied or shown on, not even to
// a colleague (Protection of Children Act 1978, section 1): nobody opens one
// here. Legal professional privilege is the client's: two people release it.
var stopCauses = []stopCause{
	{Code: causePrivilege, Title: "Legal advice or court papers", Two: true,
		Hint:   "Advice from or to a lawyer, papers for a court or a tribunal, or anything marked privileged.",
		Effect: "It may be legal advice or court papers. Only those who decide about it may open it."},
	{Code: causeImage, Title: "Illegal image", Never: true,
		Hint:   "An indecent image of a child, or another image that it is a crime to have. Do not describe it, copy it or show it to anyone.",
		Effect: "It was reported as an illegal image. Nobody opens it here. The police decide what happens to it."},
	{Code: causeRisk, Title: "Someone is at risk now",
		Hint:   "If a life is in danger call 999 first. Then send this: the lead for safeguarding sees it at once.",
		Effect: "Somebody may be at risk. The lead for safeguarding has it."},
	{Code: causeKnown, Title: "I know this person", Own: true,
		Hint:   "A relative, friend, neighbour, colleague, or somebody you are in dispute with. It is taken away from you alone; somebody else does it.",
		Effect: "You said that you know somebody in it. Somebody else looks at it."},
}

// causeOf finds a cause by its code.
func causeOf(code string) (stopCause, bool) {
	for _, c := range stopCauses {
		if c.Code == code {
			return c, true
		}
	}
	return stopCause{}, false
}

func causeCodes() []string {
	codes := make([]string, len(stopCauses))
	for i, c := range stopCauses {
		codes[i] = c.Code
	}
	return codes
}

// stopState is where a stop stands.
type stopState string

const (
	stopOpen     stopState = "open"     // nobody has decided
	stopKept     stopState = "kept"     // the lead decided that it stays set aside
	stopProposed stopState = "proposed" // one of two wants to release it
	stopReleased stopState = "released" // it is back
)

// words of a state as people read them.
func (s stopState) words() string {
	switch s {
	case stopKept:
		return "stays set aside"
	case stopProposed:
		return "release proposed"
	case stopReleased:
		return "released"
	}
	return "waiting for a decision"
}

// stop is one thing set aside.
type stop struct {
	ID                   int64
	Item                 int64  // 0 for a person
	Person               string // "" for an item
	Why                  string
	Note                 string // what the one who pressed it wrote; may be personal
	Actor, ActorName     string
	At                   int64
	Hidden               string // the user from whom it is hidden; "" is everybody
	Lead, LeadName       string // who took it on
	State                stopState
	Outcome              string // the reason of the last decision
	Proposer, Proposed   string // who proposed the release: id, name
	Decider, DeciderName string
	Decided              int64
	Version              int64
	Things               int64 // items that it hides
}

// Thing is what a stop is about, as forms and the record name it.
func (s *stop) Thing() string {
	if s.Person != "" {
		return "person:" + s.Person
	}
	return "item:" + strconv.FormatInt(s.Item, 10)
}

// parseThing reads "item:12" or "person:PABC". Exactly one of the two is given
// back.
func parseThing(s string) (item int64, person string, err error) {
	kind, id, _ := strings.Cut(s, ":")
	switch {
	case kind == "item":
		if item, err = strconv.ParseInt(id, 10, 64); err == nil && item > 0 {
			return item, "", nil
		}
	case kind == "person" && len(id) > 1 && len(id) <= 32 && id[0] == 'P':
		return 0, id, nil
	}
	return 0, "", fmt.Errorf("read what is to be stopped: %w", reeve.Invalid)
}

// stopMove is what a lead does with a stop.
type stopMove string

const (
	moveTake    stopMove = "take"    // I see to it
	moveKeep    stopMove = "keep"    // it stays set aside
	moveRelease stopMove = "release" // it comes back, or is proposed to
	moveRefuse  stopMove = "refuse"  // the proposed release is refused
)

// next is the rule of who may move a stop and where it goes. user is who moves
// it. What was hidden because its reader knows somebody is not given back by
// that reader.
func (s *stop) next(m stopMove, user string) (stopState, error) {
	cause, _ := causeOf(s.Why)
	switch {
	case s.State == stopReleased:
		return "", reeve.WithHint(fmt.Errorf("move stop: %w", reeve.Conflict), "It is released already.")
	case s.Hidden != "" && s.Hidden == user:
		return "", reeve.WithHint(fmt.Errorf("move stop: %w", reeve.Denied), "You said that you know somebody in it, so somebody else decides.")
	case m == moveTake:
		return s.State, nil
	case m == moveKeep:
		return stopKept, nil
	case m == moveRefuse && s.State == stopProposed:
		return stopKept, nil
	case m == moveRelease && !cause.Two:
		return stopReleased, nil
	case m == moveRelease && s.State != stopProposed:
		return stopProposed, nil
	case m == moveRelease && s.Proposer == user:
		return "", reeve.WithHint(fmt.Errorf("move stop: %w", reeve.Denied), "You proposed the release, so somebody else must agree to it.")
	case m == moveRelease:
		return stopReleased, nil
	}
	return "", reeve.WithHint(fmt.Errorf("move stop: %w", reeve.Invalid), "Nothing was proposed that could be refused.")
}
