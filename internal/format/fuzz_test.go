package format

import (
	"bytes"
	"testing"

	"github.com/reeve-council/reeve/internal/format/part"
)

// seeds are small whole files, one for each reader that is not fuzzed with
// better seeds in its own room.
var seeds = []string{
	"plain words\r\nof two lines\n",
	"a,b\n\"1\n2\",3\n",
	`[{"a":1},{"a":2,"b":{"c":[1,2]}}]`,
	"<html><table><tr><td>a<td>b</table><input value=x name=y>",
	`<?xml version="1.0"?><a><b id="1"><c>x</c></b><b id="2"><c>y</c></b></a>`,
	`{\rtf1\ansi {\fonttbl{\f0\fcharset238 A;}}\trowd a\cell\row\u233 e\bin3 abc}`,
	"From: a@example.org\nTo: b@example.org\nSubject: x\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nx\n--b--\n",
	"From a Mon Jun 01 10:00:00 2009\nFrom: a@example.org\nSubject: x\n\nx\n",
	"BEGIN:VCARD\nN:Sample;Zo\nEND:VCARD\n",
	"dn: cn=a\ncn:: Wm/Dqw==\n",
	"-- MySQL dump\nCREATE TABLE `a` (`b` int);\nINSERT INTO `a` VALUES (1,'x'),(2,CAST(N'y' AS Date));\n",
	"SQLite format 3\x00\x10\x00\x01\x01\x00\x40\x20\x20",
	"\x89PNG\r\n\x1a\n\x00\x00\x00\x0DIHDR\x00\x00\x04\x00\x00\x00\x04\x00",
	"PK\x03\x04\x14\x00\x00\x00\x00\x00",
}

// fuzzLimits are low, so that a reader that ignores them shows.
var fuzzLimits = part.Limits{Text: 8 << 20, Cells: 1e6, Pages: 5000, Steps: 5e6, Expanded: 8 << 20, Embedded: 5000}

// FuzzRead holds every reader to the contract on any bytes: no panic, exactly
// one known status with its reason, clean blocks within their limits, and no
// more text than the limit allows. The first byte picks the reader, so that
// each meets bytes that Identify would never give it.
func FuzzRead(f *testing.F) {
	for _, s := range seeds {
		for n := range readers() {
			f.Add(byte(n), []byte(s))
		}
	}
	f.Fuzz(func(t *testing.T, pick byte, b []byte) {
		src := Source{Reader: bytes.NewReader(b), Size: int64(len(b))}
		all := readers()
		types := []Type{Identify(src), all[int(pick)%len(all)]}
		for _, typ := range types {
			y := &tally{}
			out := Read(typ, src, Options{Limits: fuzzLimits}, y)
			if bad := y.check(out); bad != "" {
				t.Fatalf("%s: %s", typ.Name, bad)
			}
			if y.letters > int(fuzzLimits.Text)+1<<21 || y.embedded > fuzzLimits.Embedded {
				t.Fatalf("%s: %d letters, %d embedded", typ.Name, y.letters, y.embedded)
			}
		}
	})
}

// readers are the types that have one.
func readers() (types []Type) {
	for _, f := range formats {
		if f.Read != nil {
			types = append(types, Type{Name: f.Name})
		}
	}
	return types
}
