package sweep_test

import (
	"archive/zip"
	"bufio"
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"math"
	"math/rand"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"codeberg.org/go-pdf/fpdf"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db/dbtest"
	"github.com/reeve-council/reeve/internal/sweep"
)

// needOCR skips a test where the programs that read scans are not installed.
func needOCR(t *testing.T) {
	t.Helper()
	for variable, pattern := range map[string]string{"PATH": "usr/bin", "LD_LIBRARY_PATH": "usr/lib/*-linux-gnu", "TESSDATA_PREFIX": "usr/share/tesseract-ocr/*/tessdata"} {
		// Where an ordinary user has them from scripts/install-test-needs.
		found, _ := filepath.Glob(filepath.Join("../../.tools", pattern)) // the pattern is well formed
		if len(found) == 1 && variable != "PATH" {
			t.Setenv(variable, absolute(t, found[0]))
		} else if len(found) == 1 {
			t.Setenv(variable, os.Getenv(variable)+":"+absolute(t, found[0]))
		}
	}
	for _, name := range []string{"tesseract", "pdftoppm"} {
		if _, err := exec.LookPath(name); err != nil {
			if os.Getenv("CI") != "" {
				t.Fatalf("%s is missing; run scripts/install-test-needs", name)
			}
			t.Skipf("%s is not installed; run scripts/install-test-needs", name)
		}
	}
}

