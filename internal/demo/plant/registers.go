package plant

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/reeve-council/reeve"
)

// roll is one register file while it is made.
type roll struct {
	kind, file string
	header     []string // nil: the file has none
	rows       [][]string
	bad        int
	windows    bool // Windows-1252
}

func (r *roll) add(cells ...string) { r.rows = append(r.rows, cells) }

// registers are all the lists of the council: one function each.
var registers = []func(*town) *roll{
	crmRegister, staffRegister, electoralRegister, oldElectoralRegister, taxRegister, benefitsRegister,
	socialRegister, socialAddresses, housingMembers, housingTenancies, housingProperties, gazetteer,
}

// writeRegisters writes every list and notes how it names each person.
func (t *town) writeRegisters(dir string) ([]RegisterFile, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, fmt.Errorf("make register folder: %w", err)
	}
	var done []RegisterFile
	for _, make := range registers {
		r := make(t)
		if err := r.write(dir); err != nil {
			return nil, err
		}
		done = append(done, RegisterFile{Kind: r.kind, File: "registers/" + r.file, Rows: len(r.rows) - r.bad, BadRows: r.bad})
	}
	return done, nil
}

func (r *roll) write(dir string) error {
	var b strings.Builder
	w := csv.NewWriter(&b)
	w.UseCRLF = true
	if r.header != nil {
		if err := w.Write(r.header); err != nil {
			return fmt.Errorf("write register header: %w", err)
		}
	}
	if err := w.WriteAll(r.rows); err != nil {
		return fmt.Errorf("write register rows: %w", err)
	}
	text := []byte(b.String())
	if r.windows {
		text = windows1252(b.String())
	}
	if err := os.WriteFile(filepath.Join(dir, r.file), text, 0o644); err != nil {
		return fmt.Errorf("write register: %w", err)
	}
	return nil
}

// windows1252 encodes for the code page; what it lacks loses its diacritics.
func windows1252(s string) []byte {
	out := make([]byte, 0, len(s))
	for _, r := range s {
		switch {
		case r < 0x80 || r >= 0xA0 && r <= 0xFF:
			out = append(out, byte(r))
		case r == '£':
			out = append(out, 0xA3)
		case r == '–':
			out = append(out, 0x96)
		case r == '’':
			out = append(out, 0x92)
		default:
			out = append(out, plain(string(r))[0])
		}
	}
	return out
}

// on notes that a register holds the person under a key.
func (h *human) on(system, id string, also ...string) {
	h.records = append(h.records, Key{System: system, ID: id, Also: also})
}

var genericHeader = strings.Split("source_system,source_person_id,source_household_id,title,forename,middle,surname,known_as,previous_surname,date_of_birth,"+
	"date_of_death,gender,ni_number,nhs_number,upn,email,phone,uprn,address_1,address_2,town,postcode,address_from,address_to,address_type,"+
	"bank_sort_code,bank_account_last4,role,service,council_code,language,vulnerable_codes,restricted,safe_contact,named_worker,deceased,updated_at,case_ref", ",")

// crmRegister is the customer index: most residents, earlier homes as rows of
// their own. It carries the signals, under their names or the council's short codes.
func crmRegister(t *town) *roll {
	r := &roll{kind: "generic", file: "customer-index.csv", header: genericHeader}
	c := stream(1, "crm")
	for _, h := range t.humans {
		if len(h.signals) == 0 && !h.restricted && !h.anonymous && c.one(0.06) {
			continue
		}
		h.on("CRM", h.crm)
		r.rows = append(r.rows, generic(h, "CRM", h.crm, h.home, "main", t.updated(h)))
		for _, s := range h.past {
			row := generic(h, "CRM", h.crm, s.home, "previous", t.updated(h))
			row[22], row[23] = s.from.String(), s.to.String()
			r.rows = append(r.rows, row)
		}
	}
	return r
}

func (t *town) updated(h *human) string {
	return fmt.Sprintf("%d-%02d-01", 2018+h.n%8, 1+h.n%12)
}

var shortCodes = map[reeve.Signal]string{reeve.SignalChildProtection: "CP", reeve.SignalChildInNeed: "CIN", reeve.SignalLookedAfter: "LAC",
	reeve.SignalDomesticAbuse: "DA", reeve.SignalMentalHealth: "MH"}

// generic is one row of the contract's own layout.
func generic(h *human, system, id string, home *dwelling, kind, updated string) []string {
	var codes []string
	for _, s := range h.signals {
		if code, ok := shortCodes[s]; ok && h.n%2 == 0 {
			codes = append(codes, code)
		} else {
			codes = append(codes, string(s))
		}
	}
	born := h.born.String()
	if h.n%9 == 0 {
		born = dateAs(h.born, 1)
	} else if h.n%31 == 0 {
		born = dateAs(h.born, 0)
	}
	nino := h.nino
	if h.n%5 == 0 && system == "CRM" {
		nino = ""
	}
	lines := append(home.lines(), "", "")
	deceased, last4 := "", ""
	if !h.died.IsZero() {
		deceased = "Y"
	}
	if h.account != "" && h.n%3 == 0 {
		last4 = h.account[4:]
	}
	sortCode := ""
	if last4 != "" {
		sortCode = h.sort
	}
	houseID := h.household.id
	return []string{system, id, houseID, h.title, h.given, h.middle, h.surname, h.knownAs, h.formerSurname, born, h.died.String(), string(h.sex), nino,
		h.nhs, h.upn, h.email, h.phone, home.uprn, lines[0], second(home), townOf(home), home.postcode, "", "", kind, sortCode, last4,
		string(roleOf(h)), "", councilCode, h.group.language, strings.Join(codes, ";"), yes(h.restricted || h.anonymous), h.safeContact, h.worker, deceased, updated, h.caseRef}
}

// second is the second address line: the street where the first is a flat.
func second(d *dwelling) string {
	if d.none || d.unit == "" {
		return ""
	}
	return strings.TrimSpace(d.number + " " + d.street)
}

func townOf(d *dwelling) string {
	if d.none {
		return ""
	}
	return townName
}

func yes(b bool) string {
	if b {
		return "Y"
	}
	return ""
}

// roleOf is the word of the generic layout's role column.
func roleOf(h *human) string {
	switch {
	case h.role == reeve.RoleStaff, h.role == reeve.RoleSupplier, h.role == reeve.RoleLandlord, h.role == reeve.RoleCouncillor:
		return string(h.role)
	case h.born.Year > 2008:
		return "child"
	case h.rent != "":
		return "tenant"
	case h.claim != "":
		return "claimant"
	}
	return "liable"
}

// staffRegister is the payroll and supplier list: Windows-1252, with rows that
// are broken in ways met in life.
func staffRegister(t *town) *roll {
	r := &roll{kind: "generic", file: "staff-and-suppliers.csv", header: genericHeader, windows: true}
	for _, h := range t.staff {
		id := h.payroll
		if id == "" {
			id = fmt.Sprintf("S%05d", h.n)
		}
		h.on("HR", id)
		r.rows = append(r.rows, generic(h, "HR", id, h.home, "main", t.updated(h)))
	}
	blank := make([]string, len(genericHeader))
	r.add(blank...)
	noSurname := append([]string(nil), r.rows[0]...)
	noSurname[1], noSurname[6] = "E39999", ""
	r.add(noSurname...)
	short := append([]string(nil), r.rows[1][:5]...)
	short[1] = "E39998"
	r.add(short...)
	r.bad = 3
	return r
}
