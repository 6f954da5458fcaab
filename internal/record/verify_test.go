package record_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/db/dbtest"
	"github.com/reeve-council/reeve/internal/record"
)

const origin = "reeve/0123456789abcdef"

func key(t testing.TB, d *db.DB) (*record.Signer, string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "keys", "record.key")
	s, err := record.OpenKey(t.Context(), d, file, origin)
	if err != nil {
		t.Fatal(err)
	}
	return s, file
}

func sign(t testing.TB, d *db.DB, s *record.Signer) record.Checkpoint {
	t.Helper()
	c, err := record.Sign(t.Context(), d, s)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func bundle(t testing.TB, d *db.DB, s *record.Signer, opt record.BundleOptions) []byte {
	t.Helper()
	var b bytes.Buffer
	if _, err := record.Bundle(t.Context(), &b, d, s, opt); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestBundleHolds(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		prepare(t, d)
		s, _ := key(t, d)
		empty := bundle(t, d, s, record.BundleOptions{})
		if f, err := record.Verify(bytes.NewReader(empty), record.Verification{Keys: s.Public()}); err != nil || f.Leaves != 0 {
			t.Errorf("empty record: %+v, %v", f, err)
		}
		fill(t, d, 40)
		old := sign(t, d, s)
		if again := sign(t, d, s); again != old {
			t.Errorf("a head that is signed was signed again: %+v, %+v", old, again)
		}
		fill(t, d, 60)
		write(t, d, func(tx *db.Tx) error { return record.Destroy(tx, 3, "u1", "retention") })
		b := bundle(t, d, s, record.BundleOptions{Lines: true})
		older, err := record.ParseOlder(old.Note, s.Public())
		if err != nil {
			t.Fatal(err)
		}
		f, err := record.Verify(bytes.NewReader(b), record.Verification{Keys: s.Public() + "\n", Older: older})
		if err != nil {
			t.Fatal(err)
		}
		if f.Leaves != 101 || f.Lines != 100 || f.Checkpoints != 2 || f.Extract || f.Newest.Origin != origin || f.Newest.Head.Size != 101 {
			t.Errorf("found %+v", f)
		}
		if r := audit(t, d); r.Err() != nil || r.Head != f.Newest.Head {
			t.Errorf("audit %+v, bundle %+v", r, f.Newest)
		}
		if plain := bundle(t, d, s, record.BundleOptions{}); bytes.Contains(plain, []byte("Decided that")) {
			t.Error("a bundle without lines holds one")
		}
	})
}

// A printed head is three lines; typed in again it is an older head.
func TestPrintedHead(t *testing.T) {
	d := dbtest.SQLite(t)
	prepare(t, d)
	s, _ := key(t, d)
	fill(t, d, 9)
	c := sign(t, d, s)
	if strings.Count(c.Footer(), "\n") != 3 {
		t.Errorf("footer %q", c.Footer())
	}
	fill(t, d, 9)
	older, err := record.ParseOlder(strings.ReplaceAll(c.Footer(), "\n", "\r\n")+"\n", s.Public())
	if err != nil || older.Head != c.Head {
		t.Fatalf("%+v, %v", older, err)
	}
	b := bundle(t, d, s, record.BundleOptions{})
	if _, err := record.Verify(bytes.NewReader(b), record.Verification{Keys: s.Public(), Older: older}); err != nil {
		t.Error(err)
	}
	older.Head.Root[5] ^= 1
	if _, err := record.Verify(bytes.NewReader(b), record.Verification{Keys: s.Public(), Older: older}); !errors.Is(err, record.ErrTampered) {
		t.Errorf("another head passed: %v", err)
	}
	if _, err := record.ParseOlder("something else", s.Public()); !errors.Is(err, reeve.Invalid) {
		t.Errorf("text that is no head: %v", err)
	}
	_, stranger := strangers(t)
	if _, err := record.ParseOlder(c.Note, stranger.Public()); !errors.Is(err, record.ErrTampered) {
		t.Errorf("checkpoint under another key: %v", err)
	}
}

