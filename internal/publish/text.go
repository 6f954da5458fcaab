package publish

import "strings"

// Kind is what a text is on the site.
type Kind string

// The kinds. Pages are those of the table; updates are dated news; the others
// are there once each.
const (
	KindPage    Kind = "page"
	KindUpdate  Kind = "update"
	KindStatus  Kind = "status"  // where the incident stands, in a sentence: home page and banner
	KindCouncil Kind = "council" // who we are and how we are reached
	KindFigures Kind = "figures" // what was taken, as a dated funnel
)

// State is where a version of a text stands.
type State string

// The states.
const (
	Draft     State = "draft"    // waits for a second person
	Released  State = "released" // shown from Text.From on
	Refused   State = "refused"
	Withdrawn State = "withdrawn" // was released, and taken off the site
)

// Text is one version of one text.
type Text struct {
	ID         int64  `json:"id"`
	Slug       string `json:"slug"`
	Kind       Kind   `json:"kind"`
	Version    int64  `json:"version"`
	Title      string `json:"title"`
	Body       string `json:"body"`
	Note       string `json:"note"`
	State      State  `json:"state"`
	ShowAt     int64  `json:"show_at"`
	MadeBy     string `json:"made_by"`
	MadeName   string `json:"made_name"`
	MadeAt     int64  `json:"made_at"`
	SecondBy   string `json:"second_by"`
	SecondName string `json:"second_name"`
	SecondAt   int64  `json:"second_at"`
	EndedBy    string `json:"ended_by"`
	EndedName  string `json:"ended_name"`
	EndedAt    int64  `json:"ended_at"`
	Why        string `json:"why"`
}

// From is when a released version is shown first, UTC seconds.
func (t Text) From() int64 { return max(t.ShowAt, t.SecondAt) }

// Due reports whether a version is released and its time has come.
func (t Text) Due(now int64) bool { return t.State == Released && t.From() <= now }

// Path is where a text is shown.
func (t Text) Path() string {
	switch t.Kind {
	case KindUpdate:
		return "/updates/" + strings.TrimPrefix(t.Slug, updatePrefix)
	case KindCouncil:
		return "/contact"
	case KindFigures:
		return "/what-was-taken"
	case KindStatus:
		return "/"
	}
	if p := pageOf(t.Slug); p != nil {
		return p.Path
	}
	return "/" + t.Slug
}

// The slugs of what is there once, and how those of updates begin.
const (
	slugCouncil  = "council"
	slugStatus   = "status"
	slugFigures  = "figures"
	updatePrefix = "update-"
)

// titleCouncil is what the desk calls the council's details. The page on which
// the public finds them is a text of its own.
const titleCouncil = "Who we are and how we are reached"

// kindOf is the kind that texts of a slug have; "" for a slug that is none.
func kindOf(slug string) Kind {
	switch {
	case slug == slugCouncil:
		return KindCouncil
	case slug == slugStatus:
		return KindStatus
	case slug == slugFigures:
		return KindFigures
	case pageOf(slug) != nil:
		return KindPage
	case updateNumber(slug) > 0:
		return KindUpdate
	}
	return ""
}

// shown picks from all released versions, in order of slug and version, the one
// of each slug that is shown at a moment: the newest whose time has come.
func shown(released []Text, now int64) map[string]Text {
	live := make(map[string]Text)
	for _, t := range released {
		if t.Due(now) && t.Version > live[t.Slug].Version {
			live[t.Slug] = t
		}
	}
	return live
}

// slugAt is the slug of the update at a path, "" for other paths.
func slugAt(path string) string {
	if n, ok := strings.CutPrefix(path, "/updates/"); ok {
		return updatePrefix + n
	}
	return ""
}
