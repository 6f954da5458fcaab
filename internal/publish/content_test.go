package publish

import (
	"net/url"
	"slices"
	"strings"
	"testing"
)

var testCouncil = Council{Name: "Northmoor Council", Site: "https://incident.northmoor.example.org", Phone: "020 7946 0100", Hours: "every day, 8am to 8pm",
	Email: "incident@northmoor.example.org", Address: "Town Hall\nHigh Street\nNorthmoor", Officer: "dpo@northmoor.example.org", Press: "020 7946 0101",
	Emergency: []Number{{"Homeless tonight", "020 7946 0102"}, {"Adult social care", "020 7946 0103"}}, Partners: []Number{{"Southmoor Council", "southmoor.example.org"}}}

// The texts that ship are easy to read, their links lead somewhere, and they
// name nothing that is not there.
func TestShippedTexts(t *testing.T) {
	words := testCouncil.words()
	for _, p := range pages {
		title, body := shipped(p.Slug)
		if title == "" || len(body) < 50 {
			t.Errorf("%s: no text ships", p.Slug)
			continue
		}
		for _, f := range check(KindPage, title, body, words, nil) {
			t.Errorf("%s: %s", p.Slug, f)
		}
		filled, _, _ := fill(body, words, nil)
		r := readingOf(passages(filled))
		for _, s := range r.Long {
			t.Errorf("%s: a sentence of more than %d words: %s", p.Slug, longestSentence, s)
		}
		if r.Age > oldestReader {
			t.Errorf("%s: reading age %d, at most %d", p.Slug, r.Age, oldestReader)
		}
	}
}

// Every page of the table has a place of its own, and what stands below another
// names one that is there.
func TestPageTable(t *testing.T) {
	var paths []string
	for _, p := range pages {
		if slices.Contains(paths, p.Path) || p.Below != "" && pageOf(p.Below) == nil {
			t.Errorf("%s: two pages at %s, or none above it", p.Slug, p.Path)
		}
		paths = append(paths, p.Path)
	}
	if !pageOf("at-risk").Exit {
		t.Error("the page for people at risk has no way out")
	}
}

// Where texts lead outside: the addresses are those of public bodies, over TLS.
func TestLinksOutside(t *testing.T) {
	known := []string{"www.ncsc.gov.uk", "www.equalityadvisoryservice.com"}
	for _, p := range pages {
		_, body := shipped(p.Slug)
		for _, l := range links(body) {
			if strings.HasPrefix(l, "/") {
				continue
			}
			u, err := url.Parse(l)
			if err != nil || u.Scheme != "https" || !slices.Contains(known, u.Host) {
				t.Errorf("%s: a link to %s", p.Slug, l)
			}
		}
	}
}

func TestReading(t *testing.T) {
	for _, c := range []struct {
		text     string
		from, to int
	}{
		{"The cat sat on the mat. It was a fat cat.", 5, 7},
		{"We read the files and write to you if we find your name.", 6, 10},
		{"The organisation's information governance infrastructure experienced unauthorised exfiltration of personally identifiable information.", 18, 40},
	} {
		if r := readingOf([]string{c.text}); r.Age < c.from || r.Age > c.to {
			t.Errorf("%q: reading age %d, want %d to %d", c.text, r.Age, c.from, c.to)
		}
	}
}