// strangers opens another case.
func strangers(t testing.TB) (*db.DB, *record.Signer) {
	t.Helper()
	d := dbtest.SQLite(t)
	prepare(t, d)
	s, err := record.OpenKey(t.Context(), d, filepath.Join(t.TempDir(), "record.key"), "reeve/other")
	if err != nil {
		t.Fatal(err)
	}
	return d, s
}

// TestEveryByteCounts flips each byte of small bundles, whole and extract, and
// cuts them at many places.
func TestEveryByteCounts(t *testing.T) {
	d := dbtest.SQLite(t)
	prepare(t, d)
	s, _ := key(t, d)
	fill(t, d, 8)
	sign(t, d, s)
	fill(t, d, 7)
	witness(t, d, s)
	for name, b := range map[string][]byte{
		"whole":   bundle(t, d, s, record.BundleOptions{Lines: true}),
		"extract": bundle(t, d, s, record.BundleOptions{Lines: true, Objects: []string{"key:none", "P1"}}),
	} {
		by := record.Verification{Keys: s.Public()}
		if _, err := record.Verify(bytes.NewReader(b), by); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for i := range b {
			flip := []byte{1, 0x20, 1, 0x80}[i%4] // the last bit, the case of a letter, what is no ASCII
			b[i] ^= flip
			if _, err := record.Verify(bytes.NewReader(b), by); !errors.Is(err, record.ErrTampered) {
				t.Errorf("%s: byte %d flipped by %x passed: %v", name, i, flip, err)
			}
			b[i] ^= flip
			if i%40 == 0 {
				if _, err := record.Verify(bytes.NewReader(b[:i]), by); !errors.Is(err, record.ErrTampered) {
					t.Errorf("%s: cut at %d passed: %v", name, i, err)
				}
			}
		}
		if _, err := record.Verify(bytes.NewReader(append(b, '\n')), by); !errors.Is(err, record.ErrTampered) {
			t.Errorf("%s: a byte behind the end passed: %v", name, err)
		}
	}
}

// TestLargeBundle flips random bytes of a bundle with many leaves.
func TestLargeBundle(t *testing.T) {
	d := dbtest.SQLite(t)
	prepare(t, d)
	s, _ := key(t, d)
	fill(t, d, 2500)
	b := bundle(t, d, s, record.BundleOptions{})
	random := rand.New(rand.NewPCG(1, 2))
	for range 40 {
		i, flip := random.IntN(len(b)), byte(1)<<random.IntN(8)
		b[i] ^= flip
		if _, err := record.Verify(bytes.NewReader(b), record.Verification{Keys: s.Public()}); !errors.Is(err, record.ErrTampered) {
			t.Errorf("byte %d passed: %v", i, err)
		}
		b[i] ^= flip
	}
}

// TestRewrittenRecord is the insider: one old leaf is written anew, everything
// after it made again and signed with the stolen key. Only an older head that
// somebody else holds tells.
func TestRewrittenRecord(t *testing.T) {
	made := func(word string) (*db.DB, func(i int)) {
		d := dbtest.SQLite(t)
		prepare(t, d)
		return d, func(i int) {
			write(t, d, func(tx *db.Tx) error {
				_, err := record.Append(tx, record.Leaf{Time: int64(i + 1), Actor: "u1", Verb: word, Object: fmt.Sprint("P", i)})
				return err
			})
		}
	}
	honest, act := made("decide")
	s, file := key(t, honest)
	for i := range 20 {
		act(i)
	}
	old := sign(t, honest, s)
	forged, act := made("decline")
	stolen, err := record.OpenKey(t.Context(), forged, file, origin)
	if err != nil {
		t.Fatal(err)
	}
	for i := range 30 {
		act(i)
	}
	b := bundle(t, forged, stolen, record.BundleOptions{})
	if _, err := record.Verify(bytes.NewReader(b), record.Verification{Keys: s.Public()}); err != nil {
		t.Errorf("inside, the forged record agrees: %v", err)
	}
	older, err := record.ParseOlder(old.Note, s.Public())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := record.Verify(bytes.NewReader(b), record.Verification{Keys: s.Public(), Older: older}); !errors.Is(err, record.ErrTampered) {
		t.Errorf("a rewritten record passed beside an older checkpoint: %v", err)
	}
	older.Head.Size = 31
	if _, err := record.Verify(bytes.NewReader(b), record.Verification{Keys: s.Public(), Older: older}); !errors.Is(err, record.ErrTampered) {
		t.Errorf("a shorter record passed: %v", err)
	}
}

