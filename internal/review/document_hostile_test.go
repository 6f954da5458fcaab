package review

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"image"
	"image/png"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/sweep"
)

// hostileFiles are documents that try to run or load something where they are
// looked at. Each holds the word in which the text of it can be recognised.
func hostileFiles(t testing.TB) map[string]string {
	t.Helper()
	const attack = `<script>window.owned=1</script><img src=x onerror="window.owned=1"><svg onload="window.owned=1"></svg><a href="javascript:window.owned=1">x</a><iframe src="https://example.org/"></iframe>`
	form := "Name: Ada Okafor\nDate of birth: 05/03/1980\nAddress: 4 Weir Street, Norvale NV2 1AA\n"
	return map[string]string{
		"plain.txt":                              form + attack + "\n",
		"page.html":                              "<html><head><script>window.owned=1</script><link rel=stylesheet href=https://example.org/x.css></head><body onload='window.owned=1'><p>Name: Ada Okafor</p><p>&lt;script&gt;window.owned=1&lt;/script&gt;</p><a href='https://example.org/go'>go</a></body></html>",
		"picture.svg":                            `<svg xmlns="http://www.w3.org/2000/svg" onload="window.owned=1"><script>window.owned=1</script><text>Name: Ada Okafor ` + "&lt;script&gt;" + `</text></svg>`,
		"mail.eml":                               "From: \"<script>window.owned=1</script>\" <ada@example.org>\r\nTo: b@example.org\r\nSubject: <img src=x onerror=window.owned=1> Ada Okafor\r\nContent-Type: text/html\r\n\r\n<p>Name: Ada Okafor</p>&lt;script&gt;window.owned=1&lt;/script&gt;\r\n",
		"formulas.csv":                           "Name,Date of birth,Note\nAda Okafor,05/03/1980,\"=HYPERLINK(\"\"https://example.org/?\"\"&A2)\"\n@SUM(1+1)*cmd|' /C calc'!A0,01/01/1970,+1+1\n-2+3,02/02/1972,\"=cmd|' /C calc'!A0\"\n",
		"<img src=x onerror=window.owned=1>.txt": form,
		"=cmd|' C calc'!A0.csv":                  "Name,Date of birth\nAda Okafor,05/03/1980\n",
		"\"><script>window.owned=1<%2fscript>.txt": form + "second\n",
		"book.xlsx": hostileBook(t),
	}
}

