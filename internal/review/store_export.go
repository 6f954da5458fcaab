package review

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/lex"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/sweep"
)

// exportColumns are those of the contract's list of people, then what people
// added to it.
var exportColumns = []string{"person", "register", "register_id", "name", "date_of_birth", "uprn", "address", "postcode", "household", "tier", "probability",
	"capacity", "role", "deceased", "severity", "band", "lane", "priority", "signals", "categories", "kinds", "data_from", "data_to", "items", "incomplete",
	"exhibit", "first_item", "controller", "safe_contact", "sealed", "safe_contact_basis", "verdict", "taken"}

var exportHomeColumns = []string{"household", "uprn", "address", "postcode", "people", "band", "items", "controller"}

// printer prints rows of a version for one reader: masked unless show, and
// without what belongs to a council that is not theirs.
type printer struct {
	scope  sweep.Scope
	show   bool
	hidden map[[2]string]string // items that hold somebody sealed, with what is printed instead
	n      int64                // rows printed so far
}

// newPrinter finds out which paths must not be seen.
func newPrinter(tx *db.Tx, s sweep.Scope, show bool) (*printer, error) {
	p := &printer{scope: s, show: show, hidden: make(map[[2]string]string)}
	return p, tx.Each(func(row db.Row) error {
		var at [2]string
		var n int64
		err := row.Scan(&at[0], &at[1], &n)
		p.hidden[at] = fmt.Sprintf("«hidden-%d»", n)
		return err
	}, "SELECT i.exhibit, i.path, h.n FROM case_hidden h JOIN case_items i ON i.id = h.item")
}

func (p *printer) mask(s reeve.Sensitive) string {
	if p.show {
		return s.Reveal()
	}
	return lex.Mask(s.Kind(), s.Reveal())
}

func (p *printer) hide(s string) string {
	if p.show || s == "" {
		return s
	}
	return lex.Hidden
}

// cells is a row of exportColumns. Priority is numbered over the rows printed. Of
// somebody whose data another council holds too, where it was first found and
// the ids of that council's registers are left out.
func (p *printer) cells(r *listRow) ([]string, error) {
	p.n++
	own := ownCouncils(r.Controller, p.scope)
	shared := len(own) < len(split[string](r.Controller))
	registers, ids, err := p.registers(r, shared)
	first := r.First.Reveal()
	if hidden, ok := p.hidden[[2]string{r.Exhibit, first}]; ok {
		first = hidden
	}
	first = p.hide(first)
	if shared {
		first = lex.Hidden
	}
	return []string{r.Person, registers, ids, p.mask(r.Name), p.mask(r.Born), p.mask(r.UPRN), p.hide(r.Address.Reveal()), p.mask(r.Postcode), r.Household, r.Tier,
		fmt.Sprintf("%d.%04d", r.Posterior/1_000_000, r.Posterior%1_000_000/100), r.Capacity, r.Role, r.Deceased, hundredths(r.Severity), r.Band, r.Lane,
		strconv.FormatInt(p.n, 10), r.Signals, r.Categories, r.Kinds, dateWords(r.From), dateWords(r.To), strconv.FormatInt(r.Items, 10),
		strconv.FormatInt(r.Incomplete, 10), r.Exhibit, first, joined(own), r.Contact, "N", r.Basis, r.Verdict, r.Taken}, err
}

// dateWords prints a date of the case, "" for none.
func dateWords(n int64) string { return reeve.DateNumber(int(n)).String() }

// registers prints the register pairs in step.
func (p *printer) registers(r *listRow, shared bool) (registers, ids string, err error) {
	var pairs [][2]string
	if err := json.Unmarshal([]byte(r.Registers.Reveal()), &pairs); err != nil {
		return "", "", fmt.Errorf("read registers of a row: %w", reeve.Invalid)
	}
	var a, b []string
	for _, pair := range pairs {
		id := p.hide(pair[1])
		if shared && !slices.ContainsFunc(p.scope.Councils, func(c string) bool { return strings.HasSuffix(pair[0], "-"+c) }) {
			id = lex.Hidden
		}
		a, b = append(a, pair[0]), append(b, id)
	}
	return strings.Join(a, ";"), strings.Join(b, ";"), nil
}

// exportHome is a household as an export prints it.
type exportHome struct {
	id, uprn, address, postcode, band, controller string
	items                                         int64
	people                                        []string
	shares                                        int // of how many councils it is put together
}

// homeCells is a row of exportHomeColumns.
func (p *printer) homeCells(h *exportHome) []string {
	return []string{h.id, p.mask(reeve.Private(reeve.KindUPRN, h.uprn)), p.hide(h.address), p.mask(reeve.Private(reeve.KindPostcode, h.postcode)),
		joined(h.people), h.band, strconv.FormatInt(h.items, 10), h.controller}
}

