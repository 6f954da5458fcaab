package ole_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/reeve-council/reeve/internal/format/formattest"

	"github.com/reeve-council/reeve/internal/ole"
	"github.com/reeve-council/reeve/internal/ole/oletest"
)

func numbers(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(i / 7)
	}
	return b
}

func sample() []byte {
	return oletest.File(
		oletest.Stream{Path: "WordDocument", Data: numbers(10_000)},
		oletest.Stream{Path: "small", Data: numbers(100)},
		oletest.Stream{Path: "ObjectPool/Contents", Data: numbers(5_000)},
		oletest.Stream{Path: "ObjectPool/tiny", Data: []byte("tiny")},
		oletest.Stream{Path: "empty"},
	)
}

func open(t *testing.T, b []byte) *ole.File {
	t.Helper()
	f, err := ole.Open(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestStreams(t *testing.T) {
	f := open(t, sample())
	if f.Broken || f.Cut || f.Guessed {
		t.Errorf("a whole file is broken %v, cut %v, guessed %v", f.Broken, f.Cut, f.Guessed)
	}
	for _, test := range []struct {
		path []string
		want []byte
	}{
		{[]string{"worddocument"}, numbers(10_000)},
		{[]string{"SMALL"}, numbers(100)},
		{[]string{"objectpool", "CONTENTS"}, numbers(5_000)},
		{[]string{"ObjectPool", "tiny"}, []byte("tiny")},
		{[]string{"empty"}, nil},
	} {
		e := f.Find(test.path...)
		if e == nil {
			t.Errorf("%v is missing", test.path)
			continue
		}
		if got, err := e.Bytes(1 << 20); err != nil || !bytes.Equal(got, test.want) {
			t.Errorf("%v: %d bytes, %v; want %d", test.path, len(got), err, len(test.want))
		}
		if got, err := io.ReadAll(e.Open()); err != nil || !bytes.Equal(got, test.want) {
			t.Errorf("%v read on: %d bytes, %v; want %d", test.path, len(got), err, len(test.want))
		}
	}
	if path := f.Find("ObjectPool", "tiny").Path(); !slices.Equal(path, []string{"ObjectPool", "tiny"}) {
		t.Errorf("path %v", path)
	}
	if f.Find("nothing", "there") != nil {
		t.Error("found what is not there")
	}
}

func TestLostTable(t *testing.T) {
	b := sample()
	copy(b[76:], []byte{0xF0, 0xFF, 0x00, 0x00}) // the table is said to lie behind the end
	f := open(t, b)
	got, err := f.Find("WordDocument").Bytes(1 << 20)
	if err != nil || !bytes.Equal(got, numbers(10_000)) || !f.Guessed {
		t.Errorf("%d bytes, %v, guessed %v", len(got), err, f.Guessed)
	}
}

func TestCutShort(t *testing.T) {
	whole := sample()
	for size := range len(whole) {
		f, err := ole.Open(bytes.NewReader(whole[:size]), int64(size))
		if err != nil {
			if !errors.Is(err, ole.ErrNotOLE) {
				t.Fatalf("cut at %d: %v", size, err)
			}
			continue
		}
		for _, e := range f.Entries {
			got, err := e.Bytes(1 << 20)
			if e.Kind == ole.Stream && int64(len(got)) < e.Size && !errors.Is(err, io.ErrUnexpectedEOF) {
				t.Fatalf("cut at %d: %d of %d bytes and %v", size, len(got), e.Size, err)
			}
		}
	}
}

func TestLoop(t *testing.T) {
	b := sample()
	table := len(b) - 512
	binary.LittleEndian.PutUint32(b[table+4:], 0) // sector 1 leads back to sector 0
	f := open(t, b)
	got, err := f.Find("WordDocument").Bytes(1 << 20)
	if !errors.Is(err, io.ErrUnexpectedEOF) || len(got) > 3*512 || !f.Broken {
		t.Errorf("%d bytes, %v, broken %v", len(got), err, f.Broken)
	}
}

// Everything that begins like a compound file in the public corpus opens.
func TestCorpus(t *testing.T) {
	files, refused := 0, 0
	filepath.WalkDir(formattest.Corpus(t, "files"), func(path string, d os.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return nil
		}
		b, err := os.ReadFile(path)
		if err != nil || !bytes.HasPrefix(b, []byte(ole.Magic)) {
			return err
		}
		files++
		f, err := ole.Open(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			refused++
			return nil
		}
		for _, e := range f.Entries {
			if n, _ := io.Copy(io.Discard, e.Open()); n > e.Size {
				t.Errorf("%s: %d bytes of %d", filepath.Base(path), n, e.Size)
			}
		}
		return nil
	})
	if refused > 0 {
		t.Errorf("%d of %d files refused", refused, files)
	}
}

func FuzzOpen(f *testing.F) {
	f.Add(sample())
	f.Fuzz(func(t *testing.T, b []byte) {
		file, err := ole.Open(bytes.NewReader(b), int64(len(b)))
		if err != nil {
			return
		}
		for _, e := range file.Entries {
			if e.Size > int64(len(b)) {
				t.Errorf("a stream of %d bytes in a file of %d", e.Size, len(b))
			}
			io.Copy(io.Discard, e.Open())
			e.Path()
		}
	})
}
