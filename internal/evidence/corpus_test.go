package evidence

import (
	"bytes"
	"crypto/sha256"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/formattest"
)

// typeOf tells containers by their first bytes; the real identifier belongs to
// another room.
func typeOf(b []byte) string {
	for _, m := range []struct{ magic, typ string }{
		{"PK\x03\x04", "zip"}, {"PK\x07\x08", "zip"}, {"PK00PK", "zip"}, {"PK\x05\x06", "zip"}, {"7z\xbc\xaf\x27\x1c", "7z"}, {"Rar!\x1a\x07", "rar"},
		{"\x1f\x8b\x08", "gz"}, {"BZh", "bz2"}, {"\xfd7zXZ\x00", "xz"}, {"\x28\xb5\x2f\xfd", "zst"}, {"\x1f\x9d", "compress"},
		{"!<arch>\n", "ar"}, {"070701", "cpio"}, {"070707", "cpio"}, {"\xc7\x71", "cpio"},
	} {
		if bytes.HasPrefix(b, []byte(m.magic)) {
			return m.typ
		}
	}
	if isTar(b) {
		return "tar"
	}
	return ""
}

// tree unpacks a container and all in it as the sweep does, and counts what it
// saw by status and reason.
type tree struct {
	t         *testing.T
	passwords []string
	expanded  int64
	left      int64
	counts    map[string]int
	names     []string
}

func (r *tree) open(name string, data []byte, ancestry [][32]byte) {
	digest := sha256.Sum256(data)
	if slices.Contains(ancestry, digest) {
		r.counts["limit/loop"]++
		return
	}
	if len(ancestry) > 12 {
		r.counts["limit/too-deep"]++
		return
	}
	typ := typeOf(data)
	if typ == "" && strings.HasSuffix(name, ".zip") {
		typ = "zip" // the last volume of a spanned one begins in the middle
	}
	if typ == "" {
		return
	}
	opt := options(name, r.passwords...)
	opt.Limits.Expanded = r.left
	o, err := Unpack(typ, Source{bytes.NewReader(data), int64(len(data))}, opt, func(m Member) error {
		r.names = append(r.names, m.Name)
		if m.Outcome != nil {
			r.note(*m.Outcome)
			return nil
		}
		in, err := m.Open()
		if err != nil {
			r.note(*ReadFault(err, 0))
			return nil
		}
		body, err := io.ReadAll(in)
		r.left -= int64(len(body))
		r.expanded += int64(len(body))
		if err != nil {
			r.note(*ReadFault(err, int64(len(body))))
			return nil
		}
		r.counts["member"]++
		r.open(m.Name, body, append(slices.Clip(ancestry), digest))
		return nil
	})
	if err != nil {
		r.t.Errorf("%s: %v", name, err)
	}
	r.note(o)
}

func (r *tree) note(o reeve.Outcome) {
	checkOutcome(r.t, o)
	r.counts[strings.Trim(string(o.Status)+"/"+string(o.Reason), "/")]++
}

func openTree(t *testing.T, path string, passwords ...string) *tree {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	r := &tree{t: t, passwords: passwords, left: Allowance(int64(len(data))), counts: map[string]int{}}
	begun := time.Now()
	r.open(filepath.Base(path), data, nil)
	if took := time.Since(begun); took > 5*time.Second {
		t.Errorf("%s took %v", filepath.Base(path), took)
	}
	return r
}

// TestCorpusPackages states what is known of each of Tika's packages.
func TestCorpusPackages(t *testing.T) {
	dir := filepath.Join(formattest.Corpus(t, "files"), "tika", "pkg")
	for _, c := range []struct {
		file, password string
		counts         map[string]int // some of those seen
	}{
		{"test-documents.zip", "", map[string]int{"member": 18, "read": 2}},
		{"test-documents.tar", "", map[string]int{"member": 18, "read": 2}},
		{"test-documents.tgz", "", map[string]int{"member": 18, "read": 2}},
		{"test-documents.tbz2", "", map[string]int{"member": 18, "read": 2}},
		{"test-documents.tar.Z", "", map[string]int{"member": 18, "read": 2}},
		{"test-documents.7z", "", map[string]int{"member": 18, "read": 2}},
		{"test-documents.rar", "", map[string]int{"member": 18, "read": 2}},
		{"test-documents.cpio", "", map[string]int{"member": 18, "read": 2}},
		{"testARofText.ar", "", map[string]int{"member": 1, "read": 1}},
		{"testZSTD.zst", "", map[string]int{"member": 1, "read": 1}},
		{"test-bz2.txt.bz2", "", map[string]int{"member": 1, "read": 1}},
		{"multiple.gz", "", map[string]int{"member": 1, "read": 1}},
		{"droste.zip", "", map[string]int{"limit/loop": 1}},
		{"quine.gz", "", map[string]int{"limit/loop": 1}},
		{"testZipEncrypted.zip", "", map[string]int{"encrypted/password-needed": 1, "read": 1}},
		{"full_encrypted.7z", "", map[string]int{"encrypted/password-needed": 1}},
		{"test7Z_protected_passTika.7z", "", map[string]int{"encrypted/password-needed": 1}},
		{"test7Z_protected_passTika.7z", "Tika", map[string]int{"read": 1, "member": 1}},
		{"test-documents-enc.rar", "", map[string]int{"encrypted/password-needed": 1}},
		{"test-documents-spanned.zip", "", map[string]int{"partly-read/spanned": 1}},
		{"test-documents-spanned.z01", "", map[string]int{"partly-read/spanned": 1}},
		{"gbk.zip", "", map[string]int{"member": 1, "read": 1}},
	} {
		r := openTree(t, filepath.Join(dir, c.file), c.password)
		for what, want := range c.counts {
			if r.counts[what] != want {
				t.Errorf("%s with %q: %d %s, want %d; all: %v", c.file, c.password, r.counts[what], what, want, r.counts)
			}
		}
	}
}

// TestCorpusContainers unpacks every container of the corpus to the bottom:
// each ends in a status, within limits, and none takes long. Office files are
// containers too.
func TestCorpusContainers(t *testing.T) {
	root := formattest.Corpus(t, "files")
	files, total := 0, map[string]int{}
	err := Walk(root, func(f Found) error {
		if f.Reason != "" || f.Size > 4<<20 || f.Size == 0 {
			return nil
		}
		head := make([]byte, tarBlock)
		in, err := os.Open(f.Disk)
		if err != nil {
			return err
		}
		n, _ := io.ReadFull(in, head)
		in.Close()
		if typeOf(head[:n]) == "" {
			return nil
		}
		files++
		for what, n := range openTree(t, f.Disk, "tika", "Tika", "password").counts {
			total[what] += n
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d containers: %v", files, total)
	if files < 100 {
		t.Errorf("only %d containers", files)
	}
}
