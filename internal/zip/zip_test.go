package zip

import (
	stdzip "archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"
)

// member is one file of a container that a test writes.
type member struct {
	name   string
	body   string
	method uint16
}

var council = []member{
	{"hr/leavers.csv", strings.Repeat("surname,forename\nExample,Ann\n", 400), stdzip.Deflate},
	{"hr/", "", stdzip.Store},
	{"notes.txt", "a stored note", stdzip.Store},
	{"letters/Zoë.txt", strings.Repeat("Dear Zoë, ", 900), stdzip.Deflate},
}

// write makes a container with the standard library, which streams: bit 3 and
// data descriptors are set.
func write(t testing.TB, members []member) []byte {
	t.Helper()
	var buf bytes.Buffer
	w := stdzip.NewWriter(&buf)
	for _, m := range members {
		f, err := w.CreateHeader(&stdzip.FileHeader{Name: m.name, Method: m.method, Modified: time.Date(2023, 5, 4, 10, 20, 30, 0, time.UTC)})
		if err != nil {
			t.Fatal(err)
		}
		io.WriteString(f, m.body)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func open(t testing.TB, data []byte) *Directory {
	t.Helper()
	d, err := Open(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func body(e *Entry, passwords ...string) (string, error) {
	r, err := e.OpenWith(passwords)
	if err != nil {
		return "", err
	}
	defer r.Close()
	b, err := io.ReadAll(r)
	return string(b), err
}

func checkCouncil(t *testing.T, d *Directory) {
	t.Helper()
	if len(d.Entries) != len(council) {
		t.Fatalf("%d entries, want %d", len(d.Entries), len(council))
	}
	for i, m := range council {
		e := d.Entries[i]
		got, err := body(e)
		if e.Name != m.name || got != m.body || err != nil || e.Dir != strings.HasSuffix(m.name, "/") {
			t.Errorf("entry %d: name %q, %d bytes, dir %v, error %v", i, e.Name, len(got), e.Dir, err)
		}
		if want := int64(1683195630); e.Modified != want {
			t.Errorf("entry %d: modified %d, want %d", i, e.Modified, want)
		}
	}
}

func TestWhole(t *testing.T) {
	d := open(t, write(t, council))
	checkCouncil(t, d)
	if d.Salvaged || d.Cut || d.Spanned {
		t.Errorf("a whole container is called %+v", d)
	}
	if d.Find("notes.txt") == nil || d.Find("NOTES.TXT") != nil || len(d.Names()) != len(council) {
		t.Error("Find or Names is wrong")
	}
}

func TestJunkAround(t *testing.T) {
	data := write(t, council)
	junk := bytes.Repeat([]byte("junk PK\x05\x06 junk "), 5000)
	for name, file := range map[string][]byte{
		"before": append(bytes.Clone(junk), data...),
		"after":  append(bytes.Clone(data), junk...),
		"both":   append(append(bytes.Clone(junk), data...), junk...),
	} {
		t.Run(name, func(t *testing.T) {
			d := open(t, file)
			checkCouncil(t, d)
			if d.Salvaged {
				t.Error("the directory was there, but not found")
			}
		})
	}
}

// TestHalfCopied cuts a container at every length: what lies whole before the
// cut must be given back, and nothing may be wrong silently.
func TestHalfCopied(t *testing.T) {
	data := write(t, council)
	central := bytes.Index(data, []byte("PK\x01\x02"))
	for n := 4; n < len(data); n += 7 {
		d, err := Open(bytes.NewReader(data[:n]), int64(n))
		if err != nil {
			t.Fatalf("cut at %d: %v", n, err)
		}
		if !d.Cut || !d.Salvaged {
			t.Fatalf("cut at %d: not said", n)
		}
		for i, e := range d.Entries {
			got, err := body(e)
			// Of a stored entry nothing tells the first bytes of its descriptor from data.
			got = strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(got, "PK\a"), "PK"), "P")
			whole := got == council[i].body
			if !strings.HasPrefix(council[i].body, got) || err == nil && !whole || err != nil && !errors.Is(err, ErrCut) {
				t.Fatalf("cut at %d: entry %d gave %d bytes and error %v", n, i, len(got), err)
			}
		}
		if n > central && len(d.Entries) != len(council) {
			t.Fatalf("cut at %d: %d entries", n, len(d.Entries))
		}
	}
}

func TestBrokenDirectory(t *testing.T) {
	data := write(t, council)
	second := bytes.Index(data, []byte("PK\x01\x02")) + 60
	for i := 0; i < 60; i++ {
		data[second+i] = 0xff
	}
	d := open(t, data)
	if !d.Salvaged {
		t.Error("a broken directory was not noticed")
	}
	if len(d.Entries) != len(council) {
		t.Fatalf("%d entries", len(d.Entries))
	}
	for i, m := range council {
		if got, err := body(d.Entries[i]); got != m.body || err != nil {
			t.Errorf("entry %d: %d bytes, %v", i, len(got), err)
		}
	}
}

func TestWrongBytes(t *testing.T) {
	data := write(t, council)
	i := bytes.Index(data, []byte("a stored note"))
	data[i] ^= 1
	if got, err := body(open(t, data).Find("notes.txt")); !errors.Is(err, ErrBroken) {
		t.Errorf("%q, %v", got, err)
	}
}

func TestOverlapRefused(t *testing.T) {
	data := write(t, council[:1])
	central := bytes.Index(data, []byte("PK\x01\x02"))
	end := bytes.LastIndex(data, []byte("PK\x05\x06"))
	record := data[central:end]
	file := append(bytes.Clone(data[:central]), record...)
	for range 9 {
		file = append(file, record...)
	}
	tail := bytes.Clone(data[end:])
	binary.LittleEndian.PutUint16(tail[8:], 10)
	binary.LittleEndian.PutUint16(tail[10:], 10)
	binary.LittleEndian.PutUint32(tail[12:], uint32(10*len(record)))
	d := open(t, append(file, tail...))
	opened := 0
	for _, e := range d.Entries {
		if _, err := body(e); err == nil {
			opened++
		} else if !errors.Is(err, ErrOverlap) {
			t.Error(err)
		}
	}
	if len(d.Entries) != 10 || opened != 1 {
		t.Errorf("%d entries, %d opened", len(d.Entries), opened)
	}
}

func TestNotZip(t *testing.T) {
	for _, s := range []string{"", "PK", "hello", strings.Repeat("PK\x03\x04", 100), strings.Repeat("x", 70000)} {
		if d, err := Open(strings.NewReader(s), int64(len(s))); err == nil && !d.Cut {
			t.Errorf("%.10q: %+v", s, d)
		}
	}
}

func TestLongerThanSaid(t *testing.T) {
	data := write(t, []member{{"bomb.txt", strings.Repeat("0", 100000), stdzip.Deflate}})
	central := bytes.Index(data, []byte("PK\x01\x02"))
	binary.LittleEndian.PutUint32(data[central+24:], 10)
	got, err := body(open(t, data).Entries[0])
	if len(got) != 10 || !errors.Is(err, ErrBroken) {
		t.Errorf("%d bytes, %v", len(got), err)
	}
}

func FuzzOpen(f *testing.F) {
	data := write(f, council)
	f.Add(data)
	f.Add(data[:len(data)/2])
	f.Add(append([]byte("PK\x07\x08"), data...))
	f.Fuzz(func(t *testing.T, data []byte) {
		d, err := Open(bytes.NewReader(data), int64(len(data)))
		if err != nil {
			return
		}
		total := int64(0)
		for _, e := range d.Entries {
			r, err := e.OpenWith([]string{"tika"})
			if err != nil {
				continue
			}
			n, err := io.Copy(io.Discard, io.LimitReader(r, 1<<20))
			if err == nil && e.Size >= 0 && n < 1<<20 && n != e.Size {
				t.Fatalf("entry of %d bytes gave %d without an error", e.Size, n)
			}
			if total += max(e.Packed, 0); err == nil && total > int64(len(data)) {
				t.Fatal("entries share bytes: " + fmt.Sprint(total))
			}
		}
	})
}