// hostileBook is a workbook with a formula, a link and a script in its cells.
func hostileBook(t testing.TB) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, text := range map[string]string{
		"[Content_Types].xml":        `<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>`,
		"_rels/.rels":                `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml":            `<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="&lt;script&gt;window.owned=1&lt;/script&gt;" sheetId="1" r:id="rId1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`,
		"xl/worksheets/sheet1.xml":   `<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>Name</t></is></c><c r="B1" t="inlineStr"><is><t>Date of birth</t></is></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>Ada Okafor</t></is></c><c r="B2" t="inlineStr"><is><t>05/03/1980</t></is></c></row><row r="3"><c r="A3" t="inlineStr"><is><t>&lt;script&gt;window.owned=1&lt;/script&gt;</t></is></c><c r="B3" t="str"><f>HYPERLINK("https://example.org/","x")</f><v>=WEBSERVICE("https://example.org/")</v></c></row></sheetData></worksheet>`,
	} {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// Of a page, what a browser would run or load from elsewhere.
var (
	ownScript = regexp.MustCompile(`<script src="/assets/[0-9a-f]+/script\.js" type="module"></script>`)
	running   = regexp.MustCompile(`(?i)<(script|iframe|object|embed|svg[^>]*\son|img|link|style|base|meta http)[\s/>]|<[a-z]+[^>]*\s(on[a-z]+|style|srcdoc|formaction)\s*=|href\s*=\s*["']?\s*(javascript|data|https?):`)
	ownLink   = regexp.MustCompile(`<link rel="(icon" href="data:,|stylesheet" href="/assets/[0-9a-f]+/style\.css)">`)
)

// TestHostileDocumentsStayInert: whatever a document, its name or its folder
// holds, the viewer's page has no element or address that did not come from
// Reeve, and no cell of a CSV begins a formula.
func TestHostileDocumentsStayInert(t *testing.T) {
	c := ownCase(t, hostileFiles(t), ownRegister)
	_, h := testRoom(t, Deps{Case: c})
	type item struct {
		id   int64
		path string
	}
	var items []item
	err := c.DB.Read(t.Context(), func(tx *db.Tx) (err error) {
		items, err = db.All(tx, func(row db.Row) (i item, err error) { return i, row.Scan(&i.id, &i.path) }, "SELECT id, path FROM case_items ORDER BY id")
		return err
	})
	if err != nil || len(items) < 9 {
		t.Fatalf("%d items: %v", len(items), err)
	}
	paths := []string{"/people", "/stops"}
	for _, p := range somebody(t, c, sweep.Scope{}) {
		paths = append(paths, personPath(p.ID))
	}
	shown := "person:" + strings.TrimPrefix(paths[2], "/people/")
	texts := 0
	for _, i := range items {
		paths = append(paths, documentPath(i.id))
		shown += "," + shownItem(i.id)[1]
	}
	for _, path := range paths {
		w := get(t, h, path, "X-Shown", shown)
		if w.Code != http.StatusOK {
			t.Fatalf("%s: %d %s", path, w.Code, head(w.Body.String()))
		}
		if !strings.HasPrefix(w.Header().Get("Content-Security-Policy"), "default-src 'none'") {
			t.Errorf("%s: no strict policy", path)
		}
		body := ownLink.ReplaceAllString(ownScript.ReplaceAllString(w.Body.String(), ""), "")
		if m := running.FindString(body); m != "" {
			t.Errorf("%s: holds %q", path, m)
		}
		if strings.Contains(body, "&lt;script&gt;window.owned") {
			texts++
		}
		j := get(t, h, path+".json", "X-Shown", shown)
		if !json.Valid(j.Body.Bytes()) || strings.ContainsAny(j.Body.String(), "<>") || j.Header().Get("Content-Type") != "application/json; charset=utf-8" {
			t.Errorf("%s.json can be taken for a page", path)
		}
		checkCells(t, path, get(t, h, path+".csv", "X-Shown", shown).Body.String())
	}
	if texts < 3 {
		t.Errorf("the attack was read and shown as text on %d pages only: the test tests nothing", texts)
	}
}

func checkCells(t *testing.T, path, text string) {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		if !strings.Contains(text, "no table") {
			t.Errorf("%s.csv: %v", path, err)
		}
		return
	}
	for _, row := range rows {
		for _, cell := range row {
			if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
				t.Errorf("%s.csv: a cell begins a formula: %q", path, cell)
			}
		}
	}
}

// TestPicturesAreDrawnAnew: a picture is shown blurred, under the grant of its
// document alone, and none of its own bytes reach the browser.
func TestPicturesAreDrawnAnew(t *testing.T) {
	var b bytes.Buffer
	im := image.NewGray(image.Rect(0, 0, 1200, 900))
	for i := range im.Pix {
		im.Pix[i] = byte(i * 7)
	}
	if err := png.Encode(&b, im); err != nil {
		t.Fatal(err)
	}
	b.WriteString("<script>window.owned=1</script>")
	c := ownCase(t, map[string]string{"scan.png": b.String(), "plain.txt": adaForm}, ownRegister)
	_, h := testRoom(t, Deps{Case: c})
	id := itemAt(t, c, "scan.png")
	want(t, get(t, h, documentPath(id), shownItem(id)...), http.StatusOK, "What could not be read here", picturePath(id, 1))
	w := get(t, h, picturePath(id, 1), shownItem(id)...)
	want(t, w, http.StatusOK, `class="reeve-veil"`, `type="checkbox"`, "blurred until you ask", documentPath(id)+"/pages/1")
	w = get(t, h, documentPath(id)+"/pages/1", shownItem(id)...)
	if w.Code == http.StatusServiceUnavailable {
		t.Skip("no program here that draws pages")
	}
	want(t, w, http.StatusOK)
	if w.Header().Get("Content-Type") != "image/png" || bytes.Contains(w.Body.Bytes(), []byte("script")) {
		t.Error("the picture's own bytes reach the browser")
	}
	if _, err := png.Decode(w.Body); err != nil {
		t.Errorf("what came is no picture: %v", err)
	}
	for _, path := range []string{picturePath(id, 1), documentPath(id) + "/pages/1"} {
		if w := get(t, h, path); w.Code != http.StatusSeeOther || w.Header().Get("Location") != documentPath(id) {
			t.Errorf("%s without a grant: %d", path, w.Code)
		}
		want(t, get(t, h, path, append(shownItem(id), "X-Deny", "see-personal")...), http.StatusForbidden)
	}
	for _, path := range []string{picturePath(id, 2), picturePath(id, 0), picturePath(itemAt(t, c, "plain.txt"), 1), "/documents/999/pages/1"} {
		want(t, get(t, h, path, "X-Shown", "item:1,item:2"), http.StatusNotFound)
	}
}
