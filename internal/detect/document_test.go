package detect

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/reeve-council/reeve"
)

var revealed = cmp.Transformer("reveal", func(s reeve.Sensitive) string { return s.Reveal() })

// TestDeterministic reads every document twice.
func TestDeterministic(t *testing.T) {
	files, _ := filepath.Glob("testdata/*/*")
	for _, file := range files {
		if strings.HasSuffix(file, ".golden") {
			continue
		}
		one, _ := readFile(t, file)
		two, _ := readFile(t, file)
		if diff := cmp.Diff(one, two, revealed); diff != "" {
			t.Errorf("%s: %s", file, diff)
		}
	}
}

// TestBlockCut reads documents of one subject cut at every blank line: what is
// found, and whose it is, must not depend on the cut. Places differ.
func TestBlockCut(t *testing.T) {
	for _, name := range []string{"form.txt", "marac.txt", "casenotes.txt", "letter.txt"} {
		data := string(must(os.ReadFile("testdata/doc/" + name)))
		whole := testSet().Open(testIndex()).Block(0, &reeve.Block{Text: data})
		parts := strings.SplitAfter(data, "\n\n")
		head := strings.Join(parts[:len(parts)/2+1], "")
		d := testSet().Open(testIndex())
		found := d.Block(0, &reeve.Block{Text: head})
		found = append(found, d.Block(1, &reeve.Block{Text: data[len(head):], Line: 1 + strings.Count(head, "\n")})...)
		if len(found) != len(whole) {
			t.Errorf("%s: %d findings whole, %d cut", name, len(whole), len(found))
			continue
		}
		for i := range found {
			if found[i].Place.Label != whole[i].Place.Label || found[i].Kind != whole[i].Kind || found[i].Clump != whole[i].Clump {
				t.Errorf("%s: finding %d is %s of clump %d at %s, cut %s of clump %d at %s", name, i, whole[i].Kind, whole[i].Clump, whole[i].Place.Label, found[i].Kind, found[i].Clump, found[i].Place.Label)
			}
		}
	}
}

// TestTableAcrossBlocks cuts a table after some rows: the second block keeps the
// columns of the first, and its cells their numbers.
func TestTableAcrossBlocks(t *testing.T) {
	rows := [][]string{{"Name", "DOB", "NI No"}}
	for range 30 {
		rows = append(rows, []string{"Amara Okafor", "20/11/1979", "AA234567C"})
	}
	d := testSet().Open(testIndex())
	first := d.Block(0, &reeve.Block{Rows: rows[:11], Table: 1, First: 1, Part: "sheet Staff"})
	second := d.Block(1, &reeve.Block{Rows: rows[11:], Table: 1, First: 12, Part: "sheet Staff"})
	if len(first) != 30 || len(second) != 60 {
		t.Fatalf("%d and %d findings, want 30 and 60", len(first), len(second))
	}
	if got := second[0].Place.Label; got != "Staff!A12" {
		t.Errorf("first cell of the second block is %s", got)
	}
	if fixes := d.Close(); len(fixes) != 0 {
		t.Errorf("corrections of a pure column: %v", fixes)
	}
}

// TestCorrection has a column whose header and first rows promise dates of birth
// and whose rest holds something else.
func TestCorrection(t *testing.T) {
	d := testSet().Open(testIndex())
	rows := [][]string{{"Name", "DOB"}}
	for range 5 {
		rows = append(rows, []string{"Amara Okafor", "20/11/1979"})
	}
	d.Block(0, &reeve.Block{Rows: rows, Table: 3, First: 1})
	rest := make([][]string, 200)
	for i := range rest {
		rest[i] = []string{"Amara Okafor", "see file"}
	}
	d.Block(1, &reeve.Block{Rows: rest, Table: 3, First: 7})
	want := []Correction{{Table: 3, Column: 2, Kind: reeve.KindDateOfBirth, Drop: true}}
	if diff := cmp.Diff(want, d.Close()); diff != "" {
		t.Error(diff)
	}
}

// TestCellPlace holds the quick writer of places to the one of the root package.
func TestCellPlace(t *testing.T) {
	for _, b := range []*reeve.Block{{}, {Part: "sheet Leavers", First: 14}, {Part: "table 2"}} {
		d := &Document{block: b, n: 3}
		for _, col := range []int{0, 25, 26, 703} {
			if diff := cmp.Diff(b.CellPlace(3, 9, col, 1, 4), d.cellPlace(9, col, 1, 4)); diff != "" {
				t.Error(diff)
			}
		}
	}
}

