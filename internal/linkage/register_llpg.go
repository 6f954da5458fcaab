package linkage

import (
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/lex"
)

// llpg is a Local Land and Property Gazetteer in DTF 7.3 (BS 7666): no header
// row, the kind of each row in its first field; or a table of addresses with a
// header (register_llpg_table.go). It holds addresses and no people: its records
// have a UPRN and address lines alone. Historic entries (logical status 8) are
// kept, because copied data is old; which of the addresses are homes to write to
// today is for Homes.
var llpg = Layout{Kind: "llpg", Bare: true, Rows: func(opt MapOptions) RowMapper { return &gazetteerMapper{opt: opt} }}

// gazetteerMapper learns from the first row in which of the two forms a
// gazetteer is.
type gazetteerMapper struct {
	opt  MapOptions
	form Gazetteer
}

// Row implements RowMapper.
func (m *gazetteerMapper) Row(line int, cells []string) ([]reeve.Record, *reeve.BadRow) {
	if m.form == nil {
		if at, ok := tableColumns(cells); ok {
			m.form = &tableMapper{opt: m.opt, at: at, sieve: newHomeSieve(m.opt.Council)}
			return nil, nil
		}
		m.form = &dtfMapper{opt: m.opt, streets: make(map[string]dtfStreet), sieve: newHomeSieve(m.opt.Council)}
	}
	return m.form.Row(line, cells)
}

// Homes implements Gazetteer.
func (m *gazetteerMapper) Homes() ([]Home, []Omission) {
	if m.form == nil {
		return nil, nil
	}
	return m.form.Homes()
}

// isGazetteer tells a gazetteer by its first row.
func isGazetteer(first []string) bool {
	_, table := tableColumns(first)
	return table || isDTFHeader(first)
}

// Record identifiers of DTF 7.3 and the fields used (0-based).
const (
	dtfHeader  = "10"
	dtfStreetD = "15"
	dtfUnit    = "21" // a BLPU: basic land and property unit
	dtfLPI     = "24"

	dtfLPIFields = 26 // at least; AddressBase Premium has more and another order
)

type dtfStreet struct{ name, locality, town string }

type dtfMapper struct {
	opt     MapOptions
	streets map[string]dtfStreet // by USRN
	sieve   *homeSieve
}

// Homes implements Gazetteer.
func (m *dtfMapper) Homes() ([]Home, []Omission) { return m.sieve.homes() }

func isDTFHeader(first []string) bool {
	return len(first) > 3 && strings.TrimSpace(first[0]) == dtfHeader
}

// Row implements RowMapper.
func (m *dtfMapper) Row(line int, cells []string) ([]reeve.Record, *reeve.BadRow) {
	if len(cells) == 0 || blank(cells) {
		return nil, nil
	}
	field := func(i int) string {
		if i < len(cells) {
			return strings.TrimSpace(cells[i])
		}
		return ""
	}
	switch field(0) {
	case dtfStreetD:
		m.streets[field(3)] = dtfStreet{field(4), field(5), field(6)}
	case dtfUnit:
		m.unit(field)
	case dtfLPI:
		if len(cells) < dtfLPIFields {
			return nil, &reeve.BadRow{File: m.opt.File, Line: line, Reason: "an address (24) with too few fields for DTF 7.3"}
		}
		return m.address(line, field)
	}
	return nil, nil
}

func (m *dtfMapper) address(line int, field func(int) string) ([]reeve.Record, *reeve.BadRow) {
	uprn := strings.TrimLeft(field(3), "0")
	if uprn == "" {
		return nil, &reeve.BadRow{File: m.opt.File, Line: line, Reason: "an address (24) without a UPRN"}
	}
	street := m.streets[field(21)]
	rec := reeve.Record{System: SystemName("llpg", m.opt.Council), SourceID: uprn, Kind: "llpg", Line: line, UPRN: uprn,
		Council: m.opt.Council, Town: field(25)}
	secondary := dtfRange(field, 11, field(15))
	primary := dtfRange(field, 16, field(20))
	rec.Address = joinLines(secondary, strings.TrimSpace(primary+" "+street.name), street.locality)
	if rec.Town == "" {
		rec.Town = street.town
	}
	if norm, ok := lex.NormPostcode(field(24)); ok {
		rec.Postcode = norm
	}
	if d, ok := lex.ParseDate(field(7)); ok {
		rec.AddressFrom = d
	}
	if d, ok := lex.ParseDate(field(8)); ok {
		rec.AddressTo = d
	}
	rec.SourceID += "/" + field(4)
	m.wording(field, &rec)
	return []reeve.Record{rec}, nil
}

// dtfRange writes start number, start suffix, end number and end suffix (four
// fields from i) and the text beside them as one address part.
func dtfRange(field func(int) string, i int, text string) string {
	number := field(i) + field(i+1)
	if end := field(i+2) + field(i+3); end != "" {
		number += "-" + end
	}
	return strings.TrimSpace(text + " " + number)
}

func joinLines(parts ...string) []string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return out
}
