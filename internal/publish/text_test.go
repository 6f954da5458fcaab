package publish

import (
	"bytes"
	"net/http"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// Whatever is typed as a text, nothing of it runs or loads, and what is put into
// it stays text.
func FuzzText(f *testing.F) {
	for _, seed := range []string{
		"# A\n\n- [x](javascript:alert(1))\n- [y](/faq \"t\")", "<script>alert(1)</script>", "![p](https://example.org/p.png)", "[[phone]] [[fact 1]] [[fact 2]] [[nothing]]",
		"[a](data:text/html,<script>)", "<https://example.org/\" onclick=x>", "## A\n## A\n", "> q\n***\n1. a\n\n   b", "[x]: javascript:alert(1)\n\n[x]",
	} {
		f.Add(seed)
	}
	facts := map[int64]Fact{1: {ID: 1, Claim: "*A* <img src=x> [l](javascript:x)", AsOf: 1}}
	f.Fuzz(func(t *testing.T, source string) {
		filled, _, _ := fill(source, map[string]string{"phone": "<b>[1](//x)</b>"}, facts)
		out, err := renderMarkdown(markdown, filled)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := html.Parse(bytes.NewReader([]byte(out)))
		if err != nil {
			t.Fatal(err)
		}
		for n := range doc.Descendants() {
			if n.Type != html.ElementNode {
				continue
			}
			if slices.Contains([]string{"script", "style", "iframe", "object", "embed", "form", "input", "link", "base", "meta", "svg"}, n.Data) {
				t.Fatalf("<%s> from %q", n.Data, source)
			}
			for _, a := range n.Attr {
				value := strings.ToLower(strings.TrimSpace(a.Val))
				if strings.HasPrefix(a.Key, "on") || a.Key == "style" || strings.HasPrefix(value, "javascript:") || strings.HasPrefix(value, "data:text") || strings.HasPrefix(value, "vbscript:") {
					t.Fatalf("%s=%q from %q", a.Key, a.Val, source)
				}
			}
		}
		readingOf(passages(filled))
		headings(filled)
	})
}

func TestFill(t *testing.T) {
	facts := map[int64]Fact{12: {ID: 12, Claim: "It is *so*.", AsOf: testNow.Unix()}}
	filled, missing, unknown := fill("Call [[phone]].\nA line [[fact 99]] here.\n[[fact 12]]\n[[fone]]", map[string]string{"phone": "020 7946 0100"}, facts)
	if strings.Contains(filled, "A line") || !strings.Contains(filled, "Call 020 7946 0100.") || !strings.Contains(filled, `It is \*so\* \(as of 12 January 2026\).`) {
		t.Errorf("%q", filled)
	}
	if !slices.Equal(missing, []int64{99}) || !slices.Equal(unknown, []string{"[[fone]]"}) {
		t.Errorf("missing %v, unknown %v", missing, unknown)
	}
}

func TestAcceptsGzip(t *testing.T) {
	for header, want := range map[string]bool{"gzip": true, "br, gzip": true, "gzip;q=0": false, "gzip; q=0.0": false, "gzip;q=0.5": true, "br": false, "": false, "gzip;q=x": false} {
		if got := acceptsGzip(&http.Request{Header: http.Header{"Accept-Encoding": {header}}}); got != want {
			t.Errorf("%q: %t", header, got)
		}
	}
}

// The style names neither GDS Transport nor the crown, loads nothing, is small,
// and has rules for paper.
func TestStyle(t *testing.T) {
	css := string(style)
	for _, never := range []string{"GDS Transport", "crest", "crown", "url(", "@import", "@font-face"} {
		if strings.Contains(css, never) {
			t.Errorf("the style has %q", never)
		}
	}
	if !strings.Contains(css, "@media print") || len(fileOf("text/css", style, forEver).gzip) > 16<<10 {
		t.Errorf("no rules for paper, or %d bytes squeezed", len(fileOf("text/css", style, forEver).gzip))
	}
}
