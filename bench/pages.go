package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"slices"
	"strings"
	"time"

	"github.com/reeve-council/reeve/internal/web/webtest"
)

// pageTimes are the loads of the pages of one shape.
type pageTimes struct {
	took    []time.Duration
	largest int
	bad     string
}

// pagesMeasure walks all pages of the workspace of a large case and says how
// long each sort of page takes and how large it is. It makes a first
// administrator in the case, so give it one that nobody needs.
func pagesMeasure(ctx context.Context, args []string) error {
	set := flag.NewFlagSet("pages", flag.ExitOnError)
	kase := set.String("case", "bigcase", "a case that was never served, as bigcase makes it")
	each := set.Int("each", 4, "pages of every shape")
	times := set.Int("times", 5, "loads of every page")
	if err := set.Parse(args); err != nil {
		return err
	}
	link, stop, err := startServe(ctx, *kase)
	if err != nil {
		return err
	}
	defer stop()
	w, err := webtest.First(link)
	if err != nil {
		return err
	}
	shapes := map[string]*pageTimes{}
	err = w.Crawl(*each, []string{"/assets/", "/sign-out"}, func(g webtest.Got) error {
		s := shapes[g.Shape]
		if s == nil {
			s = &pageTimes{}
			shapes[g.Shape] = s
		}
		return s.load(w, g, *times)
	})
	if err != nil {
		return err
	}
	printPages(shapes)
	return nil
}

func (s *pageTimes) load(w *webtest.Walker, g webtest.Got, times int) error {
	s.largest = max(s.largest, len(g.Body))
	if g.Status >= 500 {
		s.bad = fmt.Sprint(g.Status, " ", g.Path)
	}
	for range times {
		again, err := w.Get(g.Path)
		if err != nil {
			return err
		}
		s.took = append(s.took, again.Took)
	}
	return nil
}

func printPages(shapes map[string]*pageTimes) {
	names := make([]string, 0, len(shapes))
	for n := range shapes {
		names = append(names, n)
	}
	slices.Sort(names)
	t := newTable("page", "loads", "median ms", "longest ms", "kB", "")
	slow, large := 0, 0
	for _, n := range names {
		s := shapes[n]
		slices.Sort(s.took)
		middle, longest := s.took[len(s.took)/2], s.took[len(s.took)-1]
		if middle >= 100*time.Millisecond {
			slow++
		}
		if s.largest >= 150_000 {
			large++
		}
		t.row(n, len(s.took), milliseconds(middle), milliseconds(longest), s.largest/1000, s.bad)
	}
	t.print()
	fmt.Printf("%d sorts of page; median of 100 ms or more: %d; 150 kB or more: %d\n", len(names), slow, large)
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// startServe starts ./reeve serve on a case and gives the link of the first
// administrator.
func startServe(ctx context.Context, dir string) (link string, stop func(), err error) {
	cmd := exec.CommandContext(ctx, "./reeve", "serve", "--case", dir, "--addr", "127.0.0.1:0")
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	out, err := cmd.StdoutPipe()
	if err != nil {
		return "", nil, err
	}
	if err := cmd.Start(); err != nil {
		return "", nil, err
	}
	stop = func() {
		cmd.Process.Signal(os.Interrupt)
		cmd.Wait()
	}
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if at := strings.TrimSpace(lines.Text()); strings.Contains(at, "/first?link=") {
			return at, stop, nil
		}
	}
	stop()
	return "", nil, errors.New("./reeve serve gave no link for a first administrator: was the case served before?")
}
