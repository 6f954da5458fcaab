package evidence

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/reeve-council/reeve"
)

func put(t testing.TB, dir, name, body string) {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(body), 0o600); err != nil {
		t.Fatal(err)
	}
}

func walk(t *testing.T, root string) []Found {
	t.Helper()
	var found []Found
	if err := Walk(root, func(f Found) error { found = append(found, f); return nil }); err != nil {
		t.Fatal(err)
	}
	return found
}

func TestWalk(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"a/x.txt", "a.txt", "a-b", "B", "new\nline", "100%", "wow!/in", "caf\xe9"} {
		put(t, dir, name, "body")
	}
	os.Symlink("/etc", filepath.Join(dir, "link"))
	os.Symlink(dir, filepath.Join(dir, "a", "loop"))
	if err := syscall.Mkfifo(filepath.Join(dir, "pipe"), 0o600); err != nil {
		t.Fatal(err)
	}
	os.Mkdir(filepath.Join(dir, "empty"), 0o700)
	var paths []string
	reasons := map[string]reeve.Reason{}
	for _, f := range walk(t, dir) {
		paths = append(paths, f.Path)
		reasons[f.Path] = f.Reason
		if _, err := os.Lstat(f.Disk); err != nil || f.Reason == "" && f.Size != 4 {
			t.Errorf("%s: %v, %d bytes", f.Path, err, f.Size)
		}
	}
	want := []string{"100%25", "B", "a-b", "a.txt", "a/loop", "a/x.txt", "caf%E9", "link", "new%0Aline", "pipe", "wow%21/in"}
	if !slices.Equal(paths, want) || !slices.IsSorted(paths) {
		t.Errorf("walked %q", paths)
	}
	for path, reason := range map[string]reeve.Reason{"a/loop": reeve.ReasonLink, "link": reeve.ReasonLink, "pipe": reeve.ReasonSpecial, "B": ""} {
		if reasons[path] != reason {
			t.Errorf("%s: reason %q, want %q", path, reasons[path], reason)
		}
	}
}

func TestWalkOneFile(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "post;box.pst", "x")
	if got := walk(t, filepath.Join(dir, "post;box.pst")); len(got) != 1 || got[0].Path != "post%3Bbox.pst" {
		t.Errorf("%+v", got)
	}
	if err := Walk(filepath.Join(dir, "none"), nil); err == nil {
		t.Error("an exhibit that is not there was walked")
	}
}

func TestWalkForbidden(t *testing.T) {
	if os.Getuid() == 0 {
		t.Skip("root may open every folder")
	}
	dir := t.TempDir()
	put(t, dir, "shut/x", "x")
	os.Chmod(filepath.Join(dir, "shut"), 0)
	defer os.Chmod(filepath.Join(dir, "shut"), 0o700)
	got := walk(t, dir)
	if len(got) != 1 || got[0].Path != "shut" || got[0].Reason != reeve.ReasonNoPermission {
		t.Errorf("%+v", got)
	}
}

func TestWalkDeep(t *testing.T) {
	dir := t.TempDir()
	deep := dir + strings.Repeat("/d", 1500)
	if err := os.MkdirAll(deep, 0o700); err != nil {
		t.Skip("the file system does not nest so deep")
	}
	put(t, deep, "x", "body")
	if got := walk(t, dir); len(got) != 1 || got[0].Path != strings.Repeat("d/", 1500)+"x" {
		t.Errorf("%d found", len(got))
	}
}

func TestLostExplained(t *testing.T) {
	for err, want := range map[error]reeve.Reason{os.ErrPermission: reeve.ReasonNoPermission, os.ErrNotExist: reeve.ReasonUnreadable,
		syscall.ENAMETOOLONG: reeve.ReasonUnreadable, syscall.EIO: reeve.ReasonUnreadable} {
		if got := lost(err); got.Reason != want || got.Detail == "" {
			t.Errorf("%v: %+v", err, got)
		}
	}
}

// TestExhibitDigest uses a value computed with sort and sha256sum.
func TestExhibitDigest(t *testing.T) {
	a := strings.Repeat("a", 64)
	files := []FileDigest{{"", "z/locked"}, {a, "b.txt"}, {a, "a.txt"}}
	// printf '%s\n' "-  z/locked" "aaa…  a.txt" "aaa…  b.txt" | LC_ALL=C sort | sha256sum
	const want = "9901140c33f5ccfd9c3a12894d274f52145f724f9a48608f34edca5488779e5f"
	if got := ExhibitDigest(files); got != want {
		t.Errorf("digest %s", got)
	}
	slices.Reverse(files)
	if got := ExhibitDigest(files); got != want {
		t.Error("the digest depends on the order of the files")
	}
}

func TestListing(t *testing.T) {
	digest := strings.Repeat("ab", 32)
	held := []Held{{"HR/leavers.xlsx", 10, digest}, {"HR/notes;1.txt", 5, ""}, {"desktop.ini", 7, ""}, {"Finance/pay.csv", 99, ""}}
	for name, c := range map[string]struct{ text, gaps string }{
		"csv":        {"path,size,sha256\nhr/leavers.xlsx,10," + digest + "\nFinance/pay.csv,100,\nFinance/gone.csv,1,\n", "3 differs Finance/pay.csv; 4 not-held"},
		"no header":  {"D:\\Shares\\HR\\leavers.xlsx;10\nD:\\Shares\\HR\\notes;5\n", "2 not-held"},
		"plain":      {"\\\\srv01\\share\\HR\\leavers.xlsx\r\n./Finance/pay.csv\n/mnt/x/HR/other.doc\n", "3 not-held"},
		"encoded":    {"HR/notes;1.txt\n", ""},
		"one each":   {"C:/a/desktop.ini\nC:/b/desktop.ini\nC:/desktop.ini\n", "1 not-held; 2 not-held"},
		"twice":      {"HR/leavers.xlsx\nHR/leavers.xlsx\n", ""},
		"utf-16":     {"\xff\xfe" + wide("HR\\leavers.xlsx\r\nHR\\none.doc\r\n"), "2 not-held"},
		"powershell": {"\"FullName\",\"Length\"\r\n\"D:\\HR\\leavers.xlsx\",\"10\"\r\n\"D:\\HR\\notes;1.txt\",\"1,005\"\r\n", "3 differs HR/notes;1.txt"},
		"empty":      {"", ""},
	} {
		l, err := ReadListing(strings.NewReader(c.text))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var got []string
		for _, g := range l.Compare(slices.Values(encodeHeld(held))) {
			got = append(got, strings.TrimSpace(strings.ReplaceAll(itoa(g.Line)+" "+g.What+" "+g.Held, "%3B", ";")))
		}
		if s := strings.Join(got, "; "); s != c.gaps {
			t.Errorf("%s: %q, want %q", name, s, c.gaps)
		}
	}
}

func encodeHeld(held []Held) []Held {
	out := slices.Clone(held)
	for i := range out {
		out[i].Path = strings.ReplaceAll(out[i].Path, ";", "%3B")
	}
	return out
}

func itoa(n int) string { return strconv.Itoa(n) }

// wide writes ASCII as UTF-16, little-endian.
func wide(s string) string { return strings.Join(strings.Split(s, ""), "\x00") + "\x00" }