func TestTypes(t *testing.T) {
	for file, want := range map[string]DocumentType{"decoy/leaflet.txt": Public, "decoy/policy.txt": Public, "decoy/newsletter.txt": Public, "doc/mail.txt": Mail, "doc/letter.txt": Record, "doc/marac.txt": Minutes, "doc/casenotes.txt": Record} {
		d := testSet().Open(testIndex())
		d.Block(0, &reeve.Block{Text: string(must(os.ReadFile("testdata/" + file)))})
		if d.Type() != want {
			t.Errorf("%s is %s, want %s", file, d.Type(), want)
		}
	}
}

func TestFolder(t *testing.T) {
	for path, want := range map[string][]Topic{
		"HR/Grievances/2014/x.docx":         {{reeve.KindLocalRef, "", "folder/1", "hr"}},
		"Community Safety/MARAC 2014/a.doc": {{reeve.KindDomesticAbuse, reeve.SignalDomesticAbuse, "folder/1", "marac"}},
		"Children/Adoption/Okafor.pdf":      {{reeve.KindChildSocialCare, reeve.SignalLookedAfter, "folder/1", "adoption"}},
		"rent_arrears_2012.xlsx":            {{reeve.KindDebt, "", "folder/1", "rent arrears"}},
		"photos/summer.jpg":                 nil,
	} {
		if diff := cmp.Diff(want, Folder(path), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s: %s", path, diff)
		}
	}
}

func TestHeadings(t *testing.T) {
	for header, want := range map[string]string{
		"NI Number": "nino", "NI_NO": "nino", "DateOfBirth": "date_of_birth", "Tenant 2 DOB": "date_of_birth tenant2", "Child's Forename": "name child",
		"Name of child": "name", "DOB of child": "date_of_birth child", "Mother's name": "name mother", "SW": "name social worker", "Perp DOB": "date_of_birth perpetrator", "S117": "health",
		"CP plan start": "child_social_care", "UNION_CD": "trade_union", "Forename 2": "name 2", "Claim address": "address", "Sort Code": "bank_account",
		"Ethnic Origin": "ethnicity", "The weather today": "",
	} {
		h := readHeading(header)
		got := ""
		if h.known() {
			got = strings.TrimSpace(string(h.kind) + " " + h.slot.key)
		}
		if got != want {
			t.Errorf("%q is %q, want %q", header, got, want)
		}
	}
}

// TestOwners are sentences in which it matters of whom something is said.
func TestOwners(t *testing.T) {
	for _, c := range []struct{ text, kind, owner string }{
		{"John Smith has diabetes and Amara Okafor is pregnant.", "health", "John Smith|Amara Okafor"},
		{"John Smith and Amara Okafor are both homeless.", "homelessness", "John Smith|Amara Okafor"},
		{"John Smith's mother has dementia.", "health", ""},
		{"John Smith lives with his mother and has epilepsy.", "health", "John Smith"},
		{"Social worker Jane Doyle says that Amara Okafor is diabetic.", "health", "Amara Okafor"},
		{"PC Alan Grey was told that the bus was late. MARAC agreed.", "domestic_abuse", ""},
		{"Amara Okafor was visited. She has cancer.", "health", "Amara Okafor"},
		{"Amara Okafor fled domestic violence from Daniel Moss.", "domestic_abuse", "Amara Okafor"},
		{"Amara Okafor denies any drug misuse.", "health", "-Amara Okafor"},
		{"Amara Okafor has no known disabilities.", "disability", "-Amara Okafor"},
		{"If you have diabetes, tell Amara Okafor.", "health", ""},
		{"Does Amara Okafor have epilepsy?", "health", ""},
	} {
		found := read(c.text)
		var owners []string
		for _, f := range found {
			if string(f.Kind) != c.kind {
				continue
			}
			who := ""
			for _, g := range found {
				if g.Kind == reeve.KindName && g.Clump == f.Clump {
					who = g.Value.Reveal()
				}
			}
			if f.Negated {
				who = "-" + who
			}
			if len(owners) == 0 || owners[len(owners)-1] != who {
				owners = append(owners, who)
			}
		}
		if got := strings.Join(owners, "|"); got != c.owner {
			t.Errorf("%q: said of %q, want %q", c.text, got, c.owner)
		}
	}
}

