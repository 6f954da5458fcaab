package pst

import (
	"bytes"
	"encoding/binary"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/formattest"
	"github.com/reeve-council/reeve/internal/format/mapi"
	"github.com/reeve-council/reeve/internal/format/part"
)

// catch is a sink that keeps text and items.
type catch struct {
	strings.Builder
	items map[string]string
	names []string
}

func (c *catch) Block(b reeve.Block) error {
	c.WriteString(b.Text)
	return nil
}

func (c *catch) Embed(e part.Embedded) error {
	name := strings.Join(append(e.Folder[:len(e.Folder):len(e.Folder)], e.Name), "|")
	b, err := io.ReadAll(e.Reader)
	if err != nil {
		name += " (" + err.Error() + ")"
	}
	if c.items == nil {
		c.items = map[string]string{}
	}
	c.items[name] = string(b)
	c.names = append(c.names, name)
	return nil
}

func readStore(b []byte) (*catch, reeve.Outcome) {
	c := &catch{}
	return c, Read(part.Source{Reader: bytes.NewReader(b), Size: int64(len(b))}, part.Options{}, c)
}

// Numbers of the nodes of the sample store.
const (
	subtreeID = 0x8022
	inboxID   = 0x8042
	twinID    = 0x8062
	mailID    = 0x200024
	contactID = 0x200044
	orphanID  = 0x200064
)

// scan is an attachment of several blocks.
var scan = bytes.Repeat([]byte("A council letter about a tenancy. "), 600)

// sample is a store with a mail that carries a file and a message, a contact
// and a message whose folder is gone.
func sample(l *layout, c coding) *builder {
	b := &builder{l: l, coding: c, next: 0x100}
	entry := make([]byte, 24)
	binary.LittleEndian.PutUint32(entry[20:], subtreeID)
	b.node(nodeStore, 0, b.bag(text(0x3001, "Mailbox of Zoë Sample"), property{id: 0x35E0, typ: mapi.Binary, data: entry}), 0)
	b.node(nodeRoot, nodeRoot, b.bag(), 0)
	b.node(subtreeID, nodeRoot, b.bag(text(0x3001, "Top of Personal Folders")), 0)
	b.node(inboxID, subtreeID, b.bag(text(0x3001, "Housing/Arrears")), 0)
	b.node(twinID, subtreeID, b.bag(text(0x3001, "Housing/Arrears")), 0)
	inner := b.bag(text(0x001A, "IPM.Note"), text(0x0037, "Inner"), text(0x1000, "Her number is 07700 900123."))
	object := binary.LittleEndian.AppendUint32(nil, 0x2000004)
	object = append(object, 0, 0, 0, 0)
	file := b.bag(text(0x3707, "scan.txt"), number(0x3705, 1), property{id: 0x3701, typ: mapi.Binary, lead: 0x25})
	message := b.bag(text(0x3001, "Inner"), number(0x3705, 5), property{id: 0x3701, typ: mapi.Object, data: object})
	subs := b.subnodes(
		sub{nodeRecipients, b.add(b.people([3]string{"1", "Sam Sample", "sam@example.org"}, [3]string{"2", "Doe, Zoë", "zoe@example.org"}), false), 0},
		sub{0x8025, b.add(file, false), b.subnodes(sub{0x25, b.list(scan, 5000), 0})},
		sub{0x8045, b.add(message, false), b.subnodes(sub{0x2000004, b.add(inner, false), 0})},
	)
	b.node(mailID, inboxID, b.bag(
		text(0x001A, "IPM.Note"), text(0x0037, "\x01\x05Re: Rent"), text(0x0042, "Pat Officer"), text(0x5D02, "pat@example.org"),
		property{id: 0x0039, typ: mapi.Time, data: binary.LittleEndian.AppendUint64(nil, 126282600000000000)},
		text(0x1000, "Dear Sam,\r\nyour rent is late.\r\n")), subs)
	b.node(contactID, twinID, b.bag(narrow(0x001A, "IPM.Contact"), narrow(0x3001, "Zo\xeb Sample"),
		property{id: 0x3A42, typ: mapi.Time, data: binary.LittleEndian.AppendUint64(nil, 121975164000000000)}, number(0x3FFD, 1252)), 0)
	b.node(orphanID, 0x9922, b.bag(text(0x0037, "Lost"), text(0x1000, "Nobody's.")), 0)
	return b
}

