package web

import (
	"reflect"
	"strings"
	"testing"
	"testing/fstest"
)

type checked struct {
	Name  string
	Lines []struct{ Text string }
	By    map[string]int
}

func (checked) Title() string { return "" }

func TestTemplatesAreChecked(t *testing.T) {
	for text, want := range map[string]string{
		`{{.Name}}{{.Title}}{{range .Lines}}{{.Text}}{{$.Name}}{{end}}`:               "",
		`{{range $i, $l := .Lines}}{{$i}}{{$l.Text}}{{end}}{{range .By}}{{.}}{{end}}`: "",
		`{{if eq .Name "x"}}{{.Nmae}}{{end}}`:                                         "no Nmae",
		`{{range .Lines}}{{.Name}}{{end}}`:                                            "no Name",
		`{{with .Name}}{{.Text}}{{end}}`:                                              "no Text",
		`{{range .Name}}{{end}}`:                                                      "cannot range",
		`{{value .Name}}`:                                                             "value wants",
		`{{template "reveal" dict "Thing" .Nome}}`:                                    "no Nome",
		`{{template "nothing" .}}`:                                                    "nothing",
	} {
		err := func() (err error) {
			defer func() {
				if p := recover(); p != nil {
					t.Errorf("%s: %v", text, p)
				}
			}()
			return NewPage[checked](fstest.MapFS{"pages/x.html": {Data: []byte(`{{define "content"}}` + text + `{{end}}`)}}, "x.html").Check()
		}()
		if (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", text, err, want)
		}
	}
}

func TestOwnPages(t *testing.T) {
	if err := homePage.Check(); err != nil {
		t.Error(err)
	}
	c := checker{templates: homePage.sheet.mask, done: make(map[string]bool)}
	c.template("page", frameType)
	if c.err != nil {
		t.Error(c.err)
	}
	f := sheet{name: "fault", mask: faultPage, view: faultType}
	if err := f.check(); err != nil {
		t.Error(err)
	}
}

var (
	frameType = reflect.TypeFor[frame]()
	faultType = reflect.TypeFor[faultView]()
)