func TestWrongKey(t *testing.T) {
	d := dbtest.SQLite(t)
	prepare(t, d)
	s, file := key(t, d)
	fill(t, d, 3)
	b := bundle(t, d, s, record.BundleOptions{})
	_, other := strangers(t)
	if _, err := record.Verify(bytes.NewReader(b), record.Verification{Keys: other.Public()}); !errors.Is(err, record.ErrTampered) {
		t.Errorf("a stranger's key: %v", err)
	}
	if _, err := record.Verify(bytes.NewReader(b), record.Verification{Keys: "no key"}); !errors.Is(err, reeve.Invalid) || errors.Is(err, record.ErrTampered) {
		t.Errorf("no key at all: %v", err)
	}
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	if _, err := record.OpenKey(t.Context(), d, file, origin); !errors.Is(err, reeve.NotFound) {
		t.Errorf("a lost key was replaced in silence: %v", err)
	}
}

// TestRotate follows a change of keys from the old public key, and does not
// when the old key was lost.
func TestRotate(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		prepare(t, d)
		first, file := key(t, d)
		fill(t, d, 5)
		sign(t, d, first)
		second, err := record.Rotate(t.Context(), d, file, origin, "u1", "a custodian left")
		if err != nil {
			t.Fatal(err)
		}
		fill(t, d, 5)
		b := bundle(t, d, second, record.BundleOptions{})
		for _, k := range []*record.Signer{first, second} {
			if _, err := record.Verify(bytes.NewReader(b), record.Verification{Keys: k.Public()}); err != nil {
				t.Errorf("from key %s: %v", k.ID(), err)
			}
		}
		if got, err := record.OpenKey(t.Context(), d, file, origin); err != nil || got.ID() != second.ID() {
			t.Errorf("key file holds %v, %v", got, err)
		}
		if err := os.Remove(file); err != nil {
			t.Fatal(err)
		}
		third, err := record.Rotate(t.Context(), d, file, origin, "u1", "the key was lost")
		if err != nil {
			t.Fatal(err)
		}
		b = bundle(t, d, third, record.BundleOptions{})
		if _, err := record.Verify(bytes.NewReader(b), record.Verification{Keys: third.Public()}); err != nil {
			t.Error(err)
		}
		if _, err := record.Verify(bytes.NewReader(b), record.Verification{Keys: second.Public()}); !errors.Is(err, record.ErrTampered) {
			t.Errorf("a key that nobody vouches for passed: %v", err)
		}
	})
}

// A change of keys that was kept, but whose file was not yet renamed, is
// finished when the key is next opened.
func TestRotateInterrupted(t *testing.T) {
	d := dbtest.SQLite(t)
	prepare(t, d)
	_, file := key(t, d)
	before, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	second, err := record.Rotate(t.Context(), d, file, origin, "u1", "drill")
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(os.Rename(file, file+".next"), os.WriteFile(file, before, 0o600)); err != nil {
		t.Fatal(err)
	}
	if got, err := record.OpenKey(t.Context(), d, file, origin); err != nil || got.ID() != second.ID() {
		t.Errorf("%v, %v", got, err)
	}
}

