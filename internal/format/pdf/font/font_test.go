package font

import "testing"

func TestCFFStrings(t *testing.T) {
	if got := cffRunes(); len(got) != 229 || got[34] != 'A' || got[149] != 'ß' || got[228] != 'ž' {
		t.Errorf("%d strings, 34 %q, 149 %q", len(got), got[34], got[149])
	}
}
