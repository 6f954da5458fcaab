package ooxml

import (
	"bytes"
	"strings"

	"github.com/reeve-council/reeve"
)

// maxControl is the longest content of a form control that is given out as
// label and value; a longer one is prose and stands in the text.
const maxControl = 1000

// control is an open content control (17.5.2).
type control struct {
	label   string
	text    []byte
	passive bool // shows its prompt, or holds a table of contents
}

// controlProperties reads what the control at hand is called.
func (w *walker) controlProperties() {
	c := &control{}
	if n := len(w.controls); n > 0 {
		c = &w.controls[n-1]
	}
	w.inside(func(local string) {
		switch local {
		case "alias":
			c.label = w.scan.Get("val")
		case "tag":
			if c.label == "" {
				c.label = w.scan.Get("val")
			}
		case "showingPlcHdr":
			c.passive = on(w.scan)
		case "docPartObj", "docPartGallery":
			c.passive = true
		case "rPr":
			w.scan.Skip()
		}
	})
}

// fillControl notes text for the innermost control.
func (w *walker) fillControl(b []byte) {
	if n := len(w.controls); n > 0 {
		if c := &w.controls[n-1]; len(c.text) <= maxControl {
			c.text = append(c.text, b...)
		}
	}
}

func (w *walker) endControl() {
	n := len(w.controls)
	if n == 0 {
		return
	}
	c := w.controls[n-1]
	w.controls = w.controls[:n-1]
	if !c.passive && len(c.text) <= maxControl {
		w.form(c.label, string(c.text))
	}
}

// form sets label and value aside.
func (w *walker) form(label, value string) {
	label = strings.TrimRight(strings.Join(strings.Fields(label), " "), ":")
	value = strings.Join(strings.Fields(value), " ")
	if label != "" && value != "" && len(label) <= maxControl {
		w.margin.Add(w.place, reeve.LayerForm, []byte(label+": "+value))
	}
}

// formField reads a legacy form field (17.16.17). What a list or a box shows
// is not in the text, so it is added there.
func (w *walker) formField() {
	var label, value string
	var entries []string
	choice, fallback := "", ""
	box, ticked := false, false
	w.inside(func(local string) {
		val := w.scan.Get("val")
		switch local {
		case "name":
			label = val
		case "ddList":
			choice, fallback = "0", ""
		case "result":
			choice = val
		case "default":
			fallback = val
			ticked = on(w.scan)
		case "listEntry":
			if len(entries) < 1000 {
				entries = append(entries, val)
			}
		case "checkBox":
			box, ticked = true, false
		case "checked":
			ticked = on(w.scan)
		}
	})
	switch {
	case box && ticked:
		value = "☒"
	case box:
		value = "☐"
	default:
		value = pick(entries, choice, fallback)
	}
	w.add([]byte(value))
	if !unnamed(label) {
		w.form(label, value)
	}
}

// pick is the entry of a list with the index that one of the words gives.
func pick(entries []string, words ...string) string {
	for _, word := range words {
		n := 0
		for _, c := range word {
			if c < '0' || c > '9' || n > len(entries) {
				n = len(entries)
				break
			}
			n = n*10 + int(c-'0')
		}
		if word != "" && n < len(entries) {
			return entries[n]
		}
	}
	return ""
}

// unnamed reports whether a field has the name that the program gave it.
func unnamed(label string) bool {
	stem := strings.TrimRight(label, "0123456789")
	return stem == "" || stem == "Text" || stem == "Check" || stem == "Dropdown"
}

// plainFields are the fields whose instructions say nothing of people.
var plainFields = map[string]bool{
	"PAGE": true, "NUMPAGES": true, "SECTIONPAGES": true, "TOC": true, "PAGEREF": true, "REF": true, "SEQ": true,
	"STYLEREF": true, "FORMTEXT": true, "FORMCHECKBOX": true, "FORMDROPDOWN": true, "DATE": true, "TIME": true,
	"SYMBOL": true, "EMBED": true, "NOTEREF": true, "LISTNUM": true, "=": true, "EQ": true, "SAVEDATE": true,
	"CREATEDATE": true, "PRINTDATE": true, "FILESIZE": true, "NEXT": true, "SHAPE": true, "XE": true, "TC": true,
}

// field lists the instruction of a field where it may hold more than its
// result shows: the address behind a link, the source of a merge.
func (w *walker) field(instruction string) {
	words := strings.Fields(instruction)
	if len(words) < 2 || plainFields[strings.ToUpper(words[0])] {
		return
	}
	line := strings.Join(words, " ")
	if w.margin.Fresh("field", line) {
		w.margin.Add("fields", reeve.LayerMetadata, bytes.TrimSpace([]byte(line)))
	}
}
