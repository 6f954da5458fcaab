package plant

import (
	"fmt"
	"html"
	"strings"
)

// writeHTML writes a saved page: headings, paragraphs, tables.
func writeHTML(p *paper) []byte {
	var b strings.Builder
	b.WriteString("<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>" + html.EscapeString(p.title) + "</title><style>td{padding:2px}</style></head><body>\n")
	for _, k := range p.blocks {
		switch {
		case k.rows != nil:
			b.WriteString("<table>\n")
			for _, row := range k.rows {
				b.WriteString("<tr>")
				for _, cell := range row {
					b.WriteString("<td>" + html.EscapeString(cell) + "</td>")
				}
				b.WriteString("</tr>\n")
			}
			b.WriteString("</table>\n")
		case k.heading:
			b.WriteString("<h1>" + html.EscapeString(k.text) + "</h1>\n")
		default:
			b.WriteString("<p>" + html.EscapeString(k.text) + "</p>\n")
		}
	}
	return []byte(b.String() + "</body></html>\n")
}

// writeRTF writes Rich Text: letters outside ASCII as \u escapes.
func writeRTF(p *paper) []byte {
	var b strings.Builder
	b.WriteString("{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0 Arial;}}\r\n{\\info{\\title " + rtfText(p.title) + "}}\r\n")
	for _, k := range p.blocks {
		if k.rows == nil {
			b.WriteString("\\pard " + rtfText(k.text) + "\\par\r\n")
			continue
		}
		for _, row := range k.rows {
			b.WriteString("\\trowd")
			for i := range row {
				fmt.Fprintf(&b, "\\cellx%d", (i+1)*1800)
			}
			for _, cell := range row {
				b.WriteString("\\intbl " + rtfText(cell) + "\\cell ")
			}
			b.WriteString("\\row\r\n")
		}
	}
	return []byte(b.String() + "}")
}

func rtfText(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '\\' || r == '{' || r == '}':
			b.WriteString("\\" + string(r))
		case r < 0x80:
			b.WriteRune(r)
		default:
			fmt.Fprintf(&b, "\\u%d?", r)
		}
	}
	return b.String()
}
