package paper

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/reeve-council/reeve"
)

// TestTableOfObjects follows the table at the end of a file: at each place stands
// the object with that number, and every reference names one that is there.
func TestTableOfObjects(t *testing.T) {
	var out bytes.Buffer
	if err := sample(t).WritePDF(&out); err != nil {
		t.Fatal(err)
	}
	file := out.Bytes()
	table, err := strconv.Atoi(strings.Fields(string(file[bytes.LastIndex(file, []byte("startxref")):]))[1])
	if err != nil || !bytes.HasPrefix(file[table:], []byte("xref\n0 ")) {
		t.Fatalf("no table at %d: %v", table, err)
	}
	n := 0
	for line := range bytes.Lines(file[table:]) {
		if len(line) != 20 || line[17] != 'n' {
			continue
		}
		n++
		at, err := strconv.Atoi(string(line[:10]))
		if want := fmt.Sprintf("%d 0 obj\n", n); err != nil || !bytes.HasPrefix(file[at:], []byte(want)) {
			t.Errorf("object %d is not at %d", n, at)
		}
	}
	for i, text := range objectsIn(file) {
		head, _, _ := bytes.Cut(text, []byte("\nstream\n"))
		for _, m := range reference.FindAllSubmatch(head, -1) {
			if to, err := strconv.Atoi(string(m[1])); err != nil || to < 1 || to > n {
				t.Errorf("object %d names object %s of %d", i, m[1], n)
			}
		}
	}
}

// TestOutline hangs each heading under the last one above its level, even where a
// level is left out.
func TestOutline(t *testing.T) {
	d := &Document{Title: "x", Date: made}
	for i, level := range []int{1, 2, 3, 2, 1, 3, 1} {
		d.Blocks = append(d.Blocks, Heading{Level: level, Text: fmt.Sprintf("H%d", i)})
	}
	var out bytes.Buffer
	if err := d.WritePDF(&out); err != nil {
		t.Fatal(err)
	}
	all := objectsIn(out.Bytes())
	root := len(all) - len(d.Blocks) - 1
	var got []string
	for _, text := range all[root:] {
		var links []string
		for _, name := range []string{"Parent", "Prev", "Next", "First", "Last"} {
			if _, after, ok := strings.Cut(string(text), "/"+name+" "); ok {
				to, err := strconv.Atoi(strings.Fields(after)[0])
				if err != nil {
					t.Fatal(err)
				}
				links = append(links, name[:1]+name[len(name)-1:]+strconv.Itoa(to-root-1))
			}
		}
		got = append(got, strings.Join(links, " "))
	}
	want := []string{"Ft0 Lt6", "Pt-1 Nt4 Ft1 Lt3", "Pt0 Nt3 Ft2 Lt2", "Pt1", "Pt0 Pv1", "Pt-1 Pv0 Nt6 Ft5 Lt5", "Pt4", "Pt-1 Pv4"}
	if strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("the outline is\n%q, want\n%q", got, want)
	}
}

// TestSameLetterEverywhere writes a letter from many goroutines at once, between
// letters that need other characters: always the same bytes.
func TestSameLetterEverywhere(t *testing.T) {
	var want bytes.Buffer
	if _, err := notice(t).WritePDF(&want); err != nil {
		t.Fatal(err)
	}
	var wait sync.WaitGroup
	for i := range 8 {
		wait.Go(func() {
			other := notice(t)
			other.Boxes[0].Text = []string{"Ann Brook", "Nguyễn Brook", "Наталья Brook", "Ann Brook\u2603"}[i%4] + "\nZZ1 1ZZ"
			if _, err := other.WritePDF(io.Discard); err != nil {
				t.Error(err)
			}
			var got bytes.Buffer
			if _, err := notice(t).WritePDF(&got); err != nil || !bytes.Equal(got.Bytes(), want.Bytes()) {
				t.Errorf("other bytes, %v", err)
			}
		})
	}
	wait.Wait()
}

// TestNamesInManyScripts reads names back that need each set of fonts.
func TestNamesInManyScripts(t *testing.T) {
	names := []string{"Zoë Müller", "Łucja Ŵyn", "Nguyễn Thị", "Наталья Ελένη", "Անի Brook", "snow \u2603"}
	for _, name := range names {
		l := notice(t)
		l.Boxes[0].Text = name + "\n1 Example Street\nZZ1 1ZZ"
		file := filepath.Join(t.TempDir(), "letter.pdf")
		write(t, file, func(w io.Writer) error { _, err := l.WritePDF(w); return err })
		if text := run(t, "pdftotext", "-l", "1", file, "-"); !strings.Contains(text, name) {
			t.Errorf("%q is not in\n%.300s", name, text)
		}
		if fonts := run(t, "pdffonts", file); strings.Count(fonts, " yes ") < 2 {
			t.Errorf("fonts are not embedded:\n%s", fonts)
		}
	}
}

// TestHostileFacts writes what is said of a file with everything that PDF takes
// for an end of it.
func TestHostileFacts(t *testing.T) {
	l := notice(t)
	l.Title, l.Author, l.Language = ") >> endobj <", "\\(\xff\U0001F642", "en-GB) /Open (x"
	var out bytes.Buffer
	if _, err := l.WritePDF(&out); err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(out.Bytes(), []byte(") /Open")) || !bytes.Contains(out.Bytes(), []byte("/Lang (en-GBOpenx)")) {
		t.Error("a language breaks out of its string")
	}
	all := objectsIn(out.Bytes())
	if !bytes.Contains(all[factsObject], []byte("/Title <feff00290020")) || bytes.Contains(all[factsObject], []byte("endobj")) {
		t.Errorf("a title breaks out of its string: %s", all[factsObject])
	}
}

func TestLiftWantsAFont(t *testing.T) {
	for name, file := range map[string]string{"nothing": "", "no font": "%PDF-1.3\n1 0 obj\n<<>>\nendobj\nxref\n0 2\n0000000000 65535 f \n0000000009 00000 n \n"} {
		if _, err := lift([]byte(file)); !errors.Is(err, reeve.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
