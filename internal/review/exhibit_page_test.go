package review

import (
	"bytes"
	"io/fs"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/reeve-council/reeve/internal/sweep"
)

// emptyCase is a case without anything, on SQLite.
func emptyCase(t *testing.T) *sweep.Case {
	t.Helper()
	c, err := sweep.Make(t.Context(), filepath.Join(t.TempDir(), "case"), "")
	if err == nil {
		t.Cleanup(func() { c.Close() })
		err = migrateAll(t.Context(), c.DB)
	}
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// sendFile sends a form with a file.
func sendFile(t *testing.T, h http.Handler, path, name string, content []byte, fields ...string) *httptest.ResponseRecorder {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for i := 0; i+1 < len(fields); i += 2 {
		w.WriteField(fields[i], fields[i+1])
	}
	if name != "" {
		part, err := w.CreateFormFile("file", name)
		if err != nil {
			t.Fatal(err)
		}
		part.Write(content)
	}
	w.Close()
	r := httptest.NewRequest("POST", path, &b)
	r.Header.Set("Content-Type", w.FormDataContentType())
	return send(t, h, r, nil)
}

// inbox lists the files that uploads left, with their modes checked.
func inbox(t *testing.T, c *sweep.Case) (names []string) {
	t.Helper()
	filepath.WalkDir(filepath.Join(c.Dir, inboxName), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return nil
		}
		info, err := d.Info()
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: mode %v, %v", path, info.Mode(), err)
		}
		names = append(names, d.Name())
		return nil
	})
	return names
}

var custodyFields = []string{"ref", "SHARE-1", "from", "file server", "by", "R. Officer", "taken", "likely"}

func TestUploadExhibit(t *testing.T) {
	c := emptyCase(t)
	_, h := testRoom(t, Deps{Case: c})
	want(t, get(t, h, "/exhibits"), http.StatusOK, "There is no exhibit yet")
	want(t, get(t, h, "/exhibits/upload"), http.StatusOK, "2.1 GB")
	for _, bad := range []struct {
		name   string
		file   string
		fields []string
		want   string
	}{
		{"no file", "", custodyFields, "Choose a file"},
		{"no custody", "x.txt", []string{"ref", "A"}, "Say where the copy came from"},
		{"a path for a name", "x.txt", append([]string{"ref", "../up"}, custodyFields[2:]...), "Enter a reference of letters"},
	} {
		want(t, sendFile(t, h, "/exhibits/upload", bad.file, []byte("x"), bad.fields...), http.StatusUnprocessableEntity, bad.want)
		if left := inbox(t, c); len(left) != 0 {
			t.Errorf("%s: the inbox holds %v", bad.name, left)
		}
	}
	w := sendFile(t, h, "/exhibits/upload", `..\..\Ada Byron <script>.TXT`, []byte("hello"), custodyFields...)
	want(t, w, http.StatusSeeOther)
	left := inbox(t, c)
	if len(left) != 1 || !regexp.MustCompile(`^upload-\d+\.txt$`).MatchString(left[0]) {
		t.Errorf("the inbox holds %v", left)
	}
	page := get(t, h, "/exhibits")
	want(t, page, http.StatusOK, "SHARE-1", "waits for a sweep", "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824", "Uploaded as Ada Byron &lt;script&gt;.TXT")
	if strings.Contains(page.Body.String(), c.Dir) {
		t.Error("the page tells where the case lies")
	}
	if l := lastLeaf(t, c); l.Verb != "add-exhibit" || strings.Contains(l.Line, "Ada") {
		t.Errorf("leaf %+v", l)
	}
	want(t, sendFile(t, h, "/exhibits/upload", "y.txt", []byte("y"), custodyFields...), http.StatusUnprocessableEntity, "Another exhibit has this reference")
	want(t, post(t, h, "/exhibits/take-back", url.Values{"name": {"SHARE-1"}}), http.StatusSeeOther)
	if left := inbox(t, c); len(left) != 0 {
		t.Errorf("taken back, the inbox holds %v", left)
	}
}

func TestUploadTooLarge(t *testing.T) {
	c := emptyCase(t)
	_, h := testRoom(t, Deps{Case: c, Upload: 1000})
	w := sendFile(t, h, "/exhibits/upload", "x.bin", make([]byte, 3<<20), custodyFields...)
	want(t, w, http.StatusBadRequest, "Copy it to the server")
	if left := inbox(t, c); len(left) != 0 {
		t.Errorf("the inbox holds %v", left)
	}
}