// witness has another case sign the newest checkpoint and keeps it.
func witness(t testing.TB, d *db.DB, s *record.Signer) (other *db.DB, w *record.Signer) {
	t.Helper()
	other, w = strangers(t)
	b := bundle(t, d, s, record.BundleOptions{})
	c, err := record.Cosign(t.Context(), other, w, bytes.NewReader(b), s.Public(), "auditor")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := record.KeepCosignature(t.Context(), d, c.Note, w.Public(), "u1"); err != nil {
		t.Fatal(err)
	}
	return other, w
}

func TestWitness(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		prepare(t, d)
		s, _ := key(t, d)
		fill(t, d, 5)
		other, w := witness(t, d, s)
		b := bundle(t, d, s, record.BundleOptions{})
		f, err := record.Verify(bytes.NewReader(b), record.Verification{Keys: s.Public()})
		if err != nil || f.Checkpoints != 2 || len(f.Witnesses) != 0 {
			t.Errorf("%+v, %v", f, err)
		}
		if !bytes.Contains(b, []byte("witness reeve/other+")) || strings.Count(string(b), "— reeve/other ") != 1 {
			t.Error("the bundle does not show the witness")
		}
		if r := audit(t, d); r.Err() != nil {
			t.Error(r.Err())
		}
		if _, err := record.KeepCosignature(t.Context(), d, f.Newest.Note, w.Public(), "u1"); !errors.Is(err, reeve.Invalid) {
			t.Errorf("a checkpoint that the witness did not sign: %v", err)
		}
		// The witness refuses a record that is not the one it saw.
		forged := dbtest.SQLite(t)
		prepare(t, forged)
		file := filepath.Join(t.TempDir(), "record.key")
		thief, err := record.MakeKey(file, origin)
		if err != nil {
			t.Fatal(err)
		}
		fill(t, forged, 50)
		b = bundle(t, forged, thief, record.BundleOptions{})
		if _, err := record.Cosign(t.Context(), other, w, bytes.NewReader(b), thief.Public(), "auditor"); !errors.Is(err, record.ErrTampered) {
			t.Errorf("the witness signed a rewritten record: %v", err)
		}
	})
}

func TestExtract(t *testing.T) {
	d := dbtest.SQLite(t)
	prepare(t, d)
	s, _ := key(t, d)
	fill(t, d, 20)
	old := sign(t, d, s)
	write(t, d, func(tx *db.Tx) error {
		_, err := record.Append(tx, record.Leaf{Actor: "u1", Verb: "export", Object: "version:7", Digest: strings.Repeat("ab", 32), Line: "Exported list version 7"})
		return err
	})
	fill(t, d, 20)
	older, err := record.ParseOlder(old.Note, s.Public())
	if err != nil {
		t.Fatal(err)
	}
	b := bundle(t, d, s, record.BundleOptions{Objects: []string{"version:7"}, Since: older})
	f, err := record.Verify(bytes.NewReader(b), record.Verification{Keys: s.Public(), Older: older})
	if err != nil || f.Leaves != 1 || !f.Extract {
		t.Errorf("%+v, %v", f, err)
	}
	b = bundle(t, d, s, record.BundleOptions{Objects: []string{"version:7"}})
	if _, err := record.Verify(bytes.NewReader(b), record.Verification{Keys: s.Public(), Older: older}); !errors.Is(err, reeve.Invalid) {
		t.Errorf("an extract without the proof asked for: %v", err)
	}
	var none bytes.Buffer
	if _, err := record.Bundle(t.Context(), &none, d, s, record.BundleOptions{Objects: []string{"nothing"}}); !errors.Is(err, reeve.NotFound) {
		t.Errorf("an extract of nothing: %v", err)
	}
}