// mailText is the canonical text of the sample's mail up to its attachments: a
// golden form that digests of messages in stores depend on.
const mailText = "MIME-Version: 1.0\r\n" +
	"Content-Type: multipart/mixed; boundary=\"=_reeve_1\"\r\n" +
	"From: Pat Officer <pat@example.org>\r\n" +
	"To: Sam Sample <sam@example.org>\r\n" +
	"Cc: \"Doe, Zoë\" <zoe@example.org>\r\n" +
	"Date: 2001-03-05 10:00\r\n" +
	"Subject: Re: Rent\r\n" +
	"X-Message-Class: IPM.Note\r\n" +
	"\r\n" +
	"--=_reeve_1\r\n" +
	"Content-Type: text/plain; charset=utf-8\r\n" +
	"Content-Transfer-Encoding: quoted-printable\r\n" +
	"\r\n" +
	"Dear Sam,\r\nyour rent is late.\r\n" +
	"--=_reeve_1\r\n" +
	"Content-Type: application/octet-stream\r\n" +
	"Content-Disposition: attachment; filename=scan.txt\r\n" +
	"Content-Transfer-Encoding: base64\r\n\r\n"

// All layouts and codings give the same items, byte for byte.
func TestLayouts(t *testing.T) {
	var want map[string]string
	for _, l := range []*layout{&ansi, &unicode, &large} {
		for _, c := range []coding{plain, permuted, cyclic} {
			got, out := readStore(sample(l, c).file())
			if out.Status != reeve.StatusPartlyRead || out.Detail != "messages whose folder is gone" || out.Pages != 3 {
				t.Fatalf("page %d coding %d: %+v", l.page, c, out)
			}
			if want == nil {
				want = got.items
			}
			if d := cmp.Diff(want, got.items); d != "" {
				t.Errorf("page %d coding %d: %s", l.page, c, d)
			}
		}
	}
	if mail := want["Housing/Arrears|1"]; !strings.HasPrefix(mail, mailText) {
		t.Errorf("mail: %s", cmp.Diff(mailText, mail[:min(len(mail), len(mailText))]))
	}
	if contact := want["Housing/Arrears~2|1"]; !strings.Contains(contact, "Name: Zo=C3=AB Sample\r\nDate of birth: 1987-07-12\r\n") {
		t.Errorf("contact: %q", contact)
	}
	if lost := want["recovered|1"]; !strings.Contains(lost, "Nobody's.") {
		t.Errorf("recovered: %q", lost)
	}
}

// A store that is cut or whose index is damaged gives what is left, and says
// that it is not all.
func TestDamaged(t *testing.T) {
	whole := sample(&unicode, permuted).file()
	for name, damage := range map[string]func([]byte) []byte{
		"cut":         func(b []byte) []byte { return b[:len(b)-300] },
		"node index":  func(b []byte) []byte { b[unicode.root+8] ^= 0xFF; return b },
		"block index": func(b []byte) []byte { b[unicode.root+24] ^= 0xFF; return b },
		"block":       func(b []byte) []byte { clear(b[bodyAt+1024 : bodyAt+8192]); return b },
	} {
		got, out := readStore(damage(bytes.Clone(whole)))
		if out.Status != reeve.StatusPartlyRead || out.Reason == reeve.ReasonNone {
			t.Errorf("%s: %+v", name, out)
		}
		if len(got.names) == 0 {
			t.Errorf("%s: nothing was read", name)
		}
	}
}

// weigh is a sink that remembers how much memory was in use at most.
type weigh struct {
	most  uint64
	bytes int64
}

func (*weigh) Block(reeve.Block) error { return nil }

func (w *weigh) Embed(e part.Embedded) error {
	buf := make([]byte, 1<<20)
	for {
		n, err := io.ReadFull(e.Reader, buf)
		w.bytes += int64(n)
		var m runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&m)
		w.most = max(w.most, m.HeapAlloc)
		if err != nil {
			return nil
		}
	}
}

