package main

import (
	"bufio"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"strings"
)

// link runs the test that holds the linkage engine to public data sets with
// truth and prints what it measured. The sets are read, the thresholds fixed
// and the floors kept there, in one place.
func link(ctx context.Context, args []string) error {
	set := flag.NewFlagSet("link", flag.ExitOnError)
	if err := set.Parse(args); err != nil {
		return err
	}
	if _, err := corpus("link"); err != nil {
		return err
	}
	c, failed := timed(ctx, "go", "test", "-count=1", "-json", "-run", "^TestDataSets$", "./internal/linkage")
	t := newTable("data set", "seconds", "measured, over pairs", "floors of the test")
	rows := bufio.NewScanner(strings.NewReader(c.out))
	measured := map[string]string{}
	for rows.Scan() {
		var e testEvent
		if json.Unmarshal(rows.Bytes(), &e) != nil {
			continue
		}
		_, name, _ := strings.Cut(e.Test, "/")
		switch _, figures, ok := strings.Cut(e.Output, ": precision "); {
		case ok:
			measured[name] = "precision " + strings.TrimSpace(figures)
		case name != "" && (e.Action == "pass" || e.Action == "fail"):
			t.row(strings.ReplaceAll(name, "_", " "), e.Elapsed, measured[name], verdict(e.Action == "pass"))
		}
	}
	t.print()
	if failed != nil {
		return fmt.Errorf("a data set is under its floor, or the test did not run: %w", failed)
	}
	return nil
}

// testEvent is a line of go test -json.
type testEvent struct {
	Action, Test, Output string
	Elapsed              float64
}
