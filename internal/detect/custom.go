package detect

import (
	"bufio"
	"fmt"
	"io"
	"regexp"
	"regexp/syntax"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/uk"
)

// Custom is a detector that a council wrote for itself. ReadCustom reads them
// from a file of sections:
//
//	[library-card]
//	kind    = local_ref
//	label   = your library card number
//	near    = library card, borrower
//	pattern = \bLIB-\d{6}[A-Z]?\b
//	check   = mod11
//	hit     = Library card LIB-004217
//	miss    = LIB-0042 is a shelf
//
// kind is one of the contract's or a new word (a basic identifier). pattern is
// a Go regular expression (RE2: no look-around, linear time) that must hold a
// literal of three bytes or more, by which the text is searched first. near is
// optional: with it a value beside one of the words is B, else C; without it C.
// check is optional, one of the names in checks. At least one hit and one miss
// are needed, and the file is refused when one of them fails.
type Custom struct {
	Name, Label, Pattern, Check string
	Kind                        reeve.Kind
	Near                        string // "|"-separated, folded
	Hits, Misses                []string
}

// checks are the schemes that a custom detector may name.
var checks = map[string]func(string) bool{
	"luhn":  luhn,
	"mod11": uk.ValidNHSNumber[string],
	"iban":  uk.ValidIBAN[string],
	"uprn":  uk.ValidUPRN[string],
	"nino":  uk.ValidNINO[string],
}

// luhn is the sum of ISO/IEC 7812 over the digits of s.
func luhn(s string) bool {
	sum, digits := 0, 0
	for i := len(s) - 1; i >= 0; i-- {
		if !isDigit(s[i]) {
			continue
		}
		v := int(s[i] - '0')
		if digits%2 == 1 {
			if v *= 2; v > 9 {
				v -= 9
			}
		}
		sum += v
		digits++
	}
	return digits > 1 && sum%10 == 0
}

// custom is a compiled Custom.
type custom struct {
	Detector
	mask    uint64
	pattern *regexp.Regexp
	literal string
	fold    bool // the literal is searched without regard to case
	valid   func(string) bool
}

// Limits of a detectors file.
const (
	maxCustomFile    = 1 << 20
	maxPattern       = 500
	minLiteral       = 3
	customWindow     = 200 // bytes around a literal in which the pattern runs
	maxCustomSamples = 50
)