// An attachment is never held: reading a large one takes no more memory than
// reading a small one.
func TestStream(t *testing.T) {
	const size = 24 << 20
	b := &builder{l: &unicode, coding: permuted, next: 0x100}
	b.node(nodeStore, 0, b.bag(), 0)
	b.node(nodeRoot, nodeRoot, b.bag(), 0)
	file := b.bag(text(0x3707, "scan.bin"), property{id: 0x3701, typ: mapi.Binary, lead: 0x25})
	subs := b.subnodes(sub{0x8025, b.add(file, false), b.subnodes(sub{0x25, b.list(make([]byte, size), 8176), 0})})
	b.node(mailID, nodeRoot, b.bag(text(0x0037, "Large")), subs)
	store := b.file()
	b = nil
	runtime.GC()
	var before runtime.MemStats
	runtime.ReadMemStats(&before)
	w := &weigh{}
	out := Read(part.Source{Reader: bytes.NewReader(store), Size: int64(len(store))}, part.Options{}, w)
	if out.Status != reeve.StatusRead || w.bytes < size*4/3 {
		t.Errorf("%+v, %d bytes", out, w.bytes)
	}
	if grown := int64(w.most) - int64(before.HeapAlloc); grown > 4<<20 {
		t.Errorf("%d MiB more in use", grown>>20)
	}
}

func TestRefused(t *testing.T) {
	wip := sample(&unicode, plain).file()
	wip[unicode.method] = 0x10
	for name, c := range map[string]struct {
		file []byte
		want reeve.Status
	}{
		"empty head":    {[]byte("!BDN"), reeve.StatusDamaged},
		"other version": {append([]byte("!BDN\x00\x00\x00\x00SM\x02\x00"), make([]byte, 600)...), reeve.StatusUnsupported},
		"encrypted":     {wip, reeve.StatusEncrypted},
	} {
		if _, out := readStore(c.file); out.Status != c.want || out.Reason == reeve.ReasonNone {
			t.Errorf("%s: %+v", name, out)
		}
	}
}

// The substitutions of the specification: one is a permutation, the other its
// own inverse, so that a wrong number in the table would show.
func TestCoding(t *testing.T) {
	for i := range 256 {
		if third[first[i]] != byte(i) || second[second[i]] != byte(i) {
			t.Fatalf("%d does not come back", i)
		}
	}
	text := []byte("Personal Folders")
	coded := bytes.Clone(text)
	cyclic.undo(coded, 0x1234)
	if bytes.Equal(coded, text) {
		t.Fatal("the cyclic coding does nothing")
	}
	cyclic.undo(coded, 0x1234)
	if !bytes.Equal(coded, text) {
		t.Fatalf("%q does not come back", coded)
	}
}

// Any bytes give one status, no panic, and no more than the limits allow.
func FuzzRead(f *testing.F) {
	for _, l := range []*layout{&ansi, &unicode, &large} {
		f.Add(sample(l, plain).file())
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		g := &formattest.Kept{}
		out := Read(part.Source{Reader: bytes.NewReader(b), Size: int64(len(b))}, part.Options{Limits: part.Limits{Text: 1 << 20, Steps: 1e6, Embedded: 1000}}, g)
		if out.Status == "" || out.Status != reeve.StatusRead && out.Reason == reeve.ReasonNone || len(g.Names) > 1000 {
			t.Fatalf("%+v", out)
		}
	})
}

// BenchmarkRead reads a store of many small messages.
func BenchmarkRead(b *testing.B) {
	s := &builder{l: &unicode, coding: permuted, next: 0x100}
	s.node(nodeStore, 0, s.bag(), 0)
	s.node(nodeRoot, nodeRoot, s.bag(), 0)
	words := strings.Repeat("The tenant called about the rent of the flat.\r\n", 40)
	for i := range uint32(2000) {
		s.node(mailID+i<<5, nodeRoot, s.bag(text(0x0037, "Rent"), text(0x0042, "Pat Officer"), text(0x1000, words)), 0)
	}
	file := s.file()
	b.SetBytes(int64(len(file)))
	for b.Loop() {
		g := &formattest.Kept{}
		if out := Read(part.Source{Reader: bytes.NewReader(file), Size: int64(len(file))}, part.Options{}, g); out.Pages != 2000 {
			b.Fatalf("%+v", out)
		}
	}
}
