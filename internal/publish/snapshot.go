package publish

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // a clean laptop may have no time zones

	"github.com/reeve-council/reeve/internal/db"
)

// Fact is a fact that was released to the public, with the names that bodies
// have on its date.
type Fact struct {
	ID       int64  `json:"id"`
	Version  int64  `json:"version"` // the number by which it is cited
	Topic    string `json:"topic"`
	Claim    string `json:"claim"`
	AsOf     int64  `json:"as_of"`    // UTC seconds
	Unknown  bool   `json:"unknown"`  // it says what we do not know
	Disputed bool   `json:"disputed"` // another fact that stands says something else
}

// Sentence is the fact with its date, as texts print it. Where statements
// contradict each other it says so, rather than choose.
func (f Fact) Sentence() string {
	s := strings.TrimSuffix(f.Claim, ".") + " (as of " + day(f.AsOf) + ")."
	if f.Disputed {
		s += " Other statements differ. We are checking which is right."
	}
	return s
}

// Scam is a scam that was seen here, as it may be shown.
type Scam struct {
	Title string `json:"title"`
	Text  string `json:"text"`
	At    int64  `json:"at"` // last seen, UTC seconds
}

// Snapshot is all that the site is made of, at a moment.
type Snapshot struct {
	Council Council         `json:"council"`
	Texts   map[string]Text `json:"texts"` // what is shown, by slug
	Figures *Figures        `json:"figures"`
	Facts   []Fact          `json:"facts"`
	Scams   []Scam          `json:"scams"`
	Changes []Text          `json:"changes"` // the newest first, without bodies
}

// mostChanges is how long the public change log is.
const mostChanges = 500

// snapshot reads what the site shows at a moment.
func (m *Room) snapshot(tx *db.Tx, now int64) (s Snapshot, err error) {
	all, err := released(tx)
	if err != nil {
		return s, err
	}
	s.Texts = shown(all, now)
	if s.Council, err = readCouncil(s.Texts[slugCouncil].Body); err != nil {
		return s, err
	}
	if t, there := s.Texts[slugFigures]; there {
		f, err := readFigures(t.Body)
		if err != nil {
			return s, err
		}
		s.Figures = &f
	}
	if m.Facts != nil {
		if s.Facts, err = m.Facts(tx); err != nil {
			return s, err
		}
	}
	if m.Scams != nil {
		if s.Scams, err = m.Scams(tx); err != nil {
			return s, err
		}
	}
	s.Changes, err = changes(tx, now, mostChanges)
	return s, err
}

// Open reports whether the site has what it cannot be without: who speaks, how
// they are reached, and the first page.
func (s Snapshot) Open() bool {
	_, home := s.Texts["home"]
	_, contact := s.Texts["contact"]
	return s.Council.Name != "" && s.Council.Phone != "" && home && contact
}

// stamp is the same for the same content, and for no other.
func (s Snapshot) stamp() string {
	b, err := json.Marshal(s)
	if err != nil {
		panic(err) // strings, numbers and maps of them alone
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:8])
}

// updates are the news, the newest first.
func (s Snapshot) updates() []Text {
	var all []Text
	for _, t := range s.Texts {
		if t.Kind == KindUpdate {
			all = append(all, t)
		}
	}
	slices.SortFunc(all, func(a, b Text) int { return int(updateNumber(b.Slug) - updateNumber(a.Slug)) })
	return all
}

// facts are the facts by id.
func (s Snapshot) facts() map[int64]Fact {
	all := make(map[int64]Fact, len(s.Facts))
	for _, f := range s.Facts {
		all[f.ID] = f
	}
	return all
}

// london is the time that people here read.
var london = func() *time.Location {
	l, err := time.LoadLocation("Europe/London")
	if err != nil {
		panic(err) // tzdata is part of the program
	}
	return l
}()

// day is UTC seconds as a date, "24 November 2025"; "" for 0.
func day(unix int64) string {
	if unix == 0 {
		return ""
	}
	return time.Unix(unix, 0).In(london).Format("2 January 2006")
}

// moment is UTC seconds as the public reads a time: "24 November 2025, 5:30pm".
func moment(unix int64) string {
	if unix == 0 {
		return ""
	}
	return time.Unix(unix, 0).In(london).Format("2 January 2006, 3:04pm")
}
