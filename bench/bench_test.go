package main

import (
	"context"
	"strings"
	"testing"
	"time"
)

func TestFigure(t *testing.T) {
	for x, want := range map[float64]string{0: "0", 0.12345: "0.1235", 1.234: "1.23", 12.34: "12.3", 1234.5: "1234"} {
		if got := figure(x); got != want {
			t.Errorf("figure(%v) = %q, want %q", x, got, want)
		}
	}
}

func TestLineEnd(t *testing.T) {
	for _, tt := range []struct {
		text  string
		limit int
		want  int
	}{{"ab\ncd\nef", 7, 6}, {"ab\ncd", 9, 5}, {"abcdef", 3, 3}, {"ab\ncd", 3, 3}} {
		if got := lineEnd(tt.text, tt.limit); got != tt.want {
			t.Errorf("lineEnd(%q, %d) = %d, want %d", tt.text, tt.limit, got, tt.want)
		}
	}
}

// A value is found when a finding starts at it or shortly before it, and reaches
// its end.
func TestRecall(t *testing.T) {
	planted := map[string][]span{"email": {{100, 120}, {300, 320}}}
	if got := recall(planted, []span{{95, 120}, {300, 310}, {10, 400}}); !strings.Contains(got, "email 0.50") {
		t.Errorf("recall = %q, want email 0.50", got)
	}
}

func TestQuarters(t *testing.T) {
	c := cost{memory: []memory{{1e6, 0}, {5e6, 2e6}, {3e6, 0}, {4e6, 1e6}}}
	if got, want := c.quarters(), "1+0  5+2  3+0  4+1"; got != want {
		t.Errorf("quarters = %q, want %q", got, want)
	}
}

func TestTimed(t *testing.T) {
	c, err := timed(context.Background(), "sh", "-c", "sleep 0.3; echo done")
	if err != nil {
		t.Fatal(err)
	}
	if c.out != "done\n" || c.wall < 300*time.Millisecond || c.peak == 0 || len(c.memory) == 0 {
		t.Errorf("a command of 0.3 s cost %+v", c)
	}
	if _, err := timed(context.Background(), "sh", "-c", "exit 3"); err == nil {
		t.Error("a command that fails gives no error")
	}
}
