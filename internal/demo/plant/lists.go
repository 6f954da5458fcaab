package plant

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/reeve-council/reeve"
)

// Lists are the lists that a sweep printed, with --reveal and --sealed.
type Lists struct {
	People   []PersonRow
	Findings []FindingRow
	Items    []ItemRow
}

// PersonRow, FindingRow and ItemRow are rows of the contract's lists, as far as
// scoring needs them.
type (
	PersonRow struct {
		Person      string
		Records     []Key
		Name        string
		Tier        reeve.Tier
		Capacity    string
		Priority    int
		Signals     []reeve.Signal
		Kinds       []reeve.Kind
		SafeContact string
		Sealed      bool
	}
	FindingRow struct {
		Item, Place string
		Kind        reeve.Kind
		Confidence  string
		Value       string
		Person      string
		Rule        string
	}
	ItemRow struct {
		Item, Status, Reason string
	}
)

// ReadPeople reads the people list as CSV.
func ReadPeople(r io.Reader) ([]PersonRow, error) {
	var list []PersonRow
	err := readRows(r, func(cell func(string) string) {
		row := PersonRow{Person: cell("person"), Name: cell("name"), Tier: reeve.Tier(cell("tier")), Capacity: cell("capacity"),
			SafeContact: cell("safe_contact"), Sealed: strings.HasPrefix(strings.ToUpper(cell("sealed")), "Y")}
		row.Priority, _ = strconv.Atoi(cell("priority"))
		ids := parts(cell("register_id"))
		for i, system := range parts(cell("register")) {
			if i < len(ids) {
				row.Records = append(row.Records, Key{System: system, ID: ids[i]})
			}
		}
		for _, s := range parts(cell("signals")) {
			row.Signals = append(row.Signals, reeve.Signal(s))
		}
		for _, k := range parts(cell("kinds")) {
			row.Kinds = append(row.Kinds, reeve.Kind(k))
		}
		list = append(list, row)
	}, "person", "register", "register_id", "tier", "kinds", "signals", "safe_contact", "priority")
	return list, err
}

// ReadFindings reads the findings list as CSV.
func ReadFindings(r io.Reader) ([]FindingRow, error) {
	var list []FindingRow
	err := readRows(r, func(cell func(string) string) {
		list = append(list, FindingRow{cell("item"), cell("place"), reeve.Kind(cell("kind")), cell("confidence"), cell("value"), cell("person"), cell("rule")})
	}, "item", "kind", "confidence", "value", "person")
	return list, err
}

// ReadItems reads the items list as CSV.
func ReadItems(r io.Reader) ([]ItemRow, error) {
	var list []ItemRow
	err := readRows(r, func(cell func(string) string) {
		list = append(list, ItemRow{cell("item"), cell("status"), cell("reason")})
	}, "item", "status", "reason")
	return list, err
}

// readRows reads a CSV with a header that must have the needed columns, and
// takes off the apostrophe that guards a cell against spreadsheets.
func readRows(r io.Reader, row func(cell func(string) string), needed ...string) error {
	c := csv.NewReader(r)
	c.ReuseRecord = true
	head, err := c.Read()
	if err != nil {
		return fmt.Errorf("read list header: %w", err)
	}
	at := map[string]int{}
	for i, name := range head {
		at[name] = i
	}
	for _, name := range needed {
		if _, ok := at[name]; !ok {
			return fmt.Errorf("list has no column %q: %w", name, reeve.Invalid)
		}
	}
	for {
		cells, err := c.Read()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read list row: %w", err)
		}
		row(func(name string) string {
			i, ok := at[name]
			if !ok {
				return ""
			}
			return unguarded(cells[i])
		})
	}
}

func unguarded(s string) string {
	if len(s) > 1 && s[0] == '\'' && strings.ContainsRune("=+-@\t\r", rune(s[1])) {
		s = s[1:]
	}
	return strings.Clone(s)
}

func parts(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, ";")
}
