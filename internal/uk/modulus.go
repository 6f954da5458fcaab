package uk

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// ModulusTable holds the weights by which banks check account numbers. The
// table is Pay.UK's and is not ours to give: an operator loads the files that
// Pay.UK publishes ("valacdos" and "scsubtab"). Without it a sort code and an
// account number are checked for form alone.
type ModulusTable struct {
	rows  []modulusRow      // ordered by first sort code, as in the file
	swaps map[string]string // sort code to use instead, for exception 5
}

type modulusRow struct {
	from, to  int
	method    string // MOD10, MOD11 or DBLAL
	weights   [14]int
	exception int
}

// ModulusVerdict is what the table says of a sort code with an account number.
type ModulusVerdict uint8

// The verdicts.
const (
	ModulusUnlisted ModulusVerdict = iota // the sort code is in no range: presumed valid
	ModulusPass
	ModulusFail
)

const maxModulusRows = 20_000

// ReadModulusTable reads the published weight table and, if swaps is not nil,
// the sort code substitution table. Lines that are empty or begin with # are
// left out.
func ReadModulusTable(weights, swaps io.Reader) (*ModulusTable, error) {
	t := &ModulusTable{swaps: make(map[string]string)}
	err := eachLine(weights, func(fields []string) error {
		row, err := parseModulusRow(fields)
		t.rows = append(t.rows, row)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read modulus weights: %w", err)
	}
	if swaps != nil {
		err = eachLine(swaps, func(fields []string) error {
			if len(fields) != 2 || len(fields[0]) != 6 || len(fields[1]) != 6 {
				return fmt.Errorf("two sort codes expected")
			}
			t.swaps[fields[0]] = fields[1]
			return nil
		})
	}
	if err != nil {
		return nil, fmt.Errorf("read sort code substitutions: %w", err)
	}
	slices.SortStableFunc(t.rows, func(a, b modulusRow) int { return a.from - b.from })
	return t, nil
}

func eachLine(r io.Reader, use func(fields []string) error) error {
	scan := bufio.NewScanner(r)
	for line := 1; scan.Scan(); line++ {
		if line > maxModulusRows {
			return fmt.Errorf("more than %d lines", maxModulusRows)
		}
		fields := strings.Fields(scan.Text())
		if len(fields) == 0 || fields[0][0] == '#' {
			continue
		}
		if err := use(fields); err != nil {
			return fmt.Errorf("line %d: %w", line, err)
		}
	}
	return scan.Err()
}

func parseModulusRow(fields []string) (row modulusRow, err error) {
	if len(fields) != 17 && len(fields) != 18 {
		return row, fmt.Errorf("17 or 18 columns expected, got %d", len(fields))
	}
	row.method = strings.ToUpper(fields[2])
	if row.method != "MOD10" && row.method != "MOD11" && row.method != "DBLAL" {
		return row, fmt.Errorf("unknown method in column 3")
	}
	numbers := make([]int, 0, 17)
	for i, f := range fields {
		if i == 2 {
			continue
		}
		n, err := strconv.Atoi(f)
		if err != nil {
			return row, fmt.Errorf("column %d is no number", i+1)
		}
		numbers = append(numbers, n)
	}
	row.from, row.to = numbers[0], numbers[1]
	copy(row.weights[:], numbers[2:16])
	if len(numbers) == 17 {
		row.exception = numbers[16]
	}
	return row, nil
}

// Positions of the fourteen digits, by the letters of the specification:
// sort code u v w x y z, account a b c d e f g h.
const (
	digitA = 6
	digitB = 7
	digitC = 8
	digitG = 12
	digitH = 13
)

// Check tells whether an account number (eight digits, NormAccount) can belong
// to a sort code (six digits).
//
// Rule: Pay.UK, "Validating account numbers: UK modulus checking", with its
// exceptions 1 to 14.
func (t *ModulusTable) Check(sortCode, account string) ModulusVerdict {
	if len(sortCode) != 6 || len(account) != 8 {
		return ModulusFail
	}
	digits := []byte(sortCode + account)
	if !allDigits(digits) {
		return ModulusFail
	}
	rows := t.find(number(digits[:6]))
	if len(rows) == 0 {
		return ModulusUnlisted
	}
	if e := rows[0].exception; e == 6 && digits[digitA] >= '4' && digits[digitA] <= '8' && digits[digitG] == digits[digitH] {
		return ModulusPass // an account in a foreign currency: not checked
	}
	first := t.checkRow(rows[0], digits)
	if len(rows) == 1 {
		return verdict(first)
	}
	second := rows[1]
	switch {
	case second.exception == 3 && (digits[digitC] == '6' || digits[digitC] == '9'):
		return verdict(first) // the second check is not carried out
	case eitherPasses(rows[0].exception):
		return verdict(first || t.checkRow(second, digits))
	}
	return verdict(first && t.checkRow(second, digits))
}

func verdict(pass bool) ModulusVerdict {
	if pass {
		return ModulusPass
	}
	return ModulusFail
}

// eitherPasses: with these exceptions on the first check, one pass is enough.
func eitherPasses(exception int) bool {
	return exception == 2 || exception == 10 || exception == 12
}

// find gives the rows, at most two, whose range holds the sort code.
func (t *ModulusTable) find(sortCode int) []modulusRow {
	end, _ := slices.BinarySearchFunc(t.rows, sortCode+1, func(r modulusRow, code int) int { return r.from - code })
	var found []modulusRow
	for i := end - 1; i >= 0 && i >= end-8; i-- {
		if r := t.rows[i]; r.from <= sortCode && sortCode <= r.to {
			found = append(found, r)
		}
	}
	slices.Reverse(found)
	return found[:min(len(found), 2)]
}

// checkRow carries out one check; digits is not changed.
func (t *ModulusTable) checkRow(row modulusRow, digits []byte) bool {
	d := slices.Clone(digits)
	weights := row.weights
	switch row.exception {
	case 2:
		weights = exceptionTwo(weights, d)
	case 5:
		if swap, ok := t.swaps[string(d[:6])]; ok {
			copy(d, swap)
		}
	case 7:
		if d[digitG] == '9' {
			clear(weights[:digitC])
		}
	case 8:
		copy(d, "090126")
	case 9:
		copy(d, "309634")
	case 10:
		if (d[digitA] == '0' || d[digitA] == '9') && d[digitB] == '9' && d[digitG] == '9' {
			clear(weights[:digitC])
		}
	}
	sum := modulusSum(row.method, weights, d)
	switch row.exception {
	case 1:
		sum += 27
	case 4:
		return sum%11 == number(d[digitG:])
	case 5:
		return exceptionFive(row.method, sum, d)
	case 14:
		return sum%11 == 0 || exceptionFourteen(weights, d)
	}
	if row.method == "MOD11" {
		return sum%11 == 0
	}
	return sum%10 == 0
}

func modulusSum(method string, weights [14]int, d []byte) int {
	sum := 0
	for i, c := range d {
		p := int(c-'0') * weights[i]
		if method == "DBLAL" {
			p = p/100 + p/10%10 + p%10
		}
		sum += p
	}
	return sum
}

func exceptionTwo(weights [14]int, d []byte) [14]int {
	switch {
	case d[digitA] == '0':
		return weights
	case d[digitG] == '9':
		return [14]int{0, 0, 0, 0, 0, 0, 0, 0, 8, 7, 10, 9, 3, 1}
	}
	return [14]int{0, 0, 1, 2, 5, 3, 6, 4, 8, 7, 10, 9, 3, 1}
}

// exceptionFive: the first check gives g, the second h.
func exceptionFive(method string, sum int, d []byte) bool {
	if method == "DBLAL" {
		return (10-sum%10)%10 == int(d[digitH]-'0')
	}
	rest := sum % 11
	return rest != 1 && (11-rest)%11 == int(d[digitG]-'0')
}

// exceptionFourteen: a last digit of 0, 1 or 9 may be dropped and a 0 put in
// front of the account number.
func exceptionFourteen(weights [14]int, d []byte) bool {
	if h := d[digitH]; h != '0' && h != '1' && h != '9' {
		return false
	}
	copy(d[digitB:], d[digitA:digitH])
	d[digitA] = '0'
	return modulusSum("MOD11", weights, d)%11 == 0
}