// TestNothingClimbsOutOfTheRoots: a path given in the browser stays below the
// folders that the operator named.
func TestNothingClimbsOutOfTheRoots(t *testing.T) {
	c := emptyCase(t)
	outside, root := t.TempDir(), t.TempDir()
	for _, err := range []error{
		os.MkdirAll(filepath.Join(root, "copies", "share"), 0o700), os.WriteFile(filepath.Join(outside, "secret"), nil, 0o600),
		os.Symlink(outside, filepath.Join(root, "link")), os.Symlink(filepath.Join(root, "copies"), filepath.Join(root, "inner")),
		os.Symlink("copies", filepath.Join(root, "near")),
	} {
		if err != nil {
			t.Fatal(err)
		}
	}
	m, h := testRoom(t, Deps{Case: c, Roots: []string{root, filepath.Dir(c.Dir)}})
	for _, below := range []string{"../", "..", "link", "link/secret", "copies/../../x", "nothing", "/etc/passwd", "copies/share/../../link/secret", "inner\x00"} {
		if path, err := m.onServer(root, below); err == nil && path != root && !strings.HasPrefix(path, root+string(filepath.Separator)) {
			t.Errorf("%q leads to %s", below, path)
		}
	}
	if path, err := m.onServer(outside, "secret"); err == nil {
		t.Errorf("a root that nobody named leads to %s", path)
	}
	if path, err := m.onServer(filepath.Dir(c.Dir), "case/case.json"); err == nil {
		t.Errorf("the folder of the case is an exhibit: %s", path)
	}
	if path, err := m.onServer(root, "near/share"); err != nil || path != filepath.Join(root, "copies", "share") {
		t.Errorf("%q, %v", path, err)
	}
	form := url.Values{"root": {root}, "below": {"link"}, "ref": {"S"}, "from": {"x"}, "by": {"y"}, "taken": {"unknown"}}
	want(t, post(t, h, "/exhibits/add", form), http.StatusUnprocessableEntity, "Give the path of a folder or file below it")
	form.Set("below", "copies/share")
	want(t, post(t, h, "/exhibits/add", form), http.StatusSeeOther)
}

// TestSweepInTheBrowser goes the whole way of a newcomer: a register and an
// exhibit are sent, columns are checked, a sweep is started and watched, and the
// person is on the list.
func TestSweepInTheBrowser(t *testing.T) {
	c := emptyCase(t)
	_, h := testRoom(t, Deps{Case: c})
	register := "source_system,source_person_id,surname,forename,date_of_birth,postcode,restricted\n" +
		"HOUSING,1,Okonjo-Brightwell,Tamsin,1984-03-09,W8 7NX,\nHOUSING,2,Hiddenham,Zebedee,1970-01-02,EC1A 1BB,Y\nHOUSING,,Nameless,,,,\n"
	w := sendFile(t, h, "/registers/add", "people.csv", []byte(register), "ref", "housing")
	want(t, w, http.StatusSeeOther)
	page := get(t, h, w.Header().Get("Location"))
	want(t, page, http.StatusOK, "Generic register", "T.", "1984", "aaaaaa", "Line 4")
	for _, never := range []string{"Tamsin", "Okonjo", "Hiddenham", "Zebedee", "H.", "1970"} {
		if strings.Contains(page.Body.String(), never) {
			t.Errorf("the preview tells %q", never)
		}
	}
	letter := "Dear Ms Tamsin Okonjo-Brightwell\n\nDate of birth: 09/03/1984. Your National Insurance number AA 12 34 56 B and your postcode W8 7NX are on file.\n"
	want(t, sendFile(t, h, "/exhibits/upload", "letter.txt", []byte(letter), custodyFields...), http.StatusSeeOther)
	want(t, get(t, h, "/sweep"), http.StatusOK, "SHARE-1", "people.csv", "Start the sweep")
	want(t, post(t, h, "/sweep/start", url.Values{"exhibit": {"SHARE-1"}, "council": {"not a code!"}}), http.StatusUnprocessableEntity, "Enter a short code")
	want(t, post(t, h, "/sweep/start", url.Values{"exhibit": {"NONE"}}), http.StatusUnprocessableEntity, "Choose exhibits of the list")
	want(t, post(t, h, "/sweep/start", url.Values{"exhibit": {"SHARE-1"}, "council": {"nvb"}, "as_of": {"2026-01-12"}}), http.StatusSeeOther)
	awaitSweep(t, h)
	want(t, get(t, h, "/sweep"), http.StatusOK, "The last sweep has ended")
	want(t, get(t, h, "/registers"), http.StatusOK, "HOUSING", "housing.csv", `href="/registers/rows/1"`)
	want(t, get(t, h, "/registers/rows/1"), http.StatusOK, "What is wrong")
	want(t, get(t, h, "/exhibits"), http.StatusOK, "swept", "1 read")
	want(t, get(t, h, "/standing"), http.StatusOK, "1 person", "read all")
	want(t, get(t, h, "/items"), http.StatusOK, "/documents/1")
	want(t, get(t, h, "/people"), http.StatusOK, "T.O.B.")

	want(t, post(t, h, "/exhibits/take-back", url.Values{"name": {"SHARE-1"}}), http.StatusNotFound)
	want(t, post(t, h, "/sweep/stop", nil), http.StatusConflict, "No sweep is running here")
	want(t, post(t, h, "/registers/take-back/housing", nil), http.StatusConflict, "A sweep has loaded it")
}

