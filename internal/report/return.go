package report

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/reeve-council/reeve/internal/incident"
)

// States of a version of a return.
const (
	draft    = "draft"
	approved = "approved"
	sent     = "sent"
)

// signers is how many different people sign a return before it is sent.
const signers = 2

// reportable is how long after it became aware a council has to report: 72
// hours by the clock, over weekends and holidays (UK GDPR, Article 33(1)).
const reportable = 72 * 3600

// Filing is one return: a form, for whom, and the version that is looked at.
type Filing struct {
	Return int64  `json:"return"`
	Kind   string `json:"kind"`
	incident.Mark
	ID          int64    `json:"id"` // of the version
	Number      int64    `json:"number"`
	Follow      bool     `json:"follow_up"`
	State       string   `json:"state"`
	Answers     answers  `json:"answers"`
	Figures     *figures `json:"figures"`
	List        int64    `json:"list"`
	Aware       int64    `json:"aware"`
	Edit        int64    `json:"edit"`
	CreatedName string   `json:"created_name"`
	CreatedAt   int64    `json:"created_at"`
	ChangedBy   string   `json:"changed_by"`
	ChangedName string   `json:"changed_name"`
	ChangedAt   int64    `json:"changed_at"`
	SentAt      int64    `json:"sent_at"`
	SentName    string   `json:"sent_name"`
	SentHow     string   `json:"sent_how"`
	Reference   string   `json:"reference"`
	Digest      string   `json:"digest"`
	Signed      []sign   `json:"signed"`
	Facts       []int64  `json:"facts"`
}

// sign is one signature under a version.
type sign struct {
	User   string `json:"user"`
	Name   string `json:"name"`
	At     int64  `json:"at"`
	Digest string `json:"digest"`
}

// form is the form that the return fills in.
func (f Filing) form() form { x, _ := formOf(f.Kind); return x }

// Title names the return and its version.
func (f Filing) Title() string {
	name := f.form().To
	if f.Council != "" {
		name += ", for " + f.Council
	}
	return fmt.Sprintf("%s, version %d", name, f.Number)
}

// Path is the version's page.
func (f Filing) Path() string { return fmt.Sprintf("/reports/%s/%d", f.Kind, f.ID) }

// Sort says whether it is the first report or follows one up.
func (f Filing) Sort() string {
	switch {
	case !f.form().Phased:
		return "Report"
	case f.Follow:
		return "Follow-up report"
	}
	return "Initial report"
}

// StateWords and Colour show the state.
func (f Filing) StateWords() string {
	switch f.State {
	case sent:
		return "Sent"
	case approved:
		return "Approved, not sent"
	}
	if n := len(f.Signed); n > 0 {
		return fmt.Sprintf("Draft, signed by %d of %d", n, signers)
	}
	return "Draft"
}

func (f Filing) Colour() string {
	switch f.State {
	case sent:
		return "green"
	case approved:
		return "blue"
	}
	return "yellow"
}

func (f Filing) Draft() bool    { return f.State == draft }
func (f Filing) Approved() bool { return f.State == approved }
func (f Filing) Sent() bool     { return f.State == sent }

// object is the version as facts are told that it cites them.
func (f Filing) object() incident.Object {
	return incident.Object{Kind: "return", ID: fmt.Sprint(f.ID), Title: f.Title(), Path: f.Path()}
}

// hours is how many whole hours after awareness the version was sent, or it is
// now; -1 where nobody has decided when the council became aware, or no clock
// runs for the return.
func (f Filing) hours(now int64) int64 {
	if f.Aware == 0 || !f.form().Clock {
		return -1
	}
	return (cmp.Or(f.SentAt, now) - f.Aware) / 3600
}

// late reports whether an initial report goes out more than 72 hours after the
// council became aware.
func (f Filing) late(at int64) bool {
	return f.form().Clock && !f.Follow && f.Aware > 0 && at-f.Aware > reportable
}

// sum is the digest of everything that a signature is for.
func (f Filing) sum() string {
	h := sha256.New()
	fmt.Fprintln(h, f.Kind, f.Council, f.Number, f.Follow, f.Aware, f.List)
	for _, p := range f.form().Parts {
		for _, q := range p.Questions {
			fmt.Fprintf(h, "%s %q\n", q.Key, f.Answers[q.Key])
		}
	}
	fmt.Fprintln(h, packed(f.Figures), f.Facts)
	return hex.EncodeToString(h.Sum(nil))
}

// faults says what stands in the way of approving the version at a moment.
func (f Filing) faults(at int64) []string {
	var all []string
	if labels := f.form().missing(f.Follow, f.Answers); labels != nil {
		all = append(all, "Not answered: "+strings.Join(labels, "; ")+".")
	}
	if f.form().Clock && f.Aware == 0 {
		all = append(all, "Nobody has decided when the council became aware: decide it under statutory clocks.")
	}
	if f.late(at) && strings.TrimSpace(f.Answers["delay"]) == "" {
		all = append(all, "More than 72 hours have gone since the council became aware: say why the report is late.")
	}
	return all
}

// signedBy reports whether somebody has signed the version.
func (f Filing) signedBy(user string) bool {
	for _, s := range f.Signed {
		if s.User == user {
			return true
		}
	}
	return false
}
