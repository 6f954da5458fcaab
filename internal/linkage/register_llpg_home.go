package linkage

import (
	"slices"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/uk"
)

// Gazetteer is a RowMapper that also tells, once it has seen every row, at which
// addresses somebody lives.
type Gazetteer interface {
	RowMapper
	// Homes gives every current, approved, residential address to which post is
	// delivered, once per UPRN and in the order of the UPRNs; and how many of the
	// others were left out, by reason.
	Homes() ([]Home, []Omission)
}

// Home is an address at which, as a gazetteer has it, somebody lives. It names
// nobody.
type Home struct {
	UPRN     string   // without leading zeros
	Lines    []string // as on an envelope, without name and postcode
	Postcode string   // in capitals with one space
	Class    string   // of BS 7666, such as RD02
	Council  string
}

// Omission is how many addresses of a gazetteer are no homes to write to, for one
// reason. Every UPRN is counted once, under the first reason that applies.
type Omission struct {
	Reason string
	N      int64
}

// The reasons, in the order in which they are looked for.
const (
	OmitHistoric     = "historic"     // the unit or its last wording has ended
	OmitProvisional  = "provisional"  // not approved yet
	OmitRejected     = "rejected"     // refused as an address
	OmitUnclassified = "unclassified" // the gazetteer does not say what it is
	OmitCommercial   = "commercial"
	OmitNotHome      = "not-a-home" // a garage, a plot of land, the shell of a building
	OmitNotBuilt     = "not-in-use" // being built, planned or demolished
	OmitNotPostal    = "not-postal" // no post is delivered there
	OmitNoAddress    = "no-lines"   // nothing that could stand on an envelope
	OmitNoPostcode   = "no-postcode"
	OmitDuplicate    = "duplicate" // a second approved wording of an address that is taken
)

// omissions in the order in which they are told.
var omissions = []string{OmitHistoric, OmitProvisional, OmitRejected, OmitUnclassified, OmitCommercial, OmitNotHome, OmitNotBuilt, OmitNotPostal, OmitNoAddress,
	OmitNoPostcode, OmitDuplicate}

// Logical status of BS 7666: of a unit (BLPU) and of the wording of its address
// (LPI).
const (
	statusApproved    = "1"
	statusAlternative = "3" // another wording of an approved address
	statusCandidate   = "5"
	statusProvisional = "6"
	statusRejected    = "7"
	statusHistoric    = "8"
	statusRefused     = "9" // rejected by the authority itself
)

// notBuilt are the states of a unit in which nobody lives: under construction,
// gone, planned. One that stands empty (3) is written to: gazetteers learn late
// that somebody moved in.
var notBuilt = map[string]bool{"1": true, "4": true, "6": true}

// notDwelling are residential classes at which nobody lives: ancillary
// buildings, car parking and garages.
var notDwelling = []string{"RB", "RC", "RG"}

// unit is what a gazetteer says of one UPRN: what stands there.
type unit struct {
	status, state, class string
	ended                bool
}

// wording is one way in which a UPRN's address is written.
type wording struct {
	status, language, key string
	ended, postal         bool
	lines                 []string
	postcode              string
}

// current tells whether the wording is the approved one of today.
func (w *wording) current() bool { return w.status == statusApproved && !w.ended }

// before tells which of two wordings stands for the address: the current one,
// the English one, the one that still says most of what will be, in this order;
// the key settles the rest, so that the order of rows does not matter.
func (w *wording) before(v *wording) bool {
	if w.current() != v.current() {
		return w.current()
	}
	if english := w.language == "ENG"; english != (v.language == "ENG") {
		return english
	}
	if a, b := statusRank(w), statusRank(v); a != b {
		return a < b
	}
	return w.key < v.key
}

// statusRank orders what a wording may be, the most promising first.
func statusRank(w *wording) int {
	promising := []string{statusApproved, statusProvisional, statusCandidate, statusAlternative}
	if i := slices.Index(promising, w.status); i >= 0 {
		return i
	}
	return len(promising)
}

// homeSieve gathers the units and wordings of one gazetteer.
type homeSieve struct {
	council  string
	units    map[string]unit
	wordings map[string]wording // the one that stands for each UPRN
	surplus  int64              // further current wordings
}

func newHomeSieve(council string) *homeSieve {
	return &homeSieve{council: council, units: make(map[string]unit), wordings: make(map[string]wording)}
}

// stand takes what stands at a UPRN. Texts are copied: cells hold on to the rows
// around them.
func (s *homeSieve) stand(uprn string, u unit) {
	s.units[strings.Clone(uprn)] = unit{strings.Clone(u.status), strings.Clone(u.state), strings.ToUpper(strings.Clone(u.class)), u.ended}
}

