package font

import (
	"strings"
	"sync"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/unicode/norm"

	"github.com/reeve-council/reeve/internal/format/pdf/object"
)

// composite is a font with codes of several bytes (Type 0).
type composite struct {
	codes   *cmap             // codes to CIDs
	uni     *cmap             // codes to text; nil for none
	program func() *program   // the embedded font, read when it is asked for
	gids    []byte            // CIDToGIDMap; nil for identity
	legacy  *encoding.Decoder // of codes in an East Asian character set; nil for none
	widths  map[int]float64
	missing float64
}

func loadComposite(f *object.File, d object.Dict) *composite {
	var child object.Dict
	if kids := f.Array(d["DescendantFonts"]); len(kids) > 0 {
		child = f.Dict(kids[0])
	} else {
		child = f.Dict(d["DescendantFonts"])
	}
	w := &composite{uni: toUnicode(f, d), missing: 1, widths: map[int]float64{}}
	w.codes = loadCodes(f, d["Encoding"])
	if w.uni == nil && len(w.codes.spans) > 0 {
		w.uni = w.codes
	}
	if n, ok := f.Number(child["DW"]); ok {
		w.missing = n / 1000
	}
	w.readWidths(f, f.Array(child["W"]))
	if s := f.Stream(child["CIDToGIDMap"]); s != nil {
		w.gids, _ = f.Data(s)
	}
	if w.uni == nil {
		w.legacy = legacyCodes(string(f.Name(d["Encoding"])))
	}
	w.program = sync.OnceValue(func() *program { return loadProgram(f, f.Dict(child["FontDescriptor"])) })
	return w
}

// loadCodes reads the Encoding of a composite font.
func loadCodes(f *object.File, v any) *cmap {
	switch v := f.Resolve(v).(type) {
	case object.Name:
		if m := named(string(v)); m != nil {
			return m
		}
	case *object.Stream:
		data, _ := f.Data(v)
		m := parseCMap(data, named)
		if base := f.Name(v.Dict["UseCMap"]); base != "" && len(m.spaces) == 0 {
			if b := named(string(base)); b != nil {
				m.identity = b.identity
			}
		}
		m.vertical = m.vertical || f.Int(v.Dict["WMode"], 0) == 1
		return m
	}
	return &cmap{identity: true}
}

// readWidths reads "c [w w …]" and "first last w" (ISO 32000-2, 9.7.4.3).
func (w *composite) readWidths(f *object.File, a object.Array) {
	for i := 0; i+1 < len(a) && len(w.widths) < maxMapped; {
		first := f.Int(a[i], 0)
		if list := f.Numbers(a[i+1]); list != nil {
			for k, n := range list {
				w.widths[first+k] = n / 1000
			}
			i += 2
			continue
		}
		if i+2 >= len(a) {
			return
		}
		last := min(f.Int(a[i+1], 0), first+1<<16)
		n, _ := f.Number(a[i+2])
		for c := first; c <= last; c++ {
			w.widths[c] = n / 1000
		}
		i += 3
	}
}

func (w *composite) decode(out []Glyph, b []byte) []Glyph {
	for len(b) > 0 {
		c, n := w.codes.next(b)
		if w.legacy != nil {
			n = legacyLen(b)
			c = code(string(b[:n]))
		}
		cid, _ := w.codes.cid(c)
		g := Glyph{Width: w.missing, Space: n == 1 && c == ' '}
		if width, ok := w.widths[cid]; ok {
			g.Width = width
		}
		if w.legacy != nil {
			g.Text = w.legacyText(b[:n])
		} else {
			g.Text = w.text(c, cid)
		}
		out = append(out, g)
		b = b[n:]
	}
	return out
}

func (w *composite) text(c uint32, cid int) string {
	if w.uni != nil {
		if t, ok := w.uni.text(c); ok {
			return clean(t)
		}
	}
	gid := cid
	if len(w.gids) > 0 {
		if 2*cid+1 >= len(w.gids) {
			return ""
		}
		gid = int(w.gids[2*cid])<<8 | int(w.gids[2*cid+1])
	}
	return clean(w.program().byGlyph(gid, cid))
}

// legacyCodes gives the decoder of a predefined CMap whose codes are those of a
// character set (ISO 32000-2, table 116); nil for others.
func legacyCodes(name string) *encoding.Decoder {
	switch {
	case strings.Contains(name, "RKSJ"):
		return japanese.ShiftJIS.NewDecoder()
	case strings.HasPrefix(name, "EUC-"):
		return japanese.EUCJP.NewDecoder()
	case strings.HasPrefix(name, "GB"):
		return simplifiedchinese.GBK.NewDecoder()
	case strings.HasPrefix(name, "KSC"):
		return korean.EUCKR.NewDecoder()
	case strings.HasPrefix(name, "B5"), strings.HasPrefix(name, "ETen"), strings.HasPrefix(name, "HK"):
		return traditionalchinese.Big5.NewDecoder()
	}
	return nil
}

// legacyLen is the length of the first code: one byte of ASCII or two.
func legacyLen(b []byte) int {
	if b[0] < 0x80 || len(b) < 2 {
		return 1
	}
	return 2
}

func (w *composite) legacyText(b []byte) string {
	s, err := w.legacy.Bytes(b)
	if err != nil {
		return ""
	}
	return clean(string(s))
}

func decomposed(s string) string { return norm.NFD.String(s) }
