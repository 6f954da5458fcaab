package web

import (
	"html/template"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/lex"
)

// value is a personal value as an answer may print it: in clear only if show.
// This is the one place where the web takes a value out of reeve.Sensitive.
func value(s reeve.Sensitive, show bool) string {
	if show {
		return s.Reveal()
	}
	return lex.Mask(s.Kind(), s.Reveal())
}

// valueFuncs is what a template says to print a personal value:
// {{value .Name}}; and {{shown}} tells whether values are in clear.
func valueFuncs(show bool) template.FuncMap {
	return template.FuncMap{
		"value": func(s reeve.Sensitive) string { return value(s, show) },
		"shown": func() bool { return show },
	}
}
