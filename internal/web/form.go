package web

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/reeve-council/reeve"
)

// Form reads the fields of a request and gathers what is wrong with them, in
// words that stand beside the field and on top of the page.
type Form struct {
	Errors []FieldError
	get    func(string) string
	all    func(string) []string
}

// FieldError is what is wrong with one field.
type FieldError struct{ Field, Text string }

// Fields reads the form of a POST. A body that is too long or broken is
// reeve.Invalid.
func (r *Request) Fields() (*Form, error) {
	if err := r.ParseForm(); err != nil {
		return nil, reeve.WithHint(fmt.Errorf("read form: %w", reeve.Invalid), "the form was cut short or is too long: send it again")
	}
	return &Form{get: r.PostForm.Get, all: func(n string) []string { return r.PostForm[n] }}, nil
}

// OK reports whether nothing is wrong so far.
func (f *Form) OK() bool { return len(f.Errors) == 0 }

// Fault adds what is wrong with a field.
func (f *Form) Fault(field, text string) { f.Errors = append(f.Errors, FieldError{field, text}) }

// Text is a field without white space around it; one longer than most runes is
// a fault. Invalid UTF-8 and control characters but line breaks and tabs are
// taken out.
func (f *Form) Text(field string, most int) string {
	s := strings.TrimSpace(strings.Map(printable, strings.ToValidUTF8(f.get(field), "")))
	s = strings.ReplaceAll(s, "\r\n", "\n")
	if utf8.RuneCountInString(s) > most {
		f.Fault(field, fmt.Sprintf("Shorten this to %d characters or fewer", most))
	}
	return s
}

func printable(c rune) rune {
	if c < ' ' && c != '\n' && c != '\t' && c != '\r' || c == 0x7f {
		return -1
	}
	return c
}

// Need is Text that must not be empty; otherwise fault says what to enter.
func (f *Form) Need(field string, most int, fault string) string {
	s := f.Text(field, most)
	if s == "" {
		f.Fault(field, fault)
	}
	return s
}

// Choice is a field whose value is one of a list.
func (f *Form) Choice(field, fault string, from ...string) string {
	s := f.get(field)
	if !slices.Contains(from, s) {
		f.Fault(field, fault)
		return ""
	}
	return s
}

// Number is a field that holds a whole number from least to most.
func (f *Form) Number(field, fault string, least, most int64) int64 {
	n, err := strconv.ParseInt(strings.TrimSpace(f.get(field)), 10, 64)
	if err != nil || n < least || n > most {
		f.Fault(field, fault)
		return 0
	}
	return n
}

// Ticked reports whether a box was ticked.
func (f *Form) Ticked(field string) bool { return f.get(field) != "" }

// All gives every value of a field that may be there several times.
func (f *Form) All(field string) []string { return f.all(field) }

// Said is a field exactly as it came: for passwords, and to give a form back.
func (f *Form) Said(field string) string { return f.get(field) }