// awaitSweep waits until the sweep has ended.
func awaitSweep(t *testing.T, h http.Handler) {
	t.Helper()
	for range 600 {
		if !strings.Contains(get(t, h, "/sweep").Body.String(), "A sweep is running") {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Fatal("the sweep does not end")
}

// TestSweepHeldElsewhere: while another process sweeps the case, this one says
// so and changes nothing.
func TestSweepHeldElsewhere(t *testing.T) {
	c := emptyCase(t)
	_, h := testRoom(t, Deps{Case: c})
	want(t, sendFile(t, h, "/exhibits/upload", "letter.txt", []byte("hello"), custodyFields...), http.StatusSeeOther)
	release, err := c.DB.Lock(t.Context(), "sweep")
	if err != nil {
		t.Fatal(err)
	}
	defer release()
	want(t, post(t, h, "/sweep/start", url.Values{"exhibit": {"SHARE-1"}}), http.StatusSeeOther)
	awaitSweep(t, h)
	want(t, get(t, h, "/sweep"), http.StatusOK, "The last sweep ended early", "Another sweep of this case is running")
}

// TestMapRegister: a register of unknown layout is loaded by the council's own
// mapping, which a second visitor's change does not overwrite.
func TestMapRegister(t *testing.T) {
	c := emptyCase(t)
	_, h := testRoom(t, Deps{Case: c})
	register := "Sys,Number,Last,First\nLIB,7,Quillfeather,Jo\n"
	want(t, sendFile(t, h, "/registers/add", "library.csv", []byte(register), "ref", "library"), http.StatusSeeOther)
	want(t, get(t, h, "/registers/columns/library"), http.StatusOK, "The layout is not known", "Still needed: source_system, source_person_id, surname", "aaaaaaaaaaaa")
	form := url.Values{"version": {"1"}, "column-0": {"source_system"}, "column-1": {"source_person_id"}, "column-2": {"surname"}, "column-3": {"forename"}}
	want(t, post(t, h, "/registers/columns/library", form), http.StatusSeeOther)
	want(t, get(t, h, "/registers/columns/library"), http.StatusOK, "Generic register", "Q.", "J.")
	want(t, post(t, h, "/registers/columns/library", form), http.StatusConflict)
	form.Set("column-0", "no_such_column")
	want(t, post(t, h, "/registers/columns/library", form), http.StatusUnprocessableEntity, "Choose a column of the list")
	want(t, get(t, h, "/registers/columns/nothing"), http.StatusNotFound)
}

func TestUnreadableRegister(t *testing.T) {
	c := emptyCase(t)
	_, h := testRoom(t, Deps{Case: c})
	want(t, sendFile(t, h, "/registers/add", "x.csv", []byte{0, 1, 2, 3}, "ref", "x"), http.StatusSeeOther)
	want(t, get(t, h, "/registers/columns/x"), http.StatusOK, "It cannot be read as a table")
}
