package main

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/reeve-council/reeve/internal/mail"
)

func TestPostbox(t *testing.T) {
	for _, c := range []struct {
		name  string
		flags mailFlags
		send  bool
		bad   bool
	}{
		{"none", mailFlags{}, false, false},
		{"a server", mailFlags{server: "mail.council.example.org", from: "reeve@council.example.org"}, true, false},
		{"its TLS port", mailFlags{server: "mail.council.example.org:465", from: "reeve@council.example.org"}, true, false},
		{"no sender", mailFlags{server: "mail.council.example.org"}, false, true},
		{"no port", mailFlags{server: "mail.council.example.org:x", from: "a@example.org"}, false, true},
		{"no address", mailFlags{server: "mail.council.example.org", from: "reeve"}, false, true},
		{"less than none", mailFlags{server: "mail.council.example.org", from: "a@example.org", day: -1}, false, true},
		{"bounces of nothing", mailFlags{bounces: "x"}, false, true},
		{"both", mailFlags{server: "mail.council.example.org", drop: "x", from: "a@example.org"}, false, true},
	} {
		p, err := c.flags.open()
		if (err != nil) != c.bad || (p.send != nil && err == nil) != c.send {
			t.Errorf("%s: sends %v, error %v", c.name, p.send != nil, err)
		}
	}
	dir := filepath.Join(t.TempDir(), "drop")
	p, err := (&mailFlags{drop: dir, from: "reeve@council.example.org"}).open()
	if err != nil {
		t.Fatal(err)
	}
	m := &mail.Message{ID: "1@council.example.org", From: p.from, To: []mail.Address{{Mail: "lead@council.example.org"}}, Subject: "A clock ends", Text: "Tomorrow.", Date: time.Unix(1_800_000_000, 0)}
	if p.domain() != "council.example.org" {
		t.Errorf("domain %q", p.domain())
	}
	if err := p.send.Send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	if files, err := os.ReadDir(dir); err != nil || len(files) != 1 {
		t.Errorf("in the folder: %v, %v", files, err)
	}
}
