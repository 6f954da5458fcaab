package evidence

import (
	"archive/tar"
	stdzip "archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"
	"github.com/ulikunitz/xz"

	"github.com/reeve-council/reeve"
)

// got is what a visitor saw of a member.
type got struct {
	name, body string
	outcome    reeve.Outcome
}

func options(name string, passwords ...string) UnpackOptions {
	o := UnpackOptions{Name: name, Passwords: passwords, Limits: DefaultLimits()}
	o.Limits.Expanded = 4 << 30
	return o
}

// unpack reads every member to its end.
func unpack(t testing.TB, typ string, data []byte, opt UnpackOptions) (reeve.Outcome, []got) {
	t.Helper()
	var members []got
	o, err := Unpack(typ, Source{bytes.NewReader(data), int64(len(data))}, opt, func(m Member) error {
		g := got{name: m.Name}
		if m.Outcome != nil {
			g.outcome = *m.Outcome
		} else if r, err := m.Open(); err != nil {
			t.Errorf("%s: Open failed by itself: %v", m.Name, err)
		} else {
			b, n, err := readSome(r)
			g.body = b
			if err != nil {
				g.outcome = *ReadFault(err, n)
			}
		}
		members = append(members, g)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	checkOutcome(t, o)
	for _, m := range members {
		if m.outcome.Status != "" {
			checkOutcome(t, m.outcome)
		}
	}
	return o, members
}

// readSome reads to the end and keeps the first megabyte.
func readSome(r io.Reader) (string, int64, error) {
	var kept bytes.Buffer
	n, err := io.Copy(&kept, io.LimitReader(r, 1<<20))
	if err == nil {
		var rest int64
		rest, err = io.Copy(io.Discard, r)
		n += rest
	}
	return kept.String(), n, err
}

// checkOutcome holds every outcome to the closed lists.
func checkOutcome(t testing.TB, o reeve.Outcome) {
	t.Helper()
	known := false
	for _, s := range reeve.Statuses {
		known = known || s == o.Status
	}
	listed := false
	for _, r := range reeve.Reasons {
		listed = listed || r == o.Reason
	}
	if !known || !listed || o.Status != reeve.StatusRead && (o.Reason == "" || o.Detail == "") {
		t.Errorf("outcome %+v", o)
	}
}

func show(members []got) string {
	var b strings.Builder
	for _, m := range members {
		body := m.body
		if len(body) > 12 {
			body = body[:12] + "…"
		}
		fmt.Fprintf(&b, "%s=%s", m.name, body)
		if m.outcome.Status != "" {
			fmt.Fprintf(&b, "(%s/%s)", m.outcome.Status, m.outcome.Reason)
		}
		b.WriteByte(' ')
	}
	return strings.TrimSpace(b.String())
}

func tarOf(t testing.TB, names ...string) []byte {
	t.Helper()
	var buf bytes.Buffer
	w := tar.NewWriter(&buf)
	for _, name := range names {
		h := &tar.Header{Name: name, Mode: 0o600, Size: int64(len("in " + name)), ModTime: time.Unix(1700000000, 0)}
		if strings.HasPrefix(name, "link") {
			h.Typeflag, h.Linkname, h.Size = tar.TypeSymlink, "/etc/passwd", 0
		}
		if strings.HasPrefix(name, "dev") {
			h.Typeflag, h.Size = tar.TypeChar, 0
		}
		if strings.HasSuffix(name, "/") {
			h.Typeflag, h.Size = tar.TypeDir, 0
		}
		if err := w.WriteHeader(h); err != nil {
			t.Fatal(err)
		}
		if h.Size > 0 {
			io.WriteString(w, "in "+name)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func gz(data []byte) []byte {
	var buf bytes.Buffer
	w, _ := gzip.NewWriterLevel(&buf, gzip.BestSpeed)
	w.Write(data)
	w.Close()
	return buf.Bytes()
}

// tight compresses as well as gzip can, for which a bomb's maker would care.
func tight(data []byte) []byte {
	var buf bytes.Buffer
	w := gzip.NewWriter(&buf)
	w.Write(data)
	w.Close()
	return buf.Bytes()
}

func xzOf(t testing.TB, data []byte) []byte {
	var buf bytes.Buffer
	w, err := xz.NewWriter(&buf)
	if err != nil {
		t.Fatal(err)
	}
	w.Write(data)
	w.Close()
	return buf.Bytes()
}

func zst(t testing.TB, data []byte) []byte {
	w, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	return w.EncodeAll(data, nil)
}

func zipOf(t testing.TB, names ...string) []byte {
	t.Helper()
	var buf bytes.Buffer
	w := stdzip.NewWriter(&buf)
	for _, name := range names {
		f, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(name, "/") {
			io.WriteString(f, "in "+name)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// pressed writes the form of compress with single bytes as codes only.
func pressed(data []byte) []byte {
	out := []byte{0x1f, 0x9d, 0x80 | 16}
	bits, free := 9, 257
	var group []byte
	at := 0
	flush := func() { out = append(out, group...); group, at = nil, 0 }
	for i, c := range data {
		if i > 0 {
			if free > 1<<bits-1 && bits < 16 {
				for len(group) < bits && at > 0 {
					group = append(group, 0)
				}
				flush()
				bits++
			}
			free = min(free+1, 1<<16)
		}
		for range (at+bits+7)/8 - len(group) {
			group = append(group, 0)
		}
		v := uint32(c) << (at % 8)
		for k := 0; k < 3 && at/8+k < len(group); k++ {
			group[at/8+k] |= byte(v >> (8 * k))
		}
		if at += bits; at == bits*8 {
			flush()
		}
	}
	flush()
	return out
}

func arOf(names ...string) []byte {
	var b bytes.Buffer
	b.WriteString("!<arch>\n")
	for _, name := range names {
		body := "in " + name
		fmt.Fprintf(&b, "%-16s%-12d%-6d%-6d%-8s%-10d`\n%s", name+"/", 1700000000, 0, 0, "100644", len(body), body)
		if len(body)%2 == 1 {
			b.WriteByte('\n')
		}
	}
	return b.Bytes()
}

func cpioOf(names ...string) []byte {
	var b bytes.Buffer
	for _, name := range append(names, "TRAILER!!!") {
		body := "in " + name
		fmt.Fprintf(&b, "070701%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x%08x%s\x00", 1, 0o100644, 0, 0, 1, 1700000000, len(body), 0, 0, 0, 0, len(name)+1, 0, name)
		for b.Len()%4 != 0 {
			b.WriteByte(0)
		}
		b.WriteString(body)
		for b.Len()%4 != 0 {
			b.WriteByte(0)
		}
	}
	return b.Bytes()
}

func TestUnpack(t *testing.T) {
	docs := tarOf(t, "docs/", "docs/c.txt", "../up", "link", "dev", "docs/c.txt")
	const inTar = "docs/c.txt=in docs/c.tx… %2E%2E/up=in ../up link=(unsupported/link) dev=(unsupported/special-file) docs/c.txt~2=in docs/c.tx…"
	csv := []byte(strings.Repeat("surname,forename\n", 2000))
	for _, c := range []struct {
		about, typ, name string
		data             []byte
		want             string
	}{
		{"zip", "zip", "a.zip", zipOf(t, "x/", "x/a.txt", `y\b.txt`, "x/a.txt", "../c"), `x/a.txt=in x/a.txt y/b.txt=in y\b.txt x/a.txt~2=in x/a.txt %2E%2E/c=in ../c`},
		{"tar", "tar", "a.tar", docs, inTar},
		{"tar in gz, one step", "gz", "b.tar.gz", gz(docs), inTar},
		{"tar in gz whatever its name", "gz", "odd.bin", gz(docs), inTar},
		{"tar in xz", "xz", "b.txz", xzOf(t, docs), inTar},
		{"tar in zst", "zst", "b.tar.zst", zst(t, docs), inTar},
		{"gz", "gz", "x.csv.gz", gz(csv), "x.csv=surname,fore…"},
		{"gz in two members", "gz", "x.csv.gz", append(gz([]byte("one ")), gz([]byte("two"))...), "x.csv=one two"},
		{"gz with padding", "gz", "x.csv.gz", append(gz([]byte("one")), make([]byte, 512)...), "x.csv=one"},
		{"gz without an ending", "gz", "dump", gz(csv), "dump=surname,fore…"},
		{"xz", "xz", "x.csv.xz", xzOf(t, csv), "x.csv=surname,fore…"},
		{"zst", "zst", "wow!.zst", zst(t, csv), "wow%21=surname,fore…"},
		{"compress", "compress", "x.csv.Z", pressed(csv), "x.csv=surname,fore…"},
		{"ar", "ar", "x.a", arOf("a.txt", "b.txt"), "a.txt=in a.txt b.txt=in b.txt"},
		{"cpio", "cpio", "x.cpio", cpioOf("a.txt", "d/b.txt"), "a.txt=in a.txt d/b.txt=in d/b.txt"},
	} {
		o, members := unpack(t, c.typ, c.data, options(c.name))
		if o.Status != reeve.StatusRead || !o.Container || o.Type != c.typ || show(members) != c.want {
			t.Errorf("%s: %+v\n got %s\nwant %s", c.about, o, show(members), c.want)
		}
		for _, m := range members {
			if c.name == "x.csv.Z" && m.body != string(csv) {
				t.Errorf("%s: expanded to %d bytes", c.about, len(m.body))
			}
		}
	}
}

// TestCutAnywhere cuts every kind of container at many places: always an
// outcome, never all well, and never a byte that was not there.
func TestCutAnywhere(t *testing.T) {
	docs := tarOf(t, "a.txt", "b.txt", "c.txt")
	for typ, data := range map[string][]byte{"zip": zipOf(t, "a.txt", "b.txt", "c.txt"), "tar": docs, "gz": gz(docs), "xz": xzOf(t, docs),
		"zst": zst(t, docs), "ar": arOf("a.txt", "b.txt"), "cpio": cpioOf("a.txt", "b.txt")} {
		for n := 1; n < len(data)-20; n += 1 + len(data)/97 {
			o, members := unpack(t, typ, data[:n], options("x."+typ))
			sound := 0
			for _, m := range members {
				if m.outcome.Status == "" {
					sound++
					if m.body != "in "+m.name {
						t.Errorf("%s cut at %d: %s called sound: %q", typ, n, m.name, m.body)
					}
				}
			}
			if o.Status == reeve.StatusRead && !(typ == "ar" && sound < 2) {
				t.Errorf("%s cut at %d of %d: called read, %d members sound", typ, n, len(data), sound)
			}
		}
	}
}

func TestTarSalvage(t *testing.T) {
	docs := tarOf(t, "a.txt", "b.txt", "c.txt")
	copy(docs[1024:], bytes.Repeat([]byte{0xee}, 512)) // the header of b.txt
	o, members := unpack(t, "tar", docs, options("x.tar"))
	if o.Status != reeve.StatusPartlyRead || o.Reason != reeve.ReasonSalvaged || show(members) != "a.txt=in a.txt c.txt=in c.txt" {
		t.Errorf("%+v %s", o, show(members))
	}
}

// zeros compresses n zeros into a member.
func zeros(t testing.TB, n int64) []byte {
	var buf bytes.Buffer
	w := stdzip.NewWriter(&buf)
	f, err := w.Create("bomb")
	if err != nil {
		t.Fatal(err)
	}
	chunk := make([]byte, 1<<20)
	for ; n > 0; n -= int64(len(chunk)) {
		f.Write(chunk)
	}
	g, _ := w.Create("after")
	io.WriteString(g, "after")
	w.Close()
	return buf.Bytes()
}

func TestBombs(t *testing.T) {
	begun := time.Now()
	o, members := unpack(t, "zip", zeros(t, 160<<20), options("bomb.zip"))
	if o.Reason != reeve.ReasonBomb || show(members) != "bomb="+strings.Repeat("\x00", 12)+"…(limit/bomb) after=(limit/bomb)" {
		t.Errorf("ratio: %+v, %d members", o, len(members))
	}
	o, members = unpack(t, "gz", tight(make([]byte, 160<<20)), options("bomb.gz"))
	if o.Reason != reeve.ReasonBomb || len(members) != 1 || members[0].outcome.Status != reeve.StatusLimit {
		t.Errorf("gz: %+v", o)
	}
	small := options("x.zip")
	small.Limits.Entries = 2
	if o, members = unpack(t, "zip", zipOf(t, "a", "b", "c"), small); o.Reason != reeve.ReasonTooMany || len(members) != 2 {
		t.Errorf("entries: %+v, %d members", o, len(members))
	}
	small = options("x.zip")
	small.Limits.Expanded = 6
	if o, members = unpack(t, "zip", zipOf(t, "a", "b", "c"), small); o.Reason != reeve.ReasonTooLarge || show(members) != "a=in a b=(limit/too-large) c=(limit/too-large)" {
		t.Errorf("expanded: %+v, %s", o, show(members))
	}
	small = options("x.zip")
	small.Limits.Entry = 4
	if o, members = unpack(t, "zip", zipOf(t, "a", "long", "c"), small); o.Status != reeve.StatusRead || show(members) != "a=in a long=(limit/too-large) c=in c" {
		t.Errorf("entry: %+v, %s", o, show(members))
	}
	if took := time.Since(begun); took > 5*time.Second {
		t.Errorf("took %v", took)
	}
}

// TestSkippedBytesCount leaves members of a compressed tape archive unread: the
// stream must be bounded all the same.
func TestSkippedBytesCount(t *testing.T) {
	var buf bytes.Buffer
	w := tar.NewWriter(&buf)
	w.WriteHeader(&tar.Header{Name: "huge", Size: 1 << 20})
	w.Write(make([]byte, 1<<20))
	w.WriteHeader(&tar.Header{Name: "next", Size: 1})
	w.Write([]byte("x"))
	w.Close()
	data, opt, seen := gz(buf.Bytes()), options("x.tgz"), 0
	opt.Limits.Expanded = 100 << 10
	o, err := Unpack("gz", Source{bytes.NewReader(data), int64(len(data))}, opt, func(Member) error { seen++; return nil })
	if err != nil || o.Reason != reeve.ReasonTooLarge || seen != 1 {
		t.Errorf("%+v, %v, %d members", o, err, seen)
	}
}

func TestVisitorStops(t *testing.T) {
	stop := errors.New("disk full")
	for typ, data := range map[string][]byte{"zip": zipOf(t, "a", "b"), "tar": tarOf(t, "a", "b"), "gz": gz(tarOf(t, "a", "b")), "ar": arOf("a", "b"), "cpio": cpioOf("a", "b")} {
		n := 0
		_, err := Unpack(typ, Source{bytes.NewReader(data), int64(len(data))}, options("x"), func(Member) error { n++; return stop })
		if !errors.Is(err, stop) || n != 1 {
			t.Errorf("%s: %v after %d members", typ, err, n)
		}
	}
	if _, err := Unpack("docx", Source{}, options("x"), nil); !errors.Is(err, reeve.Invalid) {
		t.Errorf("docx: %v", err)
	}
	if len(Containers()) != len(unpackers) || Allowance(1) != 2<<30 || Allowance(1<<30) != 200<<30 {
		t.Error("lists are wrong")
	}
}

// TestEncryptedFlag marks a stored entry as encrypted: its bytes must not come
// out as if they were content.
func TestEncryptedFlag(t *testing.T) {
	data := zipOf(t, "a.txt")
	data[6] |= 1
	i := bytes.Index(data, []byte("PK\x01\x02"))
	binary.LittleEndian.PutUint16(data[i+8:], binary.LittleEndian.Uint16(data[i+8:])|1)
	o, members := unpack(t, "zip", data, options("x.zip", "guess"))
	if o.Status != reeve.StatusRead || show(members) != "a.txt=(encrypted/password-needed)" {
		t.Errorf("%+v %s", o, show(members))
	}
}

func FuzzUnpack(f *testing.F) {
	docs := tarOf(f, "a.txt", "../b.txt", "link")
	f.Add(byte(0), zipOf(f, "a.txt", "b/c.txt"))
	f.Add(byte(3), docs)
	f.Add(byte(4), gz(docs))
	f.Add(byte(6), xzOf(f, docs))
	f.Add(byte(7), zst(f, docs))
	f.Add(byte(8), pressed(docs[:300]))
	f.Add(byte(9), arOf("a.txt"))
	f.Add(byte(10), cpioOf("a.txt"))
	f.Add(byte(1), []byte("7z\xbc\xaf\x27\x1c"))
	f.Add(byte(2), []byte("Rar!\x1a\x07\x00"))
	f.Fuzz(func(t *testing.T, typ byte, data []byte) {
		opt := options("x.csv.gz", "tika")
		opt.Limits.Expanded, opt.Limits.Entries = 4<<20, 1000
		_, members := unpack(t, unpackers[int(typ)%len(unpackers)].name, data, opt)
		seen, total := map[string]bool{}, 0
		for _, m := range members {
			if seen[m.name] || m.name == "" || strings.HasPrefix(m.name, "/") || strings.Contains(m.name, "!/") {
				t.Fatalf("name %q", m.name)
			}
			seen[m.name] = true
			total += len(m.body)
		}
		if total > 4<<20 || len(members) > 1000 {
			t.Fatalf("%d bytes, %d members", total, len(members))
		}
	})
}
