package main

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/reeve-council/reeve/internal/demo"
	"github.com/reeve-council/reeve/internal/demo/plant"
	"github.com/reeve-council/reeve/internal/sweep"
	"github.com/reeve-council/reeve/internal/web/webtest"
	"github.com/reeve-council/reeve/internal/web/webtest/browser"
)

// heaviest is what a page may weigh, in bytes; style and script, which browsers
// keep, are squeezed and not counted.
const heaviest = 150_000

// smallCase sweeps a small invented council into a case.
func smallCase(t *testing.T) (dir string) {
	t.Helper()
	council := t.TempDir()
	truth, err := demo.Plant(t.Context(), council, plant.Options{Seed: 7, People: 300, Documents: 150})
	if err != nil {
		t.Fatal(err)
	}
	opt, err := demo.Sweep(council, truth)
	if err != nil {
		t.Fatal(err)
	}
	opt.NoOCR = true
	dir = filepath.Join(t.TempDir(), "case")
	kase, err := sweep.Make(t.Context(), dir, "")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := kase.Sweep(t.Context(), opt); err != nil {
		t.Fatal(err)
	}
	if err := kase.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

// walker serves a case and signs in as its first administrator.
func walker(t *testing.T, dir string) *webtest.Walker {
	t.Helper()
	out, _, _ := serving(t, "--case", dir, "--addr", "127.0.0.1:0")
	w, err := webtest.First(firstLink.FindString(out.String()))
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// TestEveryPage follows every link of the workspace and holds each sort of page
// to what is promised of all: no error, no weight, and in a real browser nothing
// that axe calls serious or critical and nothing wider than 320 pixels.
func TestEveryPage(t *testing.T) {
	if testing.Short() {
		t.Skip("a walk through every page in a browser takes half a minute")
	}
	w := walker(t, smallCase(t))
	var pages []string
	shapes := map[string]bool{}
	err := w.Crawl(2, []string{"/assets/"}, func(g webtest.Got) error {
		if g.Status != 200 {
			t.Errorf("%s: status %d", g.Path, g.Status)
		}
		if strings.HasPrefix(g.Type, "text/html") {
			if fault := g.MenuFault(); fault != "" {
				t.Errorf("%s: %s", g.Path, fault)
			}
			if len(g.Body) > heaviest {
				t.Errorf("%s weighs %d bytes", g.Path, len(g.Body))
			}
			if !shapes[g.Shape] {
				shapes[g.Shape] = true
				pages = append(pages, g.Path)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(pages) < 40 {
		t.Errorf("the walk met %d sorts of page alone: %s", len(pages), strings.Join(pages, " "))
	}
	slices.Sort(pages)
	b := browser.Open(t)
	b.Go(w.Base + "/sign-in")
	b.Submit("main form button", "name", "dana", "password", "copper lantern willow")
	for _, width := range []int64{1200, 320} {
		b.Size(width, 700)
		for _, p := range pages {
			b.Go(w.Base + p)
			b.Accessible()
		}
	}
}
