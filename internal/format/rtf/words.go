package rtf

import "github.com/reeve-council/reeve"

// word takes a control word.
func (d *document) word(t token) {
	star := d.star
	d.star = false
	if t.name == "u" {
		d.unicode(t.num)
		return
	}
	if t.name == "bin" {
		d.binary(t.num)
		return
	}
	if d.skip > 0 && d.state.uc > 0 {
		d.skip--
	}
	if to, ok := destinations[t.name]; ok {
		d.enter(t.name, to)
		return
	}
	if star && d.state.dest != info {
		d.state.dest = skipped
		return
	}
	if d.state.dest == skipped || d.state.dest == fieldCode {
		return
	}
	switch {
	case d.font(t), d.character(t):
	case d.state.dest == info:
		d.date(t)
	default:
		d.layout(t)
	}
}

// enter begins a destination. Within one that is passed over everything is.
func (d *document) enter(name string, to dest) {
	if d.state.dest == skipped {
		return
	}
	d.decode()
	switch {
	case to == body: // \shptxt, \fldrslt: text of the document again
		if d.state.dest == fieldCode {
			d.state.dest = body
		}
		return
	case to == info && name != "info":
		if d.state.dest == info {
			d.state.name = name
		}
		return
	case to == object:
		d.objects.begin()
	case to == notes || to == comments:
		d.flowOf(to).endLine(d.w)
	}
	d.state.dest = to
}

// destinations are the groups that are not running text, by the word that
// begins them (1.9.1 appendix B lists all).
var destinations = map[string]dest{
	"fonttbl": fontTable, "colortbl": skipped, "stylesheet": skipped, "listtable": skipped, "listoverridetable": skipped, "revtbl": skipped,
	"rsidtbl": skipped, "generator": skipped, "pict": skipped, "themedata": skipped, "colorschememapping": skipped, "latentstyles": skipped,
	"datastore": skipped, "xmlnstbl": skipped, "nonshppict": skipped, "falt": skipped, "panose": skipped, "filetbl": skipped, "mmathPr": skipped,
	"pnseclvl": skipped, "pgdsctbl": skipped, "listtext": body, "bkmkstart": skipped, "bkmkend": skipped, "fldinst": fieldCode, "fldrslt": body,
	"objclass": skipped, "objname": skipped, "objalias": skipped, "objdata": object, "result": body, "shptxt": body, "shprslt": skipped, "shpinst": body, "do": body, "dptxbxtext": body,
	"sp": body, "sn": skipped, "sv": skipped, "header": headers, "headerl": headers, "headerr": headers, "headerf": headers, "footer": headers,
	"footerl": headers, "footerr": headers, "footerf": headers, "footnote": notes, "annotation": comments, "atnid": comments, "atnauthor": comments,
	"atndate": skipped, "atnref": skipped, "atnparent": skipped, "atrfstart": skipped, "atrfend": skipped, "atntime": skipped, "info": info,
	"title": info, "subject": info, "author": info, "manager": info, "company": info, "operator": info, "category": info, "keywords": info,
	"comment": info, "doccomm": info, "creatim": info, "revtim": info, "printim": info, "buptim": skipped, "hlinkbase": skipped, "userprops": skipped,
	"template": skipped, "docvar": skipped, "ftnsep": skipped, "ftnsepc": skipped, "aftnsep": skipped, "aftnsepc": skipped, "xe": skipped, "tc": skipped,
	"fname": skipped, "background": body, "pn": skipped, "pntext": body, "wgrffmtfilter": skipped, "htmltag": skipped, "mhtmltag": skipped,
}

