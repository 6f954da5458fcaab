package browser

import (
	"net/http"
	"net/http/httptest"
	"testing"
)

// TestBrowserSeesFaults holds the checks to pages with known faults.
func TestBrowserSeesFaults(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		if r.URL.Path == "/good" {
			w.Write([]byte(`<!DOCTYPE html><html lang="en"><title>Good</title><main><h1>Good</h1><form action="/next"><label for="a">A</label><input id="a" name="a"><button>Go</button></form></main>`))
			return
		}
		w.Write([]byte(`<!DOCTYPE html><html lang="en"><title>Bad</title><main><h1>Bad</h1><input name="a"><img src="data:,"></main>`))
	}))
	defer s.Close()
	b := Open(t)
	b.Size(320, 640)
	b.Go(s.URL + "/good")
	b.Accessible()
	if got := b.Text("h1"); got != "Good" {
		t.Errorf("the heading is %q", got)
	}
	b.Submit("button", "a", "typed")
	if got := b.Where(); got != s.URL+"/next?a=typed" {
		t.Errorf("the form led to %s", got)
	}
	if faults := b.faults(); len(faults) == 0 {
		t.Error("axe found nothing on a page with an unlabelled field")
	}
	b.Script(false)
	b.Go(s.URL + "/good")
	b.Script(true)
}
