package rtf

import (
	"strings"
	"testing"
)

func TestOriginal(t *testing.T) {
	for _, c := range []struct {
		name, rtf, want string
		kind            Kind
	}{
		{"page", `{\rtf1\ansi\ansicpg1252\fromhtml1 \deff0{\fonttbl{\f0 Arial;}{\f1\fcharset204 Arial;}}` +
			`{\*\htmltag18 <html>}{\*\htmltag64 <p>}\htmlrtf {\htmlrtf0 Caf\'e9 {\f1 \'c0\'ed\'ed\'e0} \u8364? {\*\htmltag84 &nbsp;}\htmlrtf \'a0\htmlrtf0` +
			`{\*\mhtmltag84 gone}\htmlrtf\par}\htmlrtf0{\*\htmltag72 </p>}\par{\*\htmltag27 </html>}}`,
			"<html><p>Café Анна € &nbsp;</p>\r\n</html>", FromHTML},
		{"text", `{\rtf1\ansi\fromtext \deff0{\fonttbl{\f0 Arial;}}\uc1\pard Dear Sam,\par \{a\}\tab b\par}`, "Dear Sam,\r\n{a}\tb\r\n", FromText},
		{"genuine", `{\rtf1\ansi\deff0 Words}`, "", Genuine},
		{"cut", `{\rtf1\fromhtml1 {\*\htmltag64 <p>}Half a`, "<p>Half a", FromHTML},
		{"none", "", "", Genuine},
	} {
		got, kind := Original(strings.NewReader(c.rtf))
		if got != c.want || kind != c.kind {
			t.Errorf("%s: %q %d, want %q %d", c.name, got, kind, c.want, c.kind)
		}
	}
}

func FuzzOriginal(f *testing.F) {
	f.Add(`{\rtf1\fromhtml1{\fonttbl{\f0\fcharset128 A;}}{\*\htmltag64 <p>}\htmlrtf x\htmlrtf0\u-10179?\u-9146?\bin3 abc}`)
	f.Fuzz(func(t *testing.T, s string) {
		if got, kind := Original(strings.NewReader(s)); kind == Genuine && got != "" || len(got) > 4*len(s)+16 {
			t.Fatalf("%d bytes of %d", len(got), len(s))
		}
	})
}
