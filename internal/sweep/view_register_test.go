package sweep_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/reeve-council/reeve/internal/sandbox"
	"github.com/reeve-council/reeve/internal/sweep"
)

// TestPreviewRegister: the head of a register tells its layout and columns, and
// nothing of people who would be sealed.
func TestPreviewRegister(t *testing.T) {
	dir := t.TempDir()
	c, err := sweep.Make(t.Context(), filepath.Join(dir, "case"), "")
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	preview := func(text string, columns map[string]string) sweep.RegisterPreview {
		path := filepath.Join(dir, "r.csv")
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		p, err := c.PreviewRegister(t.Context(), sweep.RegisterFlag{Path: path}, columns, sandbox.Options{})
		if err != nil {
			t.Fatal(err)
		}
		return p
	}
	const head = "source_system,source_person_id,surname,restricted,extra\n"
	p := preview(head+"H,1,Quillfeather,,x7\nH,2,Hiddenham,Y,x8\nH,,Nameless,,\n", nil)
	if p.Kind != "generic" || len(p.Rows) != 2 || len(p.Bad) != 1 || p.Columns[2].Generic != "surname" || p.Columns[2].Shape != "aaaaaaaaaaaa" || p.Columns[4].Generic != "" {
		t.Errorf("%+v", p)
	}
	if s := fmt.Sprint(p); strings.Contains(s, "Quill") || strings.Contains(s, "Hidden") {
		t.Errorf("a preview prints values: %s", s)
	}
	if p := preview("Sys,Last\nL,Quillfeather\n", nil); p.Kind != "" || len(p.Rows) != 0 || p.Columns[1].Header != "Last" {
		t.Errorf("an unknown layout: %+v", p)
	}
	p = preview("Sys,No,Last\nL,7,Quillfeather\n", map[string]string{"Sys": "source_system", "No": "source_person_id", "Last": "surname"})
	if p.Kind != "generic" || len(p.Rows) != 1 {
		t.Errorf("a mapped layout: %+v", p)
	}
	if p := preview("AB123456,1984-03-09,Quillfeather\nAB123457,1984-03-10,Byron\n", nil); !p.Bare || p.Columns[2].Header != "" {
		t.Errorf("a file without headers: %+v", p)
	}
	if p := preview(head+strings.Repeat("H,1,A,,\n", 5000), nil); len(p.Rows) == 0 || len(p.Rows) > 20 {
		t.Errorf("%d rows of a long register", len(p.Rows))
	}
}

// TestItemsAndCoverageAgree: the pages of items hold every item once, and the
// lines of coverage add up to them.
func TestItemsAndCoverageAgree(t *testing.T) {
	dir, truth := plantCouncil(t, 60, 40)
	c, err := sweep.Make(t.Context(), filepath.Join(dir, "case"), "")
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if _, err := c.Sweep(t.Context(), planted(dir, truth)); err != nil {
		t.Fatal(err)
	}
	seen, last := int64(0), int64(0)
	for after := int64(0); ; {
		page, err := c.Items(t.Context(), sweep.ItemsQuery{After: after, Limit: 7})
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range page.Items {
			if i.ID <= last {
				t.Fatalf("item %d behind %d", i.ID, last)
			}
			seen, last = seen+1, i.ID
		}
		if after = page.Next; after == 0 {
			break
		}
	}
	lines, err := c.Coverage(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var counted, locked int64
	for _, l := range lines {
		counted += l.Items
		if l.Status == "encrypted" {
			locked += l.Items
		}
		if l.Urgent > l.Items || l.Status == "read" && l.Urgent > 0 {
			t.Errorf("%+v", l)
		}
	}
	page, err := c.Items(t.Context(), sweep.ItemsQuery{Status: "encrypted"})
	if err != nil || counted != seen || int64(len(page.Items)) != locked {
		t.Errorf("%d items, %d counted; %d locked, %d counted: %v", seen, counted, len(page.Items), locked, err)
	}
	if page, err := c.Items(t.Context(), sweep.ItemsQuery{Scope: sweep.Scope{Councils: []string{"ELSEWHERE"}}}); err != nil || len(page.Items) != 0 {
		t.Errorf("another council sees %d items: %v", len(page.Items), err)
	}
}
