package evidence

import (
	"archive/tar"
	stdzip "archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"testing"
)

// letters is text that compresses as letters do.
func letters(n int) []byte {
	var b bytes.Buffer
	for i := 0; b.Len() < n; i++ {
		fmt.Fprintf(&b, "Dear resident %d, your appointment on day %d has moved to room %d. ", i*7919%100003, i%31, i*31%97)
	}
	return b.Bytes()[:n]
}

func BenchmarkUnpack(b *testing.B) {
	const size = 32 << 20
	text := letters(size)
	var z, t bytes.Buffer
	zw, tw := stdzip.NewWriter(&z), tar.NewWriter(&t)
	for i := range 32 {
		part := text[i<<20 : (i+1)<<20]
		f, err := zw.Create(fmt.Sprint(i))
		if err != nil {
			b.Fatal(err)
		}
		f.Write(part)
		tw.WriteHeader(&tar.Header{Name: fmt.Sprint(i), Size: 1 << 20})
		tw.Write(part)
	}
	zw.Close()
	tw.Close()
	for typ, data := range map[string][]byte{"zip": z.Bytes(), "tar": t.Bytes(), "gz": gz(t.Bytes()), "zst": zst(b, t.Bytes())} {
		b.Run(typ, func(b *testing.B) {
			b.SetBytes(size)
			buf := make([]byte, 256<<10)
			for b.Loop() {
				_, err := Unpack(typ, Source{bytes.NewReader(data), int64(len(data))}, options("x"), func(m Member) error {
					r, err := m.Open()
					if err != nil {
						return err
					}
					_, err = io.CopyBuffer(struct{ io.Writer }{io.Discard}, r, buf)
					return err
				})
				if err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkWalk(b *testing.B) {
	dir := b.TempDir()
	const files = 20000
	for i := range files {
		sub := filepath.Join(dir, fmt.Sprint(i%100))
		if i < 100 {
			os.Mkdir(sub, 0o700)
		}
		if err := os.WriteFile(filepath.Join(sub, fmt.Sprint(i)), nil, 0o600); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		n := 0
		if err := Walk(dir, func(Found) error { n++; return nil }); err != nil || n != files {
			b.Fatal(n, err)
		}
	}
	b.ReportMetric(float64(files*b.N)/b.Elapsed().Seconds(), "files/s")
}