func absolute(t *testing.T, path string) string {
	t.Helper()
	path, err := filepath.Abs(path)
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// scannedPerson is somebody of the register whose paper is printed and scanned.
type scannedPerson struct {
	id, forename, surname, nino, address, town, postcode string
	born                                                 [3]int // day, month, year
}

var scannedNames = [][2]string{{"Margaret", "Holloway"}, {"Dennis", "Okonkwo"}, {"Fatima", "Rahman"}, {"Piotr", "Nowakowski"}, {"Sinead", "Gallagher"},
	{"Abdirahman", "Warsame"}, {"Grace", "Adeyemi"}, {"Thomas", "Illingworth"}, {"Priya", "Chandrasekar"}, {"William", "Billings"}, {"Olivia", "Lowell"},
	{"Mohammed", "Iqbal"}, {"Joanna", "Fitzwilliam"}, {"Carlos", "Oliveira"}, {"Ellen", "Lillywhite"}, {"Kwame", "Boateng"}, {"Rosalind", "Hinton"},
	{"Yusuf", "Demir"}, {"Bronwen", "Llewellyn"}, {"Isaac", "Goldberg"}, {"Hannah", "Moore"}, {"Solomon", "Osei"}, {"Lily", "Zhang"}, {"Desmond", "Tull"}}

func scannedPeople() []scannedPerson {
	streets := []string{"Wellington Road", "Alma Terrace", "Hill Rise", "Mill Lane", "Linden Gardens", "Orchard Close"}
	var out []scannedPerson
	for i, n := range scannedNames {
		out = append(out, scannedPerson{id: fmt.Sprintf("R%04d", i+1), forename: n[0], surname: n[1],
			nino:    fmt.Sprintf("AA %02d %02d %02d %c", 10+i, (37*i+15)%100, (53*i+8)%100, 'A'+i%4),
			address: fmt.Sprintf("%d %s", 11+7*i, streets[i%len(streets)]), town: "Northvale", postcode: fmt.Sprintf("NV%d %d%c%c", 1+i%9, 1+i%8, "ABDEFGHJ"[i%8], "LNPQRSTU"[i%8]),
			born: [3]int{1 + (i*5)%28, 1 + i%12, 1940 + 2*i}})
	}
	return out
}

func writeScanRegister(t *testing.T, path string, people []scannedPerson) {
	t.Helper()
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	rows := [][]string{{"source_system", "source_person_id", "forename", "surname", "date_of_birth", "ni_number", "address_1", "town", "postcode"}}
	for _, p := range people {
		rows = append(rows, []string{"COUNCIL", p.id, p.forename, p.surname, fmt.Sprintf("%04d-%02d-%02d", p.born[2], p.born[1], p.born[0]), p.nino, p.address, p.town, p.postcode})
	}
	if err := w.WriteAll(rows); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
}

// printLetter prints a letter to somebody on a small sheet.
func printLetter(pdf *fpdf.Fpdf, p scannedPerson, i int) {
	pdf.AddPage()
	pdf.SetFont([]string{"Times", "Helvetica", "Courier"}[i%3], "", 11)
	var lines []string
	switch i % 2 {
	case 0:
		lines = []string{"Northvale Borough Council", "Housing Services", "", p.forename + " " + p.surname, p.address, p.town, p.postcode, "", "14 March 2019", "",
			"Dear " + p.forename + " " + p.surname, "",
			"Your claim for housing benefit has been decided. We hold your", fmt.Sprintf("date of birth as %02d/%02d/%04d and your National Insurance", p.born[0], p.born[1], p.born[2]),
			"number as " + p.nino + ". Please tell us within one month if", "any of this is wrong.", "", "Yours sincerely", "Benefits Team"}
	default:
		lines = []string{"APPLICATION FOR A BLUE BADGE", "", "Full name: " + p.forename + " " + p.surname, fmt.Sprintf("Date of birth: %02d/%02d/%04d", p.born[0], p.born[1], p.born[2]),
			"National Insurance number: " + p.nino, "Address: " + p.address + ", " + p.town, "Postcode: " + p.postcode, "",
			"The applicant cannot walk more than fifty metres without pain", "and uses a stick out of doors."}
	}
	for _, l := range lines {
		pdf.CellFormat(0, 6, l, "", 1, "L", false, 0, "")
	}
}

// scan renders a PDF's page and degrades it as a worn scanner does: noise, a
// slight slant, blur from a coarse resolution, quarter turns, and the loss of
// JPEG. i chooses how.
func scan(t *testing.T, pdf []byte, i int) (name string, data []byte) {
	t.Helper()
	cmd := exec.Command("pdftoppm", "-r", []string{"150", "200", "200"}[i%3], "-gray", "-png", "-singlefile", "-")
	cmd.Stdin = bytes.NewReader(pdf)
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	page, err := png.Decode(bytes.NewReader(out))
	if err != nil {
		t.Fatal(err)
	}
	rnd := rand.New(rand.NewSource(int64(i)))
	worn := slanted(page, (rnd.Float64()-0.5)*3)
	for k := range worn.Pix {
		v := int(worn.Pix[k])*85/100 + 25 + int(rnd.NormFloat64()*10)
		if rnd.Intn(2000) == 0 {
			v = 30
		}
		worn.Pix[k] = byte(min(max(v, 0), 255))
	}
	if i%8 == 5 {
		worn = upsideDown(worn)
	}
	var b bytes.Buffer
	if i%2 == 0 {
		if err := jpeg.Encode(&b, worn, &jpeg.Options{Quality: 45}); err != nil {
			t.Fatal(err)
		}
		return "jpg", b.Bytes()
	}
	if err := png.Encode(&b, worn); err != nil {
		t.Fatal(err)
	}
	return "png", b.Bytes()
}

func slanted(src image.Image, degrees float64) *image.Gray {
	b := src.Bounds()
	out := image.NewGray(b)
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	cx, cy := float64(b.Dx())/2, float64(b.Dy())/2
	for y := range b.Dy() {
		for x := range b.Dx() {
			fx, fy := float64(x)-cx, float64(y)-cy
			sx, sy := int(cos*fx-sin*fy+cx), int(sin*fx+cos*fy+cy)
			shade := color.Gray{Y: 255}
			if image.Pt(sx, sy).In(b) {
				shade = color.GrayModel.Convert(src.At(sx, sy)).(color.Gray)
			}
			out.SetGray(x, y, shade)
		}
	}
	return out
}

func upsideDown(src *image.Gray) *image.Gray {
	out := image.NewGray(src.Rect)
	for i, v := range src.Pix {
		out.Pix[len(src.Pix)-1-i] = v
	}
	return out
}

// scannedCouncil makes an exhibit of scans of letters and forms, one per
// person, and the register they are on.
func scannedCouncil(t *testing.T, people []scannedPerson) (dir string, opt sweep.Options) {
	t.Helper()
	dir = t.TempDir()
	folder := filepath.Join(dir, "scans")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	writeScanRegister(t, filepath.Join(dir, "residents.csv"), people)
	for i, p := range people {
		suffix, data := scan(t, printed(t, func(pdf *fpdf.Fpdf) { printLetter(pdf, p, i) }), i)
		save(t, filepath.Join(folder, fmt.Sprintf("scan%02d.%s", i, suffix)), data)
	}
	return dir, scanOptions(dir)
}

func printed(t *testing.T, draw func(*fpdf.Fpdf)) []byte {
	t.Helper()
	pdf := fpdf.New("L", "mm", "A5", "")
	draw(pdf)
	var b bytes.Buffer
	if err := pdf.Output(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func save(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// scanOptions is the sweep of the scans in dir.
func scanOptions(dir string) sweep.Options {
	return sweep.Options{AsOf: reeve.Date{Year: 2026, Month: 1, Day: 12}, Exhibits: []sweep.ExhibitFlag{{Path: filepath.Join(dir, "scans")}},
		Registers: []sweep.RegisterFlag{{Path: filepath.Join(dir, "residents.csv")}}}
}

// TestScans prints, wears and scans a paper about each of a register's people,
// and asks for nine of ten of them back.
func TestScans(t *testing.T) {
	needOCR(t)
	people := scannedPeople()
	dir, opt := scannedCouncil(t, people)
	c := openCase(t, filepath.Join(dir, "case"), "")
	sum := runSweep(t, c, opt)
	found := make(map[string]bool)
	for _, row := range rowsOf(t, c, "people") {
		found[row["register_id"]] = true
	}
	missed := []string{}
	for i, p := range people {
		if !found[p.id] {
			missed = append(missed, fmt.Sprintf("scan%02d %s %s", i, p.forename, p.surname))
		}
	}
	t.Logf("%d of %d people in %.1f s; funnel %+v", len(people)-len(missed), len(people), sum.Seconds, sum.Funnel)
	if 10*len(missed) > len(people) {
		t.Errorf("missed %s\n%s", strings.Join(missed, ", "), lists(t, c))
	}
}

// TestKindsOfScan reads scans of every kind and from every place: in an archive,
// in a PDF beside a page of text, a table, a blank sheet, a photograph, one too
// poor to read, and a copy.
func TestKindsOfScan(t *testing.T) {
	needOCR(t)
	people := scannedPeople()[:10]
	dir, opt := scannedCouncil(t, people[:1])
	at := func(name string) string { return filepath.Join(dir, "scans", name) }
	sheet := func(i int) ([]byte, string) {
		suffix, data := scan(t, printed(t, func(pdf *fpdf.Fpdf) { printLetter(pdf, people[i], i) }), i)
		return data, suffix
	}
	writeScanRegister(t, filepath.Join(dir, "residents.csv"), people)

	first, err := os.ReadFile(at("scan00.jpg"))
	if err != nil {
		t.Fatal(err)
	}
	save(t, at("copy of scan00.jpg"), first)
	inZip, _ := sheet(1)
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, data := range map[string][]byte{"post/letter.png": inZip} {
		f, err := w.Create(name)
		if err == nil {
			_, err = f.Write(data)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	save(t, at("post 100%.zip"), b.Bytes())

	inPDF, _ := sheet(3)
	save(t, at("letters.pdf"), printed(t, func(pdf *fpdf.Fpdf) {
		printLetter(pdf, people[2], 2)
		pdf.AddPage()
		pdf.RegisterImageOptionsReader("scan", fpdf.ImageOptions{ImageType: "png"}, bytes.NewReader(inPDF))
		pdf.ImageOptions("scan", 0, 0, 210, 148, false, fpdf.ImageOptions{ImageType: "png"}, 0, "")
	}))
	_, list := scan(t, printed(t, func(pdf *fpdf.Fpdf) { printTable(pdf, people[4:]) }), 1)
	save(t, at("arrears list.png"), list)
	_, poor := scan(t, printed(t, func(pdf *fpdf.Fpdf) { printLetter(pdf, people[1], 1) }), 1)
	save(t, at("poor.png"), coarse(t, poor))
	blank := image.NewGray(image.Rect(0, 0, 600, 800))
	wood := image.NewGray(blank.Rect)
	rnd := rand.New(rand.NewSource(3))
	for i := range blank.Pix {
		blank.Pix[i], wood.Pix[i] = byte(235+rnd.Intn(10)), byte(40+(i%600)/5+rnd.Intn(20))
	}
	save(t, at("blank.png"), encodedPNG(t, blank))
	save(t, at("photo.png"), encodedPNG(t, wood))

	c := openCase(t, filepath.Join(dir, "case"), "")
	opt.NoOCR = true
	runSweep(t, c, opt)
	for _, row := range rowsOf(t, c, "items") {
		if row["type"] == "png" && row["status"] != "needs-ocr" {
			t.Errorf("without OCR %s is %s/%s", row["item"], row["status"], row["reason"])
		}
	}
	opt.NoOCR = false
	runSweep(t, c, opt)
	want := map[string]string{"scan00.jpg": "read", "copy of scan00.jpg": "read", "post 100%25.zip!/post/letter.png": "read", "letters.pdf": "read",
		"arrears list.png": "read", "poor.png": "partly-read/poor-scan", "blank.png": "read/no-text", "photo.png": "read/no-text"}
	for _, row := range rowsOf(t, c, "items") {
		if w, ok := want[row["item"]]; ok {
			if got := strings.TrimSuffix(row["status"]+"/"+row["reason"], "/"); got != w || !strings.Contains(row["reader"], "tesseract/") {
				t.Errorf("%s: %s by %s, want %s", row["item"], got, row["reader"], w)
			}
			delete(want, row["item"])
		}
	}
	if len(want) > 0 {
		t.Errorf("no such items: %v", want)
	}
	found := make(map[string]bool)
	for _, row := range rowsOf(t, c, "people") {
		found[row["register_id"]] = true
	}
	for _, p := range people {
		if !found[p.id] {
			t.Errorf("%s %s was not found", p.forename, p.surname)
		}
	}
	before := lists(t, c)
	runSweep(t, c, opt)
	sameLists(t, "the same sweep again", before, lists(t, c))
}

// printTable prints a list of people with its columns apart, without lines.
func printTable(pdf *fpdf.Fpdf, people []scannedPerson) {
	pdf.AddPage()
	pdf.SetFont("Helvetica", "", 10)
	rows := [][]string{{"Name", "Date of birth", "NI number", "Address", "Postcode"}}
	for _, p := range people {
		rows = append(rows, []string{p.forename + " " + p.surname, fmt.Sprintf("%02d/%02d/%04d", p.born[0], p.born[1], p.born[2]), p.nino, p.address, p.postcode})
	}
	for _, r := range rows {
		for i, cell := range r {
			pdf.CellFormat([]float64{45, 30, 38, 48, 24}[i], 7, cell, "", 0, "L", false, 0, "")
		}
		pdf.Ln(-1)
	}
}

// coarse is a picture at a third of its resolution, with noise over it.
func coarse(t *testing.T, data []byte) []byte {
	t.Helper()
	src, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	rnd := rand.New(rand.NewSource(5))
	out := image.NewGray(image.Rect(0, 0, src.Bounds().Dx()/3, src.Bounds().Dy()/3))
	for y := range out.Rect.Dy() {
		for x := range out.Rect.Dx() {
			v := int(color.GrayModel.Convert(src.At(3*x, 3*y)).(color.Gray).Y) + int(rnd.NormFloat64()*40)
			out.SetGray(x, y, color.Gray{Y: byte(min(max(v, 0), 255))})
		}
	}
	return encodedPNG(t, out)
}

func encodedPNG(t *testing.T, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// scansEnv makes the test binary sweep the scans in a folder, telling how far
// it is, so that a test can kill it.
const scansEnv = "REEVE_TEST_SCANS"

func scansMain(dir string) int {
	opt := scanOptions(dir)
	opt.Progress = func(p sweep.Progress) { fmt.Println(p.Phase) }
	c, err := sweep.Make(context.Background(), filepath.Join(dir, "killed"), "")
	if err == nil {
		_, err = c.Sweep(context.Background(), opt)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 2
	}
	return 0
}

// TestKilledScans kills a sweep in the middle of its scans, and wants the lists
// of one that was let alone, on the other database.
func TestKilledScans(t *testing.T) {
	needOCR(t)
	dir, opt := scannedCouncil(t, scannedPeople()[:5])
	whole := openCase(t, filepath.Join(dir, "case"), dbtest.PostgresAddress(t))
	runSweep(t, whole, opt)
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), scansEnv+"="+dir)
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	killed := false
	for in := bufio.NewScanner(out); in.Scan(); {
		if !killed && strings.HasPrefix(in.Text(), "reading scans, 2 of") {
			if err := cmd.Process.Kill(); err != nil {
				t.Fatal(err)
			}
			killed = true
		}
	}
	if err := cmd.Wait(); err == nil || !killed {
		t.Fatal("the sweep was not killed in time")
	}
	c := openCase(t, filepath.Join(dir, "killed"), "")
	runSweep(t, c, opt)
	sameLists(t, "killed among its scans", lists(t, whole), lists(t, c))
}

// TestGoneScans sweeps again when the exhibit is no longer there for its scans.
func TestGoneScans(t *testing.T) {
	needOCR(t)
	dir, opt := scannedCouncil(t, scannedPeople()[:1])
	c := openCase(t, filepath.Join(dir, "case"), "")
	opt.NoOCR = true
	runSweep(t, c, opt)
	if err := os.RemoveAll(filepath.Join(dir, "scans")); err != nil {
		t.Fatal(err)
	}
	warned := ""
	again := sweep.Options{Warn: func(s string) { warned += s + "\n" }}
	runSweep(t, c, again)
	if !strings.Contains(warned, "1 scans were not read") {
		t.Errorf("warned of %q", warned)
	}
	if rows := rowsOf(t, c, "items"); len(rows) != 1 || rows[0]["status"] != "needs-ocr" {
		t.Errorf("%v", rows)
	}
}

// rowsOf reads a list, each row by column.
func rowsOf(t *testing.T, c *sweep.Case, name string) []map[string]string {
	t.Helper()
	var out []map[string]string
	for _, l := range sweep.Lists() {
		if l.Name != name {
			continue
		}
		err := c.Rows(t.Context(), l, sweep.ListOptions{Reveal: true, Sealed: true}, func(row []string) error {
			m := make(map[string]string)
			for i, column := range l.Columns {
				m[column] = row[i]
			}
			out = append(out, m)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return out
}
