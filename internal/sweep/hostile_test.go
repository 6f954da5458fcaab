package sweep_test

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/sweep"
)

// column gives one column of a list by the value of another.
func column(t *testing.T, c *sweep.Case, list, key, value string) map[string]string {
	t.Helper()
	l, err := sweep.FindList(list)
	if err != nil {
		t.Fatal(err)
	}
	at := func(name string) int {
		for i, c := range l.Columns {
			if c == name {
				return i
			}
		}
		t.Fatalf("list %s has no column %s", list, name)
		return 0
	}
	out := make(map[string]string)
	k, v := at(key), at(value)
	if err := c.Rows(t.Context(), l, sweep.ListOptions{Reveal: true, Sealed: true}, func(row []string) error {
		out[row[k]] = row[v]
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	return out
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestHostileFolder: what cannot be opened or followed is a row with a reason,
// and odd names are told apart.
func TestHostileFolder(t *testing.T) {
	dir := t.TempDir()
	share := filepath.Join(dir, "share")
	write(t, filepath.Join(share, "plain.txt"), "Name: Ada Okafor\n")
	write(t, filepath.Join(share, "line\nbreak.txt"), "one\n")
	write(t, filepath.Join(share, "semi;colon \"quoted\".txt"), "two\n")
	write(t, filepath.Join(share, "bad\xffname.txt"), "three\n")
	write(t, filepath.Join(share, "empty.docx"), "")
	write(t, filepath.Join(share, "latin.txt"), "Name: Ren\xe9e M\xfcller\nDate of birth: 01/02/1970\n")
	if err := os.Symlink(share, filepath.Join(share, "loop")); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mkfifo(filepath.Join(share, "pipe"), 0o600); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(share, "closed", "secret.txt"), "four\n")
	write(t, filepath.Join(share, "shut.txt"), "five\n")
	if err := os.Chmod(filepath.Join(share, "closed"), 0); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(filepath.Join(share, "shut.txt"), 0); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.Chmod(filepath.Join(share, "closed"), 0o755) })

	c := openCase(t, filepath.Join(dir, "case"), "")
	f := runSweep(t, c, sweep.Options{Exhibits: []sweep.ExhibitFlag{{Path: share}}}).Funnel
	if f.Items != f.Read+f.PartlyRead+f.NotRead {
		t.Errorf("funnel does not add up: %+v", f)
	}
	reasons := column(t, c, "items", "item", "reason")
	want := map[string]string{"plain.txt": "", "line%0Abreak.txt": "", "semi%3Bcolon \"quoted\".txt": "", "bad%FFname.txt": "",
		"empty.docx": "empty", "latin.txt": "", "loop": string(reeve.ReasonLink), "pipe": string(reeve.ReasonSpecial)}
	if os.Geteuid() != 0 { // root may read everything
		want["closed"], want["shut.txt"] = string(reeve.ReasonNoPermission), string(reeve.ReasonNoPermission)
	}
	for item, reason := range want {
		if got, ok := reasons[item]; !ok || got != reason {
			t.Errorf("item %q: reason %q (listed %v), want %q", item, got, ok, reason)
		}
	}
	values := column(t, c, "findings", "value", "item")
	if values["Renée Müller"] != "latin.txt" {
		t.Errorf("a Windows-1252 name was not read: %v", values)
	}
}