// ReadCustom reads a file of detectors. Errors say the line, and what to change.
func ReadCustom(r io.Reader) ([]Custom, error) {
	var out []Custom
	lines := bufio.NewScanner(io.LimitReader(r, maxCustomFile))
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		switch {
		case line == "" || line[0] == '#' || line[0] == ';':
		case line[0] == '[' && line[len(line)-1] == ']' && len(line) > 2:
			out = append(out, Custom{Name: strings.TrimSpace(line[1 : len(line)-1])})
		default:
			if len(out) == 0 {
				return nil, fmt.Errorf("read detectors line %d: %w: a setting before the first [name]", n, reeve.Invalid)
			}
			if err := out[len(out)-1].set(line); err != nil {
				return nil, fmt.Errorf("read detectors line %d: %w", n, err)
			}
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("read detectors: %w", err)
	}
	for i := range out {
		if _, err := compileCustom(out[i]); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (c *Custom) set(line string) error {
	key, value, ok := strings.Cut(line, "=")
	if !ok {
		return fmt.Errorf("%w: write setting = value", reeve.Invalid)
	}
	value = strings.TrimSpace(value)
	switch strings.ToLower(strings.TrimSpace(key)) {
	case "kind":
		c.Kind = reeve.Kind(value)
	case "label":
		c.Label = value
	case "near":
		c.Near = strings.ToLower(strings.ReplaceAll(value, ",", "|"))
	case "pattern":
		c.Pattern = value
	case "check":
		c.Check = value
	case "hit":
		c.Hits = append(c.Hits, value)
	case "miss":
		c.Misses = append(c.Misses, value)
	default:
		return fmt.Errorf("%w: no setting of that name; use kind, label, near, pattern, check, hit, miss", reeve.Invalid)
	}
	return nil
}

// compileCustom checks a detector and its samples.
func compileCustom(c Custom) (*custom, error) {
	fail := func(why string) (*custom, error) {
		return nil, fmt.Errorf("detector %q: %w: %s", c.Name, reeve.Invalid, why)
	}
	switch {
	case c.Kind == "" || strings.Trim(string(c.Kind), "abcdefghijklmnopqrstuvwxyz0123456789_") != "":
		return fail("kind must be one word of small letters")
	case c.Label == "":
		return fail("label is missing")
	case c.Pattern == "" || len(c.Pattern) > maxPattern:
		return fail("pattern is missing or over 500 bytes")
	case len(c.Hits) == 0 || len(c.Misses) == 0 || len(c.Hits)+len(c.Misses) > maxCustomSamples:
		return fail("give at least one hit and one miss, and at most 50")
	}
	tree, err := syntax.Parse(c.Pattern, syntax.Perl)
	if err != nil {
		return fail("the pattern does not compile")
	}
	literal, fold := longestLiteral(tree.Simplify())
	if len(literal) < minLiteral {
		return fail("the pattern needs a fixed text of three characters or more that every match holds")
	}
	valid := checks[c.Check]
	if c.Check != "" && valid == nil {
		return fail("no check of that name")
	}
	out := &custom{pattern: regexp.MustCompile(c.Pattern), literal: literal, fold: fold, valid: valid}
	out.Detector = Detector{Kind: c.Kind, Rule: "custom-" + c.Name + "/1", Label: c.Label, Near: c.Near}
	for i, s := range c.Hits {
		if !out.matches(s) {
			return fail(fmt.Sprintf("hit %d is not found", i+1))
		}
	}
	for i, s := range c.Misses {
		if out.matches(s) {
			return fail(fmt.Sprintf("miss %d is found", i+1))
		}
	}
	return out, nil
}

func (c *custom) matches(s string) bool {
	found := false
	c.each(s, func(int, int) { found = true })
	return found
}

// each calls found with every match of the pattern that passes the check. The
// pattern runs only around its literal.
func (c *custom) each(text string, found func(start, end int)) {
	search := text
	if c.fold {
		if search = strings.ToLower(text); len(search) != len(text) {
			search = asciiLower(text)
		}
	}
	done := 0
	for at := 0; ; {
		i := strings.Index(search[at:], c.literal)
		if i < 0 {
			return
		}
		i += at
		at = i + 1
		if i < done {
			continue
		}
		low := max(done, i-customWindow)
		high := min(len(text), i+customWindow)
		for _, m := range c.pattern.FindAllStringIndex(text[low:high], -1) {
			start, end := low+m[0], low+m[1]
			if end > done && start >= done && (c.valid == nil || c.valid(text[start:end])) {
				found(start, end)
				done = end
			}
		}
		done = max(done, i+1)
	}
}

func asciiLower(s string) string {
	b := []byte(s)
	for i, c := range b {
		if c >= 'A' && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}

// longestLiteral gives the longest text that every match of a pattern holds, in
// small letters where the pattern does not regard case.
func longestLiteral(re *syntax.Regexp) (string, bool) {
	switch re.Op {
	case syntax.OpLiteral:
		if re.Flags&syntax.FoldCase != 0 {
			return strings.ToLower(string(re.Rune)), true
		}
		return string(re.Rune), false
	case syntax.OpCapture, syntax.OpPlus:
		return longestLiteral(re.Sub[0])
	case syntax.OpRepeat:
		if re.Min > 0 {
			return longestLiteral(re.Sub[0])
		}
	case syntax.OpConcat:
		best, fold := "", false
		for _, sub := range re.Sub {
			if s, f := longestLiteral(sub); len(s) > len(best) {
				best, fold = s, f
			}
		}
		return best, fold
	}
	return "", false
}

// findCustom runs a council's own detectors over the text that was read last.
func (d *Document) findCustom() {
	p := &d.prose
	for _, c := range d.set.custom {
		c.each(p.text, func(start, end int) {
			conf := reeve.ConfidenceC
			if c.Near != "" && c.named(p.text, start, end) {
				conf = reeve.ConfidenceB
			}
			value := p.text[start:end]
			d.emit(&c.Detector, p.place(d, start, end), value, squeeze(value), conf, d.customOwner(start))
		})
	}
}

// named reports whether a word of context stands near a match.
func (c *custom) named(text string, start, end int) bool {
	before, behind := text[max(0, start-nearBefore):start], text[end:min(len(text), end+nearBehind)]
	before = before[strings.LastIndexByte(before, '\n')+1:]
	behind, _, _ = strings.Cut(behind, "\n")
	around := string(foldLabel(nil, before+" "+behind))
	for _, w := range phrases(c.Near) {
		if strings.Contains(around, w) {
			return true
		}
	}
	return false
}

// customOwner gives the human of the nearest finding before a match in its
// line or the line before, or of the cell's row.
func (d *Document) customOwner(start int) *human {
	p := &d.prose
	if p.cell && d.subject.clump != 0 {
		return &d.subject
	}
	for i := len(d.out) - 1; i >= 0; i-- {
		f := &d.out[i]
		if f.Clump != 0 && f.Place.Row < 0 && int(f.Place.End) <= start && start-int(f.Place.End) < nearBefore*2 {
			return &human{clump: f.Clump, capacity: f.Capacity}
		}
	}
	return nil
}