// font takes the words of the font table and of fonts in text.
func (d *document) font(t token) bool {
	switch t.name {
	case "f":
		d.decode()
		d.state.font = t.num
	case "fcharset":
		if d.state.dest == fontTable {
			d.fonts[d.state.font] = charsetPage(t.num)
		}
	case "cpg":
		if d.state.dest == fontTable && t.num > 0 {
			d.fonts[d.state.font] = t.num
		}
	case "ansicpg":
		if t.num > 0 {
			d.page = t.num
		}
	case "mac":
		d.page = 10000
	case "pc":
		d.page = 437
	case "pca":
		d.page = 850
	case "deff":
		d.deflt = t.num
		d.state.font = t.num
	case "plain":
		d.decode()
		d.state.font = d.deflt
		d.state.hidden, d.state.deleted = false, false
	case "uc":
		d.state.uc = min(max(t.num, 0), 16)
	case "v":
		d.decode()
		d.state.hidden = !t.given || t.num != 0
	case "deleted":
		d.decode()
		d.state.deleted = !t.given || t.num != 0
	case "rtf":
		d.state.uc = 1
	default:
		return false
	}
	return true
}

// charsetPage is the code page of a \fcharset; 0 leaves the document's.
func charsetPage(n int) int {
	switch n {
	case 77:
		return 10000
	case 128:
		return 932
	case 129, 130:
		return 949
	case 134:
		return 936
	case 136:
		return 950
	case 161:
		return 1253
	case 162:
		return 1254
	case 163:
		return 1258
	case 177:
		return 1255
	case 178, 179, 180:
		return 1256
	case 186:
		return 1257
	case 204:
		return 1251
	case 222:
		return 874
	case 238:
		return 1250
	case 254:
		return 437
	case 255:
		return 850
	}
	return 0
}

// character takes the words that stand for one.
func (d *document) character(t token) bool {
	var s string
	switch t.name {
	case "emdash":
		s = "—"
	case "endash":
		s = "–"
	case "lquote":
		s = "‘"
	case "rquote":
		s = "’"
	case "ldblquote":
		s = "“"
	case "rdblquote":
		s = "”"
	case "bullet":
		s = "•"
	case "tab":
		s = "\t"
	case "emspace", "enspace", "qmspace":
		s = " "
	default:
		return false
	}
	d.decode()
	d.text(s)
	return true
}

// layout takes the words that end lines, cells and rows.
func (d *document) layout(t token) {
	switch t.name {
	case "par", "line", "sect", "page", "column", "cell", "row", "nestcell", "nestrow", "intbl", "pard", "trowd", "softline":
	default:
		return
	}
	d.decode()
	if d.state.dest == skipped || d.state.dest == fontTable || d.state.dest == object || d.state.dest == info {
		return
	}
	f := d.flow(d.state)
	switch t.name {
	case "par", "sect", "page", "column":
		f.paragraph(d.w)
	case "line", "softline":
		f.lineBreak(d.w)
	case "cell":
		f.cell()
	case "row":
		f.row(d.w)
	case "nestcell":
		f.add(d.w, "\t")
	case "nestrow":
		f.lineBreak(d.w)
	case "intbl", "trowd":
		f.inTable(d.w)
	case "pard":
		f.pard()
	}
	if t.name == "par" || t.name == "row" || t.name == "cell" {
		for _, l := range []reeve.Layer{reeve.LayerHidden, reeve.LayerDeleted} {
			if a := d.flows[layerDest(l)]; a != nil && a.line.Len() > maxText {
				a.endLine(d.w)
			}
		}
	}
}

// symbol takes a control symbol.
func (d *document) symbol(c byte) {
	switch c {
	case '*':
		d.star = d.head
		return
	case '\\', '{', '}':
		d.char(c)
	case '~':
		d.char(' ')
	case '_':
		d.char('-')
	case '\t':
		d.char('\t')
	}
}

// binary passes over, or keeps, the raw bytes of \bin.
func (d *document) binary(n int) {
	if d.state.dest != object {
		d.s.skip(n)
		return
	}
	for i := 0; i < n && d.w.Err() == nil; i++ {
		c, err := d.s.r.ReadByte()
		if err != nil {
			return
		}
		d.objects.byte(c)
	}
}