// TestFullDisk: a case on a disk that runs full fails with one clear error, stays
// whole, and goes on once there is space.
func TestFullDisk(t *testing.T) {
	if runtime.GOOS != "linux" || os.Geteuid() != 0 {
		t.Skip("needs a small disk of its own, which only root can mount")
	}
	dir, truth := plantCouncil(t, 300, 150)
	small := filepath.Join(dir, "small")
	if err := os.Mkdir(small, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("tmpfs", small, "tmpfs", 0, "size=2m"); err != nil {
		t.Skipf("no file system can be mounted here: %v", err)
	}
	t.Cleanup(func() { syscall.Unmount(small, syscall.MNT_DETACH) })
	c, err := sweep.Make(t.Context(), filepath.Join(small, "case"), "")
	if err != nil {
		t.Fatal(err)
	}
	failures := 0
	for size := 2; ; size++ {
		if err := syscall.Mount("tmpfs", small, "tmpfs", syscall.MS_REMOUNT, "size="+string(rune('0'+size/10))+string(rune('0'+size%10))+"m"); err != nil {
			t.Fatal(err)
		}
		_, err := c.Sweep(t.Context(), planted(dir, truth))
		if err == nil {
			break
		}
		failures++
		if reeve.HintOf(err) == "" || !strings.Contains(err.Error(), "full") && !strings.Contains(err.Error(), "space") {
			t.Errorf("an error that does not help: %v", err)
		}
		if size == 90 {
			t.Fatal("still no end at 90 MB")
		}
	}
	if failures == 0 {
		t.Error("the disk never ran full")
	}
	got := lists(t, c)
	c.Close()
	whole := openCase(t, filepath.Join(dir, "whole"), "")
	runSweep(t, whole, planted(dir, truth))
	sameLists(t, "after a full disk", lists(t, whole), got)
}

// TestBrokenRegister: broken rows are reported with line and reason and stop
// nothing; the same file again is nothing, a changed one replaces its rows.
func TestBrokenRegister(t *testing.T) {
	dir := t.TempDir()
	share := filepath.Join(dir, "share")
	write(t, filepath.Join(share, "a.txt"), "Name: Ada Okafor\nDate of birth: 05/03/1980\nNI number: AA 12 34 56 B\n")
	register := filepath.Join(dir, "people.csv")
	head := "source_system;source_person_id;surname;forename;date_of_birth;ni_number\n"
	write(t, register, head+"CRM;1;Okafor;Ada;05/03/1980;AA123456B\nCRM;2;\"Broken;x\nCRM;3;Ren\xe9e;Marie;31/02/1980;\n;;;;;\nCRM;;Nobody;;;\n")
	c := openCase(t, filepath.Join(dir, "case"), "")
	opt := sweep.Options{Exhibits: []sweep.ExhibitFlag{{Path: share}}, Registers: []sweep.RegisterFlag{{Path: register}}}
	runSweep(t, c, opt)
	if n := len(column(t, c, "bad-rows", "line", "reason")); n == 0 {
		t.Error("no bad row was reported")
	}
	if got := column(t, c, "people", "register_id", "tier")["1"]; got != "strong" {
		t.Errorf("the whole row was lost: tier %q", got)
	}
	before := lists(t, c)
	runSweep(t, c, opt)
	sameLists(t, "the same register again", before, lists(t, c))
	write(t, register, head+"CRM;9;Okafor;Ada;05/03/1980;AA123456B\n")
	runSweep(t, c, opt)
	people := column(t, c, "people", "register_id", "tier")
	if people["9"] != "strong" || people["1"] != "" {
		t.Errorf("a changed register did not replace its rows: %v", people)
	}
}

// TestChangedFile: a file of an exhibit that holds other bytes at the next run is
// read anew, and the members of a container that is none any more are gone.
func TestChangedFile(t *testing.T) {
	dir := t.TempDir()
	share := filepath.Join(dir, "share")
	pack := filepath.Join(share, "pack.zip")
	if err := os.MkdirAll(share, 0o755); err != nil {
		t.Fatal(err)
	}
	zipOf := func(name, text string) {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		w.Write([]byte(text))
		z.Close()
		write(t, pack, b.String())
	}
	c := openCase(t, filepath.Join(dir, "case"), "")
	opt := sweep.Options{Exhibits: []sweep.ExhibitFlag{{Path: share}}}
	zipOf("old.txt", "Name: Ada Okafor\n")
	runSweep(t, c, opt)
	zipOf("new.txt", "Name: Tomasz Brannigan, much longer than before\n")
	runSweep(t, c, opt)
	items := column(t, c, "items", "item", "status")
	if _, old := items["pack.zip!/old.txt"]; old || items["pack.zip!/new.txt"] != "read" || len(items) != 2 {
		t.Errorf("items after the change: %v", items)
	}
	if values := column(t, c, "findings", "value", "item"); values["Ada Okafor"] != "" || values["Tomasz Brannigan"] == "" {
		t.Errorf("findings after the change: %v", values)
	}
}

// TestCaseInsideExhibit: a case kept in the folder that it examines does not
// examine itself.
func TestCaseInsideExhibit(t *testing.T) {
	share := filepath.Join(t.TempDir(), "share")
	write(t, filepath.Join(share, "a.txt"), "Name: Ada Okafor\n")
	c := openCase(t, filepath.Join(share, "reeve-case"), "")
	var warned []string
	opt := sweep.Options{Exhibits: []sweep.ExhibitFlag{{Path: share}}, Warn: func(s string) { warned = append(warned, s) }}
	for range 2 {
		if n := runSweep(t, c, opt).Funnel.Items; n != 1 {
			t.Fatalf("%d items, want the one file", n)
		}
	}
	if !strings.Contains(strings.Join(warned, "\n"), "case folder lies in the exhibit") {
		t.Errorf("nobody was told: %q", warned)
	}
}
