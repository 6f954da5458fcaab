package sweep_test

import (
	"bytes"
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
	"github.com/reeve-council/reeve/internal/sweep"
)

// needOCR skips a test where the programs that read scans are not installed.
func needOCR(t *testing.T) {
	t.Helper()
	for _, name := range []string{"tesseract", "pdftoppm"} {
		if _, err := exec.LookPath(name); err != nil {
			if os.Getenv("CI") != "" {
				t.Fatalf("%s is missing; run scripts/install-test-needs", name)
			}
			t.Skipf("%s is not installed; run scripts/install-test-needs", name)
		}
	}
}

// scanned is somebody of the register whose paper is printed and scanned.
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
	register := filepath.Join(dir, "residents.csv")
	writeScanRegister(t, register, people)
	for i, p := range people {
		pdf := fpdf.New("L", "mm", "A5", "")
		printLetter(pdf, p, i)
		var b bytes.Buffer
		if err := pdf.Output(&b); err != nil {
			t.Fatal(err)
		}
		suffix, data := scan(t, b.Bytes(), i)
		if err := os.WriteFile(filepath.Join(folder, fmt.Sprintf("scan%02d.%s", i, suffix)), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir, sweep.Options{AsOf: reeve.Date{Year: 2026, Month: 1, Day: 12}, Exhibits: []sweep.ExhibitFlag{{Path: folder}}, Registers: []sweep.RegisterFlag{{Path: register}}}
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
	if os.Getenv("DEBUGOCR") != "" {
		t.Log(lists(t, c))
	}
	if 10*len(missed) > len(people) {
		t.Errorf("missed %s\n%s", strings.Join(missed, ", "), lists(t, c))
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
