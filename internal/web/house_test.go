package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/reeve-council/reeve"
)

// fakeDoor lets in whoever sends the header X-Who, to see and to write, never
// to delete.
type fakeDoor struct{}

func (fakeDoor) Visitor(_ http.ResponseWriter, r *http.Request) (*Visitor, error) {
	if who := r.Header.Get("X-Who"); who != "" {
		return &Visitor{ID: who, Name: who}, nil
	}
	return nil, nil
}

func (fakeDoor) May(v *Visitor, a Act) Ruling {
	if v != nil && (a.Verb == See || a.Verb == Write) {
		return Ruling{Allowed: true}
	}
	return Ruling{Reason: "ask an administrator"}
}

func (fakeDoor) Knows(v Verb, _ Object) bool { return v == See || v == Write || v == Delete }

type personView struct {
	Name   reeve.Sensitive `json:"name"`
	Script string          `json:"script"`
}

func (v personView) Columns() []string { return []string{"name", "script"} }
func (v personView) EachRow(emit func(...any) error) error {
	return emit(v.Name, v.Script)
}

var testPage = NewPage[personView](fstest.MapFS{"pages/p.html": {Data: []byte(`{{define "content"}}<h1>{{value .Name}}</h1><p>{{.Script}}</p>{{end}}`)}}, "p.html")

func testHouse(t *testing.T) *House {
	t.Helper()
	view := func(show bool) func(*Request) (Answer, error) {
		return func(*Request) (Answer, error) {
			return testPage.With("P", personView{reeve.Private(reeve.KindName, "Ada Byron"), "=<script>alert(1)</script>"}).Show(show), nil
		}
	}
	fails := func(err error) func(*Request) (Answer, error) {
		return func(r *Request) (Answer, error) {
			if _, ferr := r.Fields(); ferr != nil {
				return nil, ferr
			}
			return nil, err
		}
	}
	h, err := New(Options{Door: fakeDoor{}, Title: "Test case"}, Section{Title: "People", Path: "/people", Object: ObjectPerson, Routes: []Route{
		{Pattern: "GET /people/{id}", Verb: See, Object: ObjectPerson, Do: view(false)},
		{Pattern: "GET /shown", Verb: See, Object: ObjectPerson, Do: view(true)},
		{Pattern: "POST /people/{id}", Verb: Write, Object: ObjectPerson, Do: fails(fmt.Errorf("keep: %w", reeve.Conflict))},
		{Pattern: "POST /delete", Verb: Delete, Object: ObjectPerson, Do: fails(nil)},
		{Pattern: "GET /panic", Verb: See, Object: ObjectPerson, Do: func(*Request) (Answer, error) { panic("Ada Byron") }},
		{Pattern: "POST /done", Verb: Write, Object: ObjectPerson, Do: func(*Request) (Answer, error) { return Redirect("/people/1", "Kept"), nil }},
	}})
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func send(t *testing.T, h http.Handler, method, path string, form url.Values, header ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(form.Encode()))
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestOneViewThreeForms(t *testing.T) {
	h := testHouse(t)
	for _, c := range []struct{ path, want, never string }{
		{"/people/1", "<h1>A.B.</h1>", "Ada"},
		{"/people/1.json", `{"name":"A.B.","script":"=\u003cscript`, "Ada"},
		{"/people/1.csv", "name,script\r\nA.B.,'=<script>", "Ada"},
		{"/shown", "<h1>Ada Byron</h1>", "<script>alert"},
		{"/shown.json", `"name":"Ada Byron"`, "<script>"},
	} {
		w := send(t, h, "GET", c.path, nil, "X-Who", "u1")
		if w.Code != 200 || !strings.Contains(w.Body.String(), c.want) || strings.Contains(w.Body.String(), c.never) {
			t.Errorf("%s: %d %s", c.path, w.Code, w.Body)
		}
		if w.Header().Get("Content-Security-Policy") == "" {
			t.Errorf("%s: no content-security policy", c.path)
		}
	}
}

func TestDoor(t *testing.T) {
	h := testHouse(t)
	for _, c := range []struct {
		method, path, who string
		status            int
		location          string
	}{
		{"GET", "/people/1", "", 303, "/sign-in?to=%2Fpeople%2F1"},
		{"GET", "/people/1.json", "", 403, ""},
		{"GET", "/nowhere", "", 303, "/sign-in?to=%2Fnowhere"},
		{"GET", "/nowhere", "u1", 404, ""},
		{"POST", "/delete", "u1", 403, ""},
		{"GET", "/panic", "u1", 500, ""},
		{"POST", "/done", "u1", 303, "/people/1"},
	} {
		w := send(t, h, c.method, c.path, url.Values{}, "X-Who", c.who)
		if w.Code != c.status || w.Header().Get("Location") != c.location {
			t.Errorf("%s %s: %d to %q, want %d to %q", c.method, c.path, w.Code, w.Header().Get("Location"), c.status, c.location)
		}
		if strings.Contains(w.Body.String(), "Ada") {
			t.Errorf("%s %s: the answer tells what the panic said", c.method, c.path)
		}
	}
}

func TestOtherOriginsAreRefused(t *testing.T) {
	w := send(t, testHouse(t), "POST", "/done", url.Values{}, "X-Who", "u1", "Sec-Fetch-Site", "cross-site")
	if w.Code != http.StatusForbidden {
		t.Errorf("a form of another site: %d", w.Code)
	}
}

func TestConflictGivesBackWhatWasTyped(t *testing.T) {
	w := send(t, testHouse(t), "POST", "/people/1", url.Values{"why": {"a long reason"}, "password": {"hunter2"}}, "X-Who", "u1")
	if w.Code != http.StatusConflict || !strings.Contains(w.Body.String(), "a long reason") || strings.Contains(w.Body.String(), "hunter2") {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

func TestRouteWithoutPolicyRowIsRefused(t *testing.T) {
	_, err := New(Options{Door: fakeDoor{}}, Section{Routes: []Route{{Pattern: "GET /x", Verb: Export, Object: ObjectPerson}}})
	if err == nil {
		t.Error("a route that the policy does not know was taken")
	}
}

type inner struct {
	Name   reeve.Sensitive `json:"name"`
	hidden string
}

type outer struct {
	inner
	Count int `json:"count"`
}

// TestEmbeddedFieldsAreInJSON: what a view takes over from another type is in
// its JSON, whether that type is exported or not.
func TestEmbeddedFieldsAreInJSON(t *testing.T) {
	v := outer{inner{reeve.Private(reeve.KindName, "Ada Byron"), "not for anybody"}, 3}
	for show, want := range map[bool]string{false: `{"name":"A.B.","count":3}`, true: `{"name":"Ada Byron","count":3}`} {
		got, err := json.Marshal(plain(reflect.ValueOf(v), show))
		if err != nil || string(got) != want {
			t.Errorf("shown %v: %s, %v, want %s", show, got, err, want)
		}
	}
}
