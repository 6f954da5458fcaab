package notice

import (
	"fmt"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

// occupier is to whom a letter to every home is addressed.
const occupier = "The occupier"

// homesPage is how many addresses are ruled on at once.
const homesPage = 1000

// homeFreezer writes the messages of a letter to every home.
type homeFreezer struct {
	tx    *db.Tx
	r     *run
	uprns map[string]bool // that are in the run
	code  string          // the postcode in hand
	alike map[string]bool // addresses of it, folded, that are in the run
	out   int64           // lines of what was left out
}

// freezeHomes fills a run with every home of the gazetteers, each once. Nobody is
// looked up: what leaves says nothing about anybody, so that safe contact has no
// say in it. An address to which nothing is to be posted is left out.
func freezeHomes(tx *db.Tx, r *run) error {
	f := &homeFreezer{tx: tx, r: r, uprns: make(map[string]bool)}
	counts, err := countHomes(tx, r.Council)
	if err != nil {
		return err
	}
	var omitted []homeOut
	for _, c := range counts {
		if c.Reason != "" {
			omitted = append(omitted, homeOut{reason: c.Reason, n: c.N})
		}
	}
	if err := f.leaveOut(omitted); err != nil {
		return err
	}
	var after home
	for {
		page, err := readHomes(tx, r.Council, after, homesPage)
		if err != nil || len(page) == 0 {
			return err
		}
		after = page[len(page)-1]
		if err := f.take(page); err != nil {
			return err
		}
	}
}

func (f *homeFreezer) leaveOut(all []homeOut) error {
	err := loadHomesOut(f.tx, f.r.ID, f.out, all)
	f.out += int64(len(all))
	return err
}

// take rules on a page of homes and keeps them.
func (f *homeFreezer) take(page []home) error {
	var places []string
	for i := range page {
		places = append(places, placesOf(page[i].lines, page[i].postcode)...)
	}
	bad, err := suppressedPlaces(f.tx, places)
	if err != nil {
		return err
	}
	var all []frozenMessage
	var out []homeOut
	for i := range page {
		m := f.r.homeMessage(&page[i])
		if reason := f.leavesOut(&page[i], &m, bad); reason != "" {
			out = append(out, homeOut{page[i].uprn, reason, 1})
			continue
		}
		f.r.People++
		m.N = f.r.People
		all = append(all, m)
	}
	if err := f.r.holdAll(all); err != nil {
		return err
	}
	if err := loadMessages(f.tx, all); err != nil {
		return err
	}
	return f.leaveOut(out)
}

// leavesOut tells why a home is not in the run; "" if it is, and then it is known
// from here on.
func (f *homeFreezer) leavesOut(h *home, m *frozenMessage, bad map[string]int64) Reason {
	if h.postcode != f.code {
		f.code, f.alike = h.postcode, make(map[string]bool)
	}
	if f.uprns[h.uprn] || f.alike[m.Place] {
		return Duplicate
	}
	if fault := checkAddress(h.block()); fault != "" {
		return Reason(fault)
	}
	for _, p := range placesOf(h.lines, h.postcode) {
		if bad[p] != 0 {
			return Suppressed
		}
	}
	f.uprns[h.uprn], f.alike[m.Place] = true, true
	return ""
}

// source says from where the messages of a run come.
func (r *run) source() string {
	if !r.Kind.named() {
		return "to every home of the gazetteer"
	}
	return fmt.Sprintf("from list version %d", r.List)
}

// homeMessage makes the message to a home: an address and a reference, and
// nothing else.
func (r *run) homeMessage(h *home) frozenMessage {
	return frozenMessage{Run: r.ID, State: msgFrozen, Place: placesOf(h.lines, h.postcode)[0],
		Recipient: Recipient{Reference: newReference(), Lines: private(h.block()), Council: h.council}}
}

// holdAll is hold for many.
func (r *run) holdAll(all []frozenMessage) error {
	for i := range all {
		if err := r.hold(&all[i]); err != nil {
			return err
		}
	}
	return nil
}

// hold refuses a message that the kind of the run must not have. A letter to
// every home is to no person, has no name, and knows nothing that was found: a
// mix-up could not put it there. Every other message is to a person on the list.
// It is asked when messages are frozen, when they are checked, and as they leave.
func (r *run) hold(m *frozenMessage) error {
	switch {
	case m.test(): // to the council itself
		return nil
	case r.Kind.named() && m.Recipient.Person == "":
		return Misplaced.about("a message to nobody in run %d", r.ID)
	case !r.Kind.named() && (r.Way != Post || m.Decided != 0 || !m.Recipient.bare()):
		return Misplaced.about("a message to somebody in run %d, which goes to every home", r.ID)
	}
	return nil
}

// bare tells whether nothing is known of a recipient but where they live.
func (c *Recipient) bare() bool {
	return c.Person == "" && c.Name.Empty() && c.About.Empty() && c.Email.Empty() && c.Phone.Empty() && c.Worker.Empty() &&
		len(c.Kinds) == 0 && len(c.Services) == 0 && c.From == (reeve.Date{}) && c.To == (reeve.Date{}) && c.Items == 0 && c.Incomplete == 0 &&
		c.Band == "" && c.Tier == "" && !c.Confirmed && c.Held == "" && c.Language == "" && (c.Format == "" || c.Format == Standard)
}

// askHome rules on a letter to a home as it leaves: nobody is asked about,
// because it is about nobody; whether post may go there is.
func askHome(tx *db.Tx, r *run, m *frozenMessage) (Reason, error) {
	if r.hold(m) != nil {
		return Reason(Misplaced), nil
	}
	bad, err := suppressedHome(tx, m)
	if bad {
		return Suppressed, err
	}
	return "", err
}