// TestMeetings: who chairs a meeting or comes to one is said in passing, what a
// form says of its own people is stated.
func TestMeetings(t *testing.T) {
	for text, want := range map[string]reeve.Confidence{
		"Regional fleet managers' day, Westford. Talks by Priya Anand and Owen Clarke. Chair: Alan Grey.": reeve.ConfidenceC,
		"Buying group, 4 May 2011\nPresent: Alan Grey, Priya Anand\nApologies: Owen Clarke":               reeve.ConfidenceC,
		"Chairperson: Alan Grey\nMinutes by: Owen Clarke":                                                 reeve.ConfidenceC,
		"Tenant: Alan Grey\nDate of birth: 05/03/1984":                                                    reeve.ConfidenceB,
		"Social worker: Alan Grey\nChild: Priya Anand":                                                    reeve.ConfidenceB,
	} {
		for _, f := range read(text) {
			if f.Kind == reeve.KindName && f.Confidence != want {
				t.Errorf("%q: a name at %v, want %v", text, f.Confidence, want)
			}
		}
	}
}

// FuzzDocument reads any text as prose and as a table: no panic, places inside
// their text, the same findings twice, findings in order.
func FuzzDocument(f *testing.F) {
	files, _ := filepath.Glob("testdata/*/*.txt")
	for _, file := range files {
		f.Add(string(must(os.ReadFile(file))))
	}
	f.Add("Name:\tA\n\n:\n::\nDOB: \xff\x00 P<\n<<<<")
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 1<<16 {
			return
		}
		check(t, &reeve.Block{Text: text})
		var rows [][]string
		for line := range strings.SplitSeq(text, "\n") {
			rows = append(rows, strings.Split(line, ","))
		}
		check(t, &reeve.Block{Rows: rows[:min(len(rows), 1000)], Table: 1, First: 1})
	})
}

// TestHostile reads the documents of testdata cut, doubled and with bytes
// changed, some thousand times.
func TestHostile(t *testing.T) {
	files, _ := filepath.Glob("testdata/*/*")
	state := uint64(3)
	next := func(limit int) int {
		state = state*6364136223846793005 + 1442695040888963407
		return int(state >> 33 % uint64(limit))
	}
	for round := range 1500 {
		b := must(os.ReadFile(files[round%len(files)]))
		for range 1 + next(8) {
			if len(b) < 2 {
				break
			}
			switch at := next(len(b)); next(4) {
			case 0:
				b = b[at:]
			case 1:
				b[at] = byte(next(256))
			case 2:
				b[at] = "\n\t:,;()<>☒ 0A"[next(12)]
			default:
				b = append(b[:at:at], b[max(0, at-next(40)):]...)
			}
		}
		block := &reeve.Block{Text: string(b)}
		if round%3 == 0 {
			block = &reeve.Block{Table: 1, First: 1}
			for line := range strings.SplitSeq(string(b), "\n") {
				block.Rows = append(block.Rows, strings.Split(line, ","))
			}
		}
		check(t, block)
	}
}

func check(t *testing.T, b *reeve.Block) {
	d := testSet().Open(testIndex())
	found := d.Block(0, b)
	d.Close()
	for i, g := range found {
		size := len(b.Text)
		if g.Place.Row >= 0 {
			size = len(b.Rows[g.Place.Row][g.Place.Col])
		}
		if g.Place.Start > g.Place.End || int(g.Place.End) > size {
			t.Fatalf("%s at %d..%d of %d bytes", g.Kind, g.Place.Start, g.Place.End, size)
		}
		if i > 0 && found[i-1].Place.Before(g.Place) == false && g.Place.Before(found[i-1].Place) {
			t.Fatalf("finding %d stands before the one before it", i)
		}
		if g.Rule == "" || g.Kind == "" || g.Confidence < reeve.ConfidenceB || g.Confidence > reeve.ConfidenceD {
			t.Fatalf("finding without rule, kind or confidence: %+v", g)
		}
	}
	if len(found) == 0 {
		return
	}
	again := testSet().Open(testIndex()).Block(0, b)
	if diff := cmp.Diff(found, again, revealed); diff != "" {
		t.Fatal(diff)
	}
}