// TestSignRefuses: a record whose stored hashes no longer grow out of the last
// checkpoint is not signed.
func TestSignRefuses(t *testing.T) {
	d := dbtest.SQLite(t)
	prepare(t, d)
	s, _ := key(t, d)
	fill(t, d, 6)
	sign(t, d, s)
	fill(t, d, 1)
	write(t, d, func(tx *db.Tx) error {
		_, err := tx.Exec("UPDATE record_hash SET hash = ? WHERE place < 7", bytes.Repeat([]byte{7}, 32))
		return err
	})
	if _, err := record.Sign(t.Context(), d, s); !errors.Is(err, record.ErrTampered) {
		t.Errorf("signed: %v", err)
	}
}

func TestNotary(t *testing.T) {
	d := dbtest.SQLite(t)
	prepare(t, d)
	s, _ := key(t, d)
	fill(t, d, 4)
	n := record.NewNotary(d, s, func(err error) { t.Error(err) })
	n.Every = 10 * time.Millisecond
	newest := func() (c record.Checkpoint) {
		read(t, d, func(tx *db.Tx) error { c, _ = record.Newest(tx); return nil })
		return c
	}
	done := make(chan struct{})
	ctx, stop := context.WithCancel(t.Context())
	go func() { n.Run(ctx); close(done) }()
	for i := 0; newest().Head.Size != 4 && i < 500; i++ {
		time.Sleep(10 * time.Millisecond)
	}
	fill(t, d, 2)
	n.Ask()
	stop()
	<-done
	if c := newest(); c.Head.Size != 6 {
		t.Errorf("what was done last is not signed: %+v", c)
	}
}

// FuzzVerify: no input panics, and none but the real one passes.
func FuzzVerify(f *testing.F) {
	d := dbtest.SQLite(f)
	prepare(f, d)
	s, _ := key(f, d)
	fill(f, d, 3)
	real := bundle(f, d, s, record.BundleOptions{Lines: true})
	f.Add(real)
	f.Add(bundle(f, d, s, record.BundleOptions{Objects: []string{"P1"}}))
	f.Add([]byte("reeve bundle 1\norigin x\nkey y\nend \"\"\n"))
	signed := map[string]bool{string(real): true, string(bundle(f, d, s, record.BundleOptions{Objects: []string{"P1"}})): true}
	f.Fuzz(func(t *testing.T, b []byte) {
		if _, err := record.Verify(bytes.NewReader(b), record.Verification{Keys: s.Public()}); err == nil && !signed[string(b)] {
			t.Error("a bundle that was never signed passed")
		}
	})
}

// The longest line there can be goes in and out.
func TestLongLine(t *testing.T) {
	d := dbtest.SQLite(t)
	prepare(t, d)
	s, _ := key(t, d)
	write(t, d, func(tx *db.Tx) error {
		_, err := record.Append(tx, record.Leaf{Actor: "u1", Verb: "note", Line: strings.Repeat("\x01", 64<<10)})
		return err
	})
	b := bundle(t, d, s, record.BundleOptions{Lines: true})
	if f, err := record.Verify(bytes.NewReader(b), record.Verification{Keys: s.Public()}); err != nil || f.Lines != 1 {
		t.Errorf("%+v, %v", f, err)
	}
	endless := append([]byte("reeve bundle 1\norigin "), bytes.Repeat([]byte("x"), 1<<20)...)
	if _, err := record.Verify(bytes.NewReader(endless), record.Verification{Keys: s.Public()}); !errors.Is(err, record.ErrTampered) {
		t.Errorf("a line without end: %v", err)
	}
}

// BenchmarkVerify: a million leaves are to be verified in under ten seconds;
// bench/record.go measures them all.
func BenchmarkVerify(b *testing.B) {
	d := dbtest.SQLite(b)
	prepare(b, d)
	s, _ := key(b, d)
	const leaves = 5000
	fill(b, d, leaves)
	whole := bundle(b, d, s, record.BundleOptions{Lines: true})
	b.ResetTimer()
	for b.Loop() {
		if _, err := record.Verify(bytes.NewReader(whole), record.Verification{Keys: s.Public()}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/leaves, "µs/leaf")
}
