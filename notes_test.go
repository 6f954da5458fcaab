package reeve_test

import (
	"bufio"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestChanges: every note of a change has a kind and a line of text.
func TestChanges(t *testing.T) {
	notes, err := filepath.Glob("changes/*.md")
	if err != nil || len(notes) == 0 {
		t.Fatalf("no notes: %v", err)
	}
	for _, p := range notes {
		f, err := os.Open(p)
		if err != nil {
			t.Fatal(err)
		}
		s := bufio.NewScanner(f)
		s.Scan()
		kind, text, ok := strings.Cut(s.Text(), ": ")
		f.Close()
		if !ok || text == "" || !slices.Contains([]string{"Added", "Changed", "Fixed", "Removed", "Security"}, kind) {
			t.Errorf("%s: the first line must be like %q; see changes/README.md", p, "Added: what a user can do now")
		}
	}
}

var statusRow = regexp.MustCompile(`^\| ([MR]-\d+) \| (.+?) \| ([a-z]+) \| (works|partly|not yet) \| (.*?) ?\|$`)

// TestStatus: docs/status.md has every row once, and what is said to work names
// what shows it.
func TestStatus(t *testing.T) {
	text, err := os.ReadFile("docs/status.md")
	if err != nil {
		t.Fatal(err)
	}
	seen := make(map[string]bool)
	for line := range strings.Lines(string(text)) {
		if !strings.HasPrefix(line, "| M-") && !strings.HasPrefix(line, "| R-") {
			continue
		}
		m := statusRow.FindStringSubmatch(strings.TrimSpace(line))
		if m == nil {
			t.Errorf("docs/status.md: row is not in the form: %s", line)
			continue
		}
		if seen[m[1]] {
			t.Errorf("docs/status.md: %s is there twice", m[1])
		}
		seen[m[1]] = true
		if (m[4] == "not yet") != (m[5] == "") {
			t.Errorf("docs/status.md: %s is %q and shown by %q", m[1], m[4], m[5])
		}
	}
	if len(seen) != 124+16 {
		t.Errorf("docs/status.md: %d rows, want 124 of M and 16 of R", len(seen))
	}
}