// exportHomes gives the households of a version in the order of the contract:
// the highest band first, then by id. Where somebody was sealed since, or several
// councils of the reader's meet, a household is reckoned from the people who may
// be seen.
func exportHomes(tx *db.Tx, version int64, s sweep.Scope) ([]*exportHome, error) {
	councils := s.Councils
	if councils == nil {
		councils = []string{""}
	}
	if len(councils) == 0 {
		return nil, nil
	}
	at := make(map[string]*exportHome)
	var homes []*exportHome
	err := tx.Each(func(row db.Row) error {
		var h exportHome
		err := row.Scan(&h.id, &h.uprn, &h.address, &h.postcode, &h.band, &h.items, &h.controller)
		if was := at[h.id]; was != nil {
			was.shares++
			return err
		}
		h.shares = 1
		at[h.id] = &h
		homes = append(homes, &h)
		return err
	}, "SELECT household, uprn, address, postcode, band, items, controller FROM list_home WHERE list = ? AND council IN ("+marks(len(councils))+") ORDER BY household, council",
		append([]any{version}, arguments(councils)...)...)
	if err != nil {
		return nil, err
	}
	touched, err := seatPeople(tx, version, s, at)
	if err != nil {
		return nil, err
	}
	open := homes[:0]
	for _, h := range homes {
		if touched[h.id] || h.shares > 1 {
			if err := h.reckon(tx, version, s); err != nil {
				return nil, err
			}
		}
		if h.items > 0 {
			open = append(open, h)
		}
	}
	slices.SortFunc(open, func(a, b *exportHome) int {
		return cmp.Or(slices.Index(reeve.Bands, reeve.Band(b.band))-slices.Index(reeve.Bands, reeve.Band(a.band)), cmp.Compare(a.id, b.id))
	})
	return open, nil
}

// seatPeople puts those who may be seen into their households, and tells in
// which somebody was sealed since.
func seatPeople(tx *db.Tx, version int64, s sweep.Scope, at map[string]*exportHome) (touched map[string]bool, err error) {
	condition, args := rowScope(s)
	err = tx.Each(func(row db.Row) error {
		var home, person string
		err := row.Scan(&home, &person)
		if h := at[home]; h != nil {
			h.people = append(h.people, person)
		}
		return err
	}, "SELECT r.household, p.person FROM list_resident r JOIN list_person p ON p.list = r.list AND p.n = r.n WHERE r.list = ? AND "+condition,
		append([]any{version}, args...)...)
	if err != nil {
		return nil, err
	}
	touched = make(map[string]bool)
	return touched, tx.Each(func(row db.Row) error {
		var home string
		err := row.Scan(&home)
		touched[home] = true
		return err
	}, `SELECT r.household FROM case_sealed_ids x CROSS JOIN list_person p JOIN list_resident r ON r.list = p.list AND r.n = p.n WHERE p.list = ? AND p.person = x.id`, version)
}

// reckon makes band, count and controllers those of the people who may be seen.
func (h *exportHome) reckon(tx *db.Tx, version int64, s sweep.Scope) error {
	all := share{band: string(reeve.BandLow), documents: make(map[int64]bool)}
	var councils []string
	for _, person := range h.people {
		var band, controller string
		if err := tx.One([]any{&band, &controller}, "SELECT band, controller FROM list_person WHERE list = ? AND person = ?", version, person); err != nil {
			return err
		}
		documents, err := db.All(tx, func(row db.Row) (d int64, err error) { return d, row.Scan(&d) }, "SELECT DISTINCT document FROM case_links WHERE person = ?", person)
		if err != nil {
			return err
		}
		all.add(band, documents...)
		councils = append(councils, ownCouncils(controller, s)...)
	}
	h.band, h.items, h.controller = all.band, int64(len(all.documents)), joined(councils)
	return nil
}

// checkpointOf is the newest signed head of the record, as pages print it.
func checkpointOf(tx *db.Tx) (string, error) {
	c, err := record.Newest(tx)
	if errors.Is(err, reeve.NotFound) {
		return "The record has no signed head yet.", nil
	}
	return strings.TrimSpace(c.Footer()), err
}

// paperCells is a row of the list as a printed table has it.
func (p *printer) paperCells(r *listRow) []string {
	p.n++
	signals := each(split[reeve.Signal](r.Signals), signalWords)
	kinds := each(split[reeve.Kind](r.Kinds), kindWords)
	return []string{strconv.FormatInt(p.n, 10), r.Person, p.mask(r.Name), p.mask(r.Born), p.mask(r.Postcode), laneWords(reeve.Lane(r.Lane)),
		enumerate(signals, enough), enumerate(kinds, enough), r.Contact, verdictPhrase(r.Verdict)}
}

var paperColumns = []string{"No", "Person", "Name", "Born", "Postcode", "Lane", "Circumstances", "Data", "Contact", "Judged"}
