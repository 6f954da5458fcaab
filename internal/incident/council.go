package incident

import (
	"slices"
	"strings"
	"time"
)

// Profile is how a council in the incident is reached and what holds for it.
type Profile struct {
	Kept
	Nation  int64  `json:"nation"`
	Mails   string `json:"mails"`
	Contact string `json:"contact"`
	Officer string `json:"officer"`
	ICO     string `json:"ico_number"`
	Why     string `json:"why"`
}

// Arrangement is what councils run together, and in which role each is there
// for the data: who must report, and who must tell whom, follows from it.
type Arrangement struct {
	Kept
	Title       string `json:"title"`
	Sort        string `json:"kind"`
	What        string `json:"what"`
	Host        string `json:"host"`
	Controllers string `json:"controllers"`
	Joint       string `json:"joint_controllers"`
	Processors  string `json:"processors"`
	Law         string `json:"agreement"`
	Contact     string `json:"contact"`
	State       string `json:"state"`
	Why         string `json:"why"`
}

// Clearance is a declaration of one council to others that something is safe.
// Others gate on it (the view clearance), so it has a basis, a signature and, as
// a rule, an end.
type Clearance struct {
	Kept
	Sort       string `json:"kind"`
	Thing      string `json:"thing"`
	Addressed  string `json:"addressed"`
	Basis      string `json:"basis"`
	Evidence   string `json:"evidence"`
	Until      int64  `json:"until"`
	SignedBy   string `json:"signed_by"`
	SignedName string `json:"signed_name"`
	SignedAt   int64  `json:"signed_at"`
	State      string `json:"state"`
	Why        string `json:"why"`
}

// Warning is what one council tells others so that they can protect themselves.
type Warning struct {
	Kept
	Title     string `json:"title"`
	Note      string `json:"note"`
	Ask       string `json:"ask"`
	Addressed string `json:"addressed"`
	Outside   string `json:"outside"`
	Way       string `json:"way"`
	Facts     string `json:"facts"`
	Sent      int64  `json:"sent"`
	State     string `json:"state"`
	Why       string `json:"why"`
}

// States of clearances and warnings.
const (
	stateDraft   = "draft"
	stateSigned  = "signed"
	stateRevoked = "revoked"
	stateSent    = "sent"
)

var councilParts = []choice{
	{Value: "lead", Text: "Leads the response"},
	{Value: "affected", Text: "Affected: its systems or data are concerned"},
	{Value: "shared", Text: "Shares systems, not known to be affected"},
	{Value: "unaffected", Text: "Not affected"},
}

var arrangementSorts = []choice{
	{Value: "system", Text: "Shared system or network"},
	{Value: "service", Text: "Shared service or staff"},
	{Value: "committee", Text: "Joint committee or company"},
	{Value: "contract", Text: "One works for the other under contract"},
	{Value: "strategy", Text: "Joint response: strategy, people, technology put together"},
}

var arrangementStates = []choice{
	{Value: stateStands, Text: "It is so"},
	{Value: "disputed", Text: "Roles are disputed or not known"},
	{Value: "ended", Text: "It has ended, the data is still there"},
}

var clearanceSorts = []choice{
	{Value: "reconnect", Text: "Safe to reconnect"},
	{Value: "mail", Text: "Mail from us is safe to open"},
	{Value: "data", Text: "Data from us is whole and current"},
	{Value: "remote", Text: "Remote access is safe"},
	{Value: "supplier", Text: "A supplier's system is safe"},
}

// Holds reports whether a clearance can be gated on at a moment.
func (c Clearance) Holds(now time.Time) bool {
	return c.State == stateSigned && (c.Until == 0 || now.Unix() < c.Until)
}

func (c Clearance) tag(now time.Time) cell {
	switch {
	case c.Holds(now):
		return tagged("holds", "green")
	case c.State == stateSigned:
		return tagged("expired", "red")
	case c.State == stateRevoked:
		return tagged("revoked", "red")
	}
	return tagged("not signed", "grey")
}

// to are the councils to which a clearance is addressed; "" is all.
func (c Clearance) to() []string {
	if all := linesOf(c.Addressed); len(all) > 0 {
		return all
	}
	return []string{""}
}

// rolesOf are the roles of a council in an arrangement, in words.
func (a Arrangement) rolesOf(council string) string {
	var all []string
	for _, x := range []struct{ codes, words string }{{a.Controllers, "controller"}, {a.Joint, "joint controller"}, {a.Processors, "processor"}, {a.Host, "runs it"}} {
		if slices.Contains(linesOf(x.codes), council) {
			all = append(all, x.words)
		}
	}
	return strings.Join(all, ", ")
}

// namesOf are the names of councils by lines of codes.
func namesOf(names map[string]string, codes string) string {
	return strings.Join(each(linesOf(codes), func(c string) string { return councilWords(names, c) }), ", ")
}
