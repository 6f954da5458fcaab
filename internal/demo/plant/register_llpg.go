package plant

import (
	"fmt"
	"strings"
)

// gazetteer is the Local Land and Property Gazetteer in its transfer format,
// DTF 7.3: a record type first, then the fields of BS 7666 in their order.
func gazetteer(t *town) *roll {
	r := &roll{kind: "llpg", file: "llpg-dtf73.csv"}
	r.add("10", councilName, "9999", "2019-12-01", "1", "2019-12-01", "08:00:00", "7.3", "F")
	order := 0
	next := func() string { order++; return fmt.Sprint(order) }
	streets := map[int]bool{}
	for _, d := range t.place.dwellings {
		if !streets[d.usrn] {
			streets[d.usrn] = true
			r.add("15", "I", next(), fmt.Sprint(d.usrn), strings.ToUpper(d.street), "", strings.ToUpper(townName), strings.ToUpper(councilName), "ENG")
		}
	}
	for _, d := range t.place.dwellings {
		r.rows = append(r.rows, landRecord(d, next()), addressRecord(d, next()))
	}
	r.add("99", "0", fmt.Sprint(order+2), "2019-12-01", "08:00:00")
	return r
}

// landRecord is record 21, the basic land and property unit.
func landRecord(d *dwelling, order string) []string {
	row := make([]string, 23)
	copy(row, []string{"21", "I", order, d.uprn, "1", "2", "2001-04-01", "RD", "", "500000.00", "180000.00", "1", "9999", "2001-04-01", "", "2019-01-01", "2001-04-01"})
	row[18] = d.ward
	return row
}

// addressRecord is record 24, the land and property identifier: secondary
// (flat) and primary (house) addressable objects with numbers and texts apart.
func addressRecord(d *dwelling, order string) []string {
	row := make([]string, 30)
	copy(row, []string{"24", "I", order, d.uprn, "9999L" + d.uprn[4:], "ENG", "1", "2001-04-01", "", "2001-04-01", "2019-01-01"})
	row[15] = strings.ToUpper(d.unit)
	number := strings.TrimSuffix(d.number, ",")
	digits := strings.TrimRight(number, "ABC")
	if digits != "" && digits[0] >= '0' && digits[0] <= '9' {
		row[16], row[17] = digits, number[len(digits):]
	} else {
		row[20] = strings.ToUpper(number)
	}
	row[21] = fmt.Sprint(d.usrn)
	row[23], row[24], row[25], row[26] = "Y", d.postcode, strings.ToUpper(townName), "Y"
	return row
}
