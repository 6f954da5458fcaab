package markup

import (
	"strings"
	"testing"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/formattest"
	"github.com/reeve-council/reeve/internal/format/part"
)

func TestReadHTMLGolden(t *testing.T) { formattest.Golden(t, "case.html", ReadHTML) }

func TestReadXMLGolden(t *testing.T) { formattest.Golden(t, "case.xml", ReadXML) }

func TestReadBookGolden(t *testing.T) { formattest.Golden(t, "book.xml", ReadXML) }

func TestDeclaredCharset(t *testing.T) {
	for in, want := range map[string]string{
		`<meta charset="iso-8859-2">`: "iso-8859-2",
		`<META http-equiv=Content-Type content="text/html; charset=windows-1251">`: "windows-1251",
		`<?xml version="1.0" encoding='koi8-r'?>`:                                  "koi8-r",
		`<p>no charset here</p>`:                                                   "",
	} {
		if got := DeclaredCharset([]byte(in)); got != want {
			t.Errorf("DeclaredCharset(%q) = %q", in, got)
		}
	}
}

func BenchmarkReadHTML(b *testing.B) {
	in := "<html><body>" + strings.Repeat("<p>The tenant, <b>Mrs Smith</b> of 12 High Street, called about the rent.</p>\n<table><tr><td>Smith</td><td>12/03/1961</td></tr></table>", 20000)
	src := part.Source{Reader: strings.NewReader(in), Size: int64(len(in))}
	b.SetBytes(src.Size)
	for b.Loop() {
		ReadHTML(src, part.Options{}, discard{})
	}
}

type discard struct{}

func (discard) Block(reeve.Block) error   { return nil }
func (discard) Embed(part.Embedded) error { return nil }
