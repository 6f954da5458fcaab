package sweep

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/reeve-council/reeve"
)

// ControllerRule says which council held the data of an item: by the folder it
// lies in ("folder", a prefix of exhibit/item), or by the service or system of
// the register record that its person has.
type ControllerRule struct {
	By      string // folder, service or system
	Match   string
	Council string
}

// ReadControllers reads a rules file: CSV lines "by,match,council", the first
// rule that matches wins. Blank lines and lines starting with # are passed over.
func ReadControllers(r io.Reader) ([]ControllerRule, error) {
	in := csv.NewReader(r)
	in.FieldsPerRecord, in.Comment, in.TrimLeadingSpace = -1, '#', true
	rules := []ControllerRule{}
	for {
		row, err := in.Read()
		if errors.Is(err, io.EOF) {
			return rules, nil
		}
		line, _ := in.FieldPos(0)
		if err != nil || len(row) != 3 || !slices.Contains([]string{"folder", "service", "system"}, row[0]) || row[2] == "" {
			return nil, reeve.WithHint(fmt.Errorf("line %d of the controller rules is not by,match,council: %w", line, reeve.Invalid),
				"Write lines such as folder,Housing/,RBKC or system,MOSAIC-WCC,WCC or service,Libraries,LBHF.")
		}
		rules = append(rules, ControllerRule{row[0], row[1], strings.TrimSpace(row[2])})
	}
}

func encodeControllers(rules []ControllerRule) string {
	var b strings.Builder
	w := csv.NewWriter(&b)
	for _, r := range rules {
		if err := w.Write([]string{r.By, r.Match, r.Council}); err != nil {
			return "" // a strings.Builder does not fail
		}
	}
	w.Flush()
	return b.String()
}

func decodeControllers(text string) []ControllerRule {
	rules, err := ReadControllers(strings.NewReader(text))
	if err != nil {
		return nil // written by encodeControllers
	}
	return rules
}

// controllerOf applies the rules to one item of one person; "" where none
// matches.
func controllerOf(rules []ControllerRule, p itemPath, records []reeve.Record) string {
	for _, r := range rules {
		if r.matches(p, records) {
			return r.Council
		}
	}
	return ""
}

func (r ControllerRule) matches(p itemPath, records []reeve.Record) bool {
	if r.By == "folder" {
		return strings.HasPrefix(p.exhibit+"/"+p.path, r.Match) || strings.HasPrefix(p.path, r.Match)
	}
	return slices.ContainsFunc(records, func(rec reeve.Record) bool {
		return r.By == "service" && rec.Service == r.Match || r.By == "system" && rec.System == r.Match
	})
}