// word takes a wording of an address.
func (s *homeSieve) word(uprn string, w wording) {
	old, known := s.wordings[uprn]
	if known && old.current() && w.current() && old.language == w.language {
		s.surplus++
	}
	if known && !w.before(&old) {
		return
	}
	w.status, w.language, w.key = strings.Clone(w.status), strings.Clone(w.language), strings.Clone(w.key)
	for i := range w.lines {
		w.lines[i] = strings.Clone(w.lines[i])
	}
	s.wordings[strings.Clone(uprn)] = w
}

// homes is Gazetteer's Homes.
func (s *homeSieve) homes() (all []Home, out []Omission) {
	counts := make(map[string]int64)
	for uprn := range s.units {
		if _, ok := s.wordings[uprn]; !ok {
			counts[OmitNoAddress]++
		}
	}
	for uprn, w := range s.wordings {
		u := s.units[uprn]
		reason := omits(u, &w)
		if reason == "" && !uk.ValidUPRN(uprn) {
			reason = OmitNoAddress
		}
		if reason != "" {
			counts[reason]++
			continue
		}
		all = append(all, Home{UPRN: uprn, Lines: w.lines, Postcode: w.postcode, Class: u.class, Council: s.council})
	}
	counts[OmitDuplicate] += s.surplus
	slices.SortFunc(all, func(a, b Home) int { return strings.Compare(a.UPRN, b.UPRN) })
	for _, r := range omissions {
		if n := counts[r]; n > 0 {
			out = append(out, Omission{r, n})
		}
	}
	return all, out
}

// omits tells why an address is no home to write to; "" if it is one.
func omits(u unit, w *wording) string {
	for _, r := range []string{omitsStatus(u.status, u.ended), omitsStatus(w.status, w.ended), omitsClass(u.class)} {
		if r != "" {
			return r
		}
	}
	switch {
	case notBuilt[u.state]:
		return OmitNotBuilt
	case !w.postal:
		return OmitNotPostal
	case len(w.lines) == 0:
		return OmitNoAddress
	case w.postcode == "":
		return OmitNoPostcode
	}
	return ""
}

// omitsStatus takes approved alone. A status that is not given says nothing: the
// unit without one has its wording's.
func omitsStatus(status string, ended bool) string {
	switch {
	case ended || status == statusHistoric:
		return OmitHistoric
	case status == statusApproved || status == "":
		return ""
	case status == statusRejected || status == statusRefused:
		return OmitRejected
	}
	return OmitProvisional
}

// omitsClass takes dwellings, houses in multiple occupation and institutions
// where people live (R…), and buildings in which people live and work (X).
func omitsClass(class string) string {
	switch {
	case class == "" || class[0] == 'U':
		return OmitUnclassified
	case class[0] == 'C':
		return OmitCommercial
	case class[0] == 'X':
		return ""
	case class[0] != 'R' || len(class) > 1 && slices.Contains(notDwelling, class[:2]):
		return OmitNotHome
	}
	return ""
}

// unit takes record 21. A row that takes a unit away (change type D) leaves
// nothing of it.
func (m *dtfMapper) unit(field func(int) string) {
	uprn := strings.TrimLeft(field(3), "0")
	if uprn == "" {
		return
	}
	if field(1) == "D" {
		delete(m.sieve.units, uprn)
		return
	}
	m.sieve.stand(uprn, unit{status: field(4), state: field(5), class: field(7), ended: field(14) != ""})
}

// wording takes record 24 of which rec was made.
func (m *dtfMapper) wording(field func(int) string, rec *reeve.Record) {
	if field(1) == "D" {
		return
	}
	street := m.streets[field(21)]
	w := wording{status: field(6), language: field(5), key: field(4), ended: field(8) != "", postal: field(23) != "N"}
	w.lines = envelope(dtfRange(field, 11, field(15)), field(20), strings.TrimSpace(dtfRange(field, 16, "")+" "+street.name), street.locality, rec.Town)
	w.postcode, _ = uk.NormPostcode(rec.Postcode)
	m.sieve.word(rec.UPRN, w)
}

// envelope are the parts of an address as lines, without what is empty or said
// twice running.
func envelope(parts ...string) (lines []string) {
	for _, p := range parts {
		p = strings.Join(strings.Fields(p), " ")
		if p != "" && (len(lines) == 0 || !strings.EqualFold(lines[len(lines)-1], p)) {
			lines = append(lines, p)
		}
	}
	return lines
}
