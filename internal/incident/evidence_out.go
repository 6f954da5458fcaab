package incident

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/paper"
	"github.com/reeve-council/reeve/internal/web"
)

// evidenceLabels prints labels, eight to a sheet of A4: number, what it is, the
// digest, and a code to be scanned that says the number and the digest.
func (m *Room) evidenceLabels(r *web.Request) (web.Answer, error) {
	q := query{where: "x.state <> 'destroyed'", limit: 400}
	if id, err := strconv.ParseInt(r.Ask("piece"), 10, 64); err == nil {
		q = query{where: "x.id = ?", args: []any{id}}
	}
	var all []Evidence
	err := m.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		all, err = evidences.list(tx, SightOf(r, web.ObjectEvidence).Leaving(), q)
		return err
	})
	if err != nil {
		return nil, err
	}
	if len(all) == 0 {
		return nil, fmt.Errorf("print labels: %w", reeve.NotFound)
	}
	l, err := labelsOf(all, m.Case, r.Now)
	if err != nil {
		return nil, err
	}
	return pdfOf("labels.pdf", func(w http.ResponseWriter) error { _, err := l.WritePDF(w); return err }), nil
}

func pdfOf(name string, pour func(http.ResponseWriter) error) web.Answer {
	return web.File{Name: name, Type: "application/pdf", Pour: pour}
}

// Labels on A4, in millimetres: two beside each other, four rows.
const (
	labelsAcross = 2
	labelsDown   = 4
	labelWidth   = 105.0
	labelHeight  = 74.0
	labelMargin  = 8.0
	labelCode    = 34.0
)

func labelsOf(all []Evidence, kase string, now time.Time) (*paper.Letter, error) {
	sheet := paper.Frame{X: labelMargin, Y: labelMargin, W: 190, H: 270}
	l := &paper.Letter{Title: "Labels of evidence", Date: now, First: sheet, Next: sheet}
	for i, e := range all {
		if i > 0 && i%(labelsAcross*labelsDown) == 0 {
			l.Body = append(l.Body, paper.PageBreak{})
		}
		page, at := i/(labelsAcross*labelsDown)+1, i%(labelsAcross*labelsDown)
		x, y := float64(at%labelsAcross)*labelWidth+labelMargin, float64(at/labelsAcross)*labelHeight+labelMargin
		code, err := paper.NewCode(e.codeText(kase))
		if err != nil {
			return nil, fmt.Errorf("code of evidence %d: %w", e.ID, err)
		}
		width := labelWidth - 2*labelMargin
		l.Codes = append(l.Codes, paper.CodeBox{Page: page, X: x + width - labelCode, Y: y, W: labelCode, Code: code})
		l.Boxes = append(l.Boxes,
			paper.Box{Page: page, Frame: paper.Frame{X: x, Y: y, W: width - labelCode, H: 12}, Text: e.Label(), Size: 24, Bold: true},
			paper.Box{Page: page, Frame: paper.Frame{X: x, Y: y + 13, W: width - labelCode, H: 22}, Text: clip(e.Title, 70), Size: 10},
			paper.Box{Page: page, Frame: paper.Frame{X: x, Y: y + 36, W: width, H: 12}, Text: "SHA-256 " + spaced(e.SHA256), Size: 8},
			paper.Box{Page: page, Frame: paper.Frame{X: x, Y: y + 48, W: width, H: 12}, Text: "Taken " + shown(e.Acquired) + ". Seal " + clip(e.Seal, 40), Size: 9})
	}
	return l, nil
}

// codeText is what the code on a label says.
func (e Evidence) codeText(kase string) string {
	text := e.Label() + "@" + kase
	if e.SHA256 != "" {
		text += " sha256:" + e.SHA256
	}
	return text
}

// clip cuts a text to some characters.
func clip(text string, most int) string {
	runes := []rune(text)
	if len(runes) <= most {
		return text
	}
	return string(runes[:most-1]) + "…"
}

// spaced puts a space behind every eight digits of a digest, to be read aloud.
func spaced(digest string) string {
	if digest == "" {
		return "none"
	}
	var b strings.Builder
	for i := 0; i < len(digest); i += 8 {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(digest[i:min(i+8, len(digest))])
	}
	return b.String()
}

// evidenceSheet is the whole chain of a piece on paper, with room for the
// signatures of those who do not sign in.
func (m *Room) evidenceSheet(r *web.Request) (web.Answer, error) {
	e, err := m.evidenceOf(r)
	if err != nil {
		return nil, err
	}
	if e.TLP == Red {
		return nil, reeve.WithHint(fmt.Errorf("print evidence %d: %w", e.ID, reeve.Denied), "TLP:RED is for the screen alone")
	}
	var chain []Move
	var foot string
	err = m.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		foot = footOf(tx)
		chain, err = moves.under(tx, e.ID)
		return err
	})
	if err != nil {
		return nil, err
	}
	d := &paper.Document{Title: "Chain of custody of " + e.Label(), Subtitle: e.Title + ". " + e.TLP.Label(), Date: r.Now, Footer: foot, Blocks: append(e.blocks(chain), blankChain())}
	return pdfOf(strings.ToLower(e.Label())+".pdf", func(w http.ResponseWriter) error { return d.WritePDF(w) }), nil
}

