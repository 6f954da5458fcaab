package web

import (
	"net/http/httptest"
	"regexp"
	"slices"
	"testing"
)

var currentLink = regexp.MustCompile(`<a href="([^"]*)" aria-current="([^"]*)">`)

// TestTheMenuSaysWhereYouAre: one link of the section is current, the page itself
// or the nearest above it, also where a section's first page is above the others,
// and one section, also where pages of two begin alike.
func TestTheMenuSaysWhereYouAre(t *testing.T) {
	page := func(*Request) (Answer, error) { return testPage.With("P", personView{}), nil }
	section := func(title, path string, links ...string) Section {
		s := Section{Title: title, Path: path, Object: ObjectPerson}
		for _, l := range links {
			s.Links = append(s.Links, Link{Title: l, Path: l})
			s.Routes = append(s.Routes, Route{Pattern: "GET " + l, Verb: See, Object: ObjectPerson, Do: page}, Route{Pattern: "GET " + l + "/below/{id}", Verb: See, Object: ObjectPerson, Do: page})
		}
		return s
	}
	h, err := New(Options{Door: fakeDoor{}}, section("Notices", "/notices", "/notices", "/notices/hand", "/notices/hand/rounds"), section("Other", "/other", "/other", "/notices/other"),
		section("Apart", "/apart", "/people"))
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string][]string{
		"/notices":                     {"/notices", "true", "/notices", "page"},
		"/notices/below/1":             {"/notices", "true", "/notices", "true"},
		"/notices/hand":                {"/notices", "true", "/notices/hand", "page"},
		"/notices/hand/below/1":        {"/notices", "true", "/notices/hand", "true"},
		"/notices/hand/rounds/below/1": {"/notices", "true", "/notices/hand/rounds", "true"},
		"/notices/other":               {"/other", "true", "/notices/other", "page"},
		"/people/below/1":              {"/apart", "true", "/people", "true"},
		"/":                            nil,
	} {
		r := httptest.NewRequest("GET", path, nil)
		r.Header.Set("X-Who", "ada")
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		var got []string
		for _, m := range currentLink.FindAllStringSubmatch(w.Body.String(), -1) {
			got = append(got, m[1:]...)
		}
		if w.Code != 200 || !slices.Equal(got, want) {
			t.Errorf("%s: status %d, current %q, want %q", path, w.Code, got, want)
		}
	}
}
