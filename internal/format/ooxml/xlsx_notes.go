package ooxml

import (
	"bytes"
	"strconv"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/xmlscan"
)

// comments reads the notes of a sheet (18.7). Where there are threaded
// comments too, the notes that merely stand in for them are left out.
func (b *workbook) comments(name, place string, threaded bool) {
	if !b.once("comments", name) {
		return
	}
	var authors []string
	var text []byte
	var ref string
	b.out.Begin(place+" comments", reeve.LayerComment)
	b.scan(name, func(s *xmlscan.Scanner) {
		inText, inAuthor := false, false
		for kind := s.Next(); kind != xmlscan.None && b.out.Err() == nil; kind = s.Next() {
			local := string(s.Local())
			switch {
			case kind == xmlscan.Text && (inText || inAuthor):
				if len(text) < reeve.MaxBlockText {
					text = append(text, s.Text()...)
				}
			case kind == xmlscan.Start && local == "author":
				text, inAuthor = text[:0], true
			case kind == xmlscan.End && local == "author":
				authors, inAuthor = append(authors, string(text)), false
				b.margin.Person("Comment by", string(text))
			case kind == xmlscan.Start && local == "comment":
				text, ref = text[:0], s.Get("ref")
				b.noteAuthor(authors, s.Get("authorId"))
			case local == "rPh" && kind == xmlscan.Start:
				s.Skip()
			case local == "t":
				inText = kind == xmlscan.Start
			case kind == xmlscan.End && local == "comment":
				if !threaded || !bytes.HasPrefix(text, []byte("[Threaded comment]")) {
					b.note(ref, text)
				}
			}
		}
	})
}

// noteAuthor writes whose note follows.
func (b *workbook) noteAuthor(authors []string, id string) {
	if n, err := strconv.Atoi(id); err == nil && n >= 0 && n < len(authors) {
		b.out.Pair("Comment by", authors[n])
	}
}

// note writes a note as lines of its own, headed by its cell.
func (b *workbook) note(ref string, text []byte) {
	if text = bytes.TrimSpace(unescapeX(text)); len(text) > 0 {
		b.out.Line("On cell " + ref)
		b.out.Line(string(text))
	}
	b.out.Blank()
}

// threadedComments reads the conversations of newer programs ([MS-XLSX]
// 2.1.17).
func (b *workbook) threadedComments(name, place string) {
	if !b.once("comments", name) {
		return
	}
	b.out.Begin(place+" comments", reeve.LayerComment)
	b.scan(name, func(s *xmlscan.Scanner) {
		var ref string
		var text []byte
		inText := false
		for kind := s.Next(); kind != xmlscan.None && b.out.Err() == nil; kind = s.Next() {
			local := string(s.Local())
			switch {
			case kind == xmlscan.Text && inText && len(text) < reeve.MaxBlockText:
				text = append(text, s.Text()...)
			case kind == xmlscan.Start && local == "threadedComment":
				ref, text = s.Get("ref"), text[:0]
				b.out.Pair("Comment by", b.people[s.Get("personId")])
			case local == "text":
				inText = kind == xmlscan.Start
			case kind == xmlscan.End && local == "threadedComment":
				b.note(ref, text)
			}
		}
	})
}

// readPeople reads who takes part in conversations.
func (b *workbook) readPeople(name string) {
	b.people = map[string]string{}
	b.scan(name, func(s *xmlscan.Scanner) {
		for kind := s.Next(); kind != xmlscan.None && len(b.people) < maxRelations; kind = s.Next() {
			if kind == xmlscan.Start && string(s.Local()) == "person" {
				b.people[s.Get("id")] = s.Get("displayName")
				b.margin.Person("Comment by", s.Get("displayName"))
				b.margin.Person("Account", s.Get("userId"))
			}
		}
	})
}

// controlsText reads what the controls and boxes of an old drawing say.
func (b *workbook) controlsText(name, place string) {
	if !b.once("drawing", name) {
		return
	}
	b.out.Begin(place+" controls", reeve.LayerBody)
	b.scan(name, func(s *xmlscan.Scanner) {
		boxes := 0
		for kind := s.Next(); kind != xmlscan.None && b.out.Err() == nil; kind = s.Next() {
			switch {
			case kind == xmlscan.Text && boxes > 0:
				if line := bytes.TrimSpace(s.Text()); len(line) > 0 {
					b.out.Line(string(line))
				}
			case kind == xmlscan.Start && string(s.Local()) == "textbox":
				boxes++
			case kind == xmlscan.End && string(s.Local()) == "textbox":
				boxes--
			}
		}
	})
}