// blocks are a piece and its chain as a piece of a document.
func (e Evidence) blocks(chain []Move) []paper.Block {
	var rows []paper.Fact
	for _, f := range e.facts(nil) {
		var lines []string
		for _, c := range f.Cells {
			lines = append(lines, c.Text)
		}
		rows = append(rows, paper.Fact{Name: f.Name, Value: strings.Join(lines, "\n")})
	}
	t := paper.Table{Caption: "Chain of custody of " + e.Label(), Columns: []paper.Column{{Title: "When, what"}, {Title: "From, signed"}, {Title: "To, signed"}, {Title: "Purpose"}, {Title: "Seal, place"}, {Title: "Stands"}}}
	for _, row := range e.chainTable(chain).Rows {
		var cells []string
		for _, c := range row {
			cells = append(cells, strings.TrimSpace(c.Text+"\n"+c.Small))
		}
		t.Rows = append(t.Rows, cells)
	}
	return []paper.Block{paper.Facts{Rows: rows}, t}
}

// blankChain is lines for hand-overs that are signed on paper.
func blankChain() paper.Block {
	t := paper.Table{Caption: "For signatures on paper; enter the hand-over in Reeve with the reference of this sheet",
		Columns: []paper.Column{{Title: "Date, time"}, {Title: "Given by: name, body, signature"}, {Title: "Taken by: name, body, signature"}, {Title: "Purpose"}, {Title: "Seal"}}}
	for range 6 {
		t.Rows = append(t.Rows, []string{"\n\n", "", "", "", ""})
	}
	return t
}

// evidenceBundle makes the file that goes to the police with the pieces.
func (m *Room) evidenceBundle(r *web.Request) (web.Answer, error) {
	s := &slip{Heading: "Bundle for the police", Action: "/evidence/bundle", Back: "/evidence", Button: "Make the bundle", Lead: "A ZIP file with the register, every chain, the digests, and the proof from the record. The pieces themselves go on their own media.",
		Asks: []ask{
			{Name: "for", Kind: askLine, Label: "For whom, and their reference", Need: "Say for whom it is"},
			{Name: "pieces", Kind: askLine, Label: "Which pieces?", Hint: "Numbers, such as: 1, 2, 5. Empty: all that you may give out."},
		}}
	var q query
	return s.serve(r, func(f *web.Form) {
		var ok bool
		if q, ok = piecesOf(s.text("pieces")); !ok {
			s.fault(f, "pieces", "Enter numbers with commas between them")
		}
	}, func(*web.Form) (web.Answer, error) {
		p, err := m.policeParcel(r, q, s.text("for"))
		if err != nil {
			return nil, err
		}
		data, err := m.pack(r, p, "evidence-bundle", "export-evidence")
		if err != nil {
			return nil, err
		}
		return zipAnswer(p.name, data), nil
	})
}

// piecesOf reads numbers with commas between them.
func piecesOf(text string) (q query, ok bool) {
	for part := range strings.SplitSeq(text, ",") {
		part = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(part), "E-"))
		if part == "" {
			continue
		}
		n, err := strconv.ParseInt(part, 10, 64)
		if err != nil || len(q.args) >= 500 {
			return q, false
		}
		q.args = append(q.args, n)
	}
	if len(q.args) > 0 {
		q.where = "x.id IN (" + marks(len(q.args)) + ")"
	}
	return q, true
}

// pieceWithChain is a piece as it stands in a bundle.
type pieceWithChain struct {
	Label    string   `json:"label"`
	Evidence Evidence `json:"evidence"`
	Chain    []Move   `json:"chain"`
}

// policeParcel gathers the pieces that may leave. Somebody who may see pieces
// but not give out those of another council is refused.
func (m *Room) policeParcel(r *web.Request, q query, to string) (*parcel, error) {
	p := &parcel{name: "evidence-" + r.Now.In(london).Format("2006-01-02") + ".zip"}
	var pieces []pieceWithChain
	d := &paper.Document{Title: "Evidence", Subtitle: "For " + to + ". Made " + shown(r.Now.Unix()) + ".", Date: r.Now}
	var sums strings.Builder
	err := m.db.Read(r.Context(), func(tx *db.Tx) error {
		all, err := evidences.list(tx, SightOf(r, web.ObjectEvidence).Leaving(), q)
		if err != nil {
			return err
		}
		d.Footer = footOf(tx)
		for _, e := range all {
			if err := must(r, web.Export, web.ObjectEvidence, e.Mark); err != nil {
				return err
			}
			chain, err := moves.under(tx, e.ID)
			if err != nil {
				return err
			}
			pieces = append(pieces, pieceWithChain{e.Label(), e, chain})
			d.Blocks = append(append(d.Blocks, paper.Heading{Level: 1, Text: e.Label() + ": " + e.Title}), e.blocks(chain)...)
			if e.SHA256 != "" {
				fmt.Fprintf(&sums, "%s  %s\n", e.SHA256, e.Label())
			}
			p.objects = append(p.objects, KindEvidence+":"+strconv.FormatInt(e.ID, 10))
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	if len(pieces) == 0 || len(q.args) > 0 && len(pieces) < len(q.args) {
		return nil, reeve.WithHint(fmt.Errorf("make bundle: %w", reeve.NotFound), "a piece is not there, or may not leave")
	}
	if err := p.addJSON("evidence.json", struct {
		For    string           `json:"for"`
		Made   int64            `json:"made"`
		Case   string           `json:"case"`
		Pieces []pieceWithChain `json:"pieces"`
	}{to, r.Now.Unix(), m.Case, pieces}); err != nil {
		return nil, err
	}
	p.add("pieces.sha256", []byte(sums.String()))
	return p, p.addDocument("evidence", d)
}
