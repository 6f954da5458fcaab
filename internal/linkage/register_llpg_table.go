package linkage

import (
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/lex"
)

// A gazetteer as a table: a header, and one row for each address. UPRN, POSTCODE
// and a class (CLASSIFICATION_CODE, as OS AddressBase names it) are needed, so
// that no other register is taken for one; the address stands in numbered lines
// or in one.
var (
	tableUPRN   = []string{"uprn"}
	tableCode   = []string{"postcode", "postcodelocator"}
	tableClass  = []string{"classificationcode", "classification", "blpuclass"}
	tableOne    = []string{"singlelineaddress", "fulladdress", "address"}
	tableTown   = []string{"posttown", "townname", "town"}
	tableStatus = []string{"logicalstatus", "lpilogicalstatus"}
	tableState  = []string{"blpustate", "state"}
	tableEnd    = []string{"enddate"}
)

// mostTableLines is how many numbered address lines a table may have.
const mostTableLines = 7

// tableAt is where the columns of a gazetteer stand; -1 for one that is not there.
type tableAt struct {
	uprn, code, class, one, town, status, state, end int
	lines                                            []int
}

// tableColumns finds the columns of a gazetteer in a header row; false when it is
// none.
func tableColumns(header []string) (at tableAt, ok bool) {
	have := make(map[string]int, len(header))
	for i, h := range header {
		if _, twice := have[squash(h)]; !twice {
			have[squash(h)] = i
		}
	}
	find := func(names []string) int {
		for _, n := range names {
			if i, ok := have[n]; ok {
				return i
			}
		}
		return -1
	}
	for n := 1; n <= mostTableLines; n++ {
		d := string(rune('0' + n))
		if i := find([]string{"address" + d, "addressline" + d, "line" + d}); i >= 0 {
			at.lines = append(at.lines, i)
		}
	}
	at.uprn, at.code, at.class, at.one = find(tableUPRN), find(tableCode), find(tableClass), find(tableOne)
	at.town, at.status, at.state, at.end = find(tableTown), find(tableStatus), find(tableState), find(tableEnd)
	return at, at.uprn >= 0 && at.code >= 0 && at.class >= 0 && (at.one >= 0 || len(at.lines) > 0)
}

// tableMapper maps such a table.
type tableMapper struct {
	opt   MapOptions
	at    tableAt
	sieve *homeSieve
}

// Homes implements Gazetteer.
func (m *tableMapper) Homes() ([]Home, []Omission) { return m.sieve.homes() }

// Row implements RowMapper.
func (m *tableMapper) Row(line int, cells []string) ([]reeve.Record, *reeve.BadRow) {
	if blank(cells) {
		return nil, nil
	}
	cell := func(i int) string {
		if i >= 0 && i < len(cells) {
			return strings.TrimSpace(cells[i])
		}
		return ""
	}
	uprn := strings.TrimLeft(cell(m.at.uprn), "0")
	if uprn == "" {
		return nil, &reeve.BadRow{File: m.opt.File, Line: line, Reason: "an address without a UPRN"}
	}
	rec := reeve.Record{System: SystemName("llpg", m.opt.Council), SourceID: uprn, Kind: "llpg", Line: line, UPRN: uprn, Council: m.opt.Council, Town: cell(m.at.town)}
	rec.Postcode, _ = lex.NormPostcode(cell(m.at.code))
	rec.Address = m.address(cell, rec.Postcode)
	status := cell(m.at.status)
	if status == "" {
		status = statusApproved // a table without the column lists what is approved
	}
	m.sieve.stand(uprn, unit{state: cell(m.at.state), class: cell(m.at.class), ended: cell(m.at.end) != ""})
	m.sieve.word(uprn, wording{status: status, language: "ENG", key: status, postal: true, lines: envelope(append(append([]string{}, rec.Address...), rec.Town)...), postcode: rec.Postcode})
	return []reeve.Record{rec}, nil
}

// address gives the address lines of a row without postcode, which a single line
// often ends with, and without the town where that has a column.
func (m *tableMapper) address(cell func(int) string, postcode string) []string {
	var parts []string
	for _, i := range m.at.lines {
		parts = append(parts, cell(i))
	}
	if len(parts) == 0 {
		parts = strings.Split(cell(m.at.one), ",")
	}
	town := cell(m.at.town)
	var lines []string
	for _, p := range envelope(parts...) {
		if code, ok := lex.NormPostcode(p); ok && code == postcode || town != "" && strings.EqualFold(p, town) {
			continue
		}
		lines = append(lines, p)
	}
	return lines
}
