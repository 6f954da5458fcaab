package plant

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"strings"
	"time"
)

func packZip(b *bundle) []byte {
	var parts [][2]string
	for _, m := range b.members {
		parts = append(parts, [2]string{m.name, string(m.bytes)})
	}
	return packed(parts...)
}

func packTar(b *bundle) []byte {
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	w := tar.NewWriter(z)
	for _, m := range b.members {
		err := w.WriteHeader(&tar.Header{Name: m.name, Mode: 0o644, Size: int64(len(m.bytes)), ModTime: time.Date(2019, 3, 4, 9, 30, 0, 0, time.UTC), Format: tar.FormatPAX})
		if err == nil {
			_, err = w.Write(m.bytes)
		}
		if err != nil {
			panic("plant: write to memory: " + err.Error())
		}
	}
	if w.Close() != nil || z.Close() != nil {
		panic("plant: write to memory")
	}
	return out.Bytes()
}

// packMbox joins messages as mailboxes do: a "From " line before each, and a
// ">" before lines of a text that begin like one.
func packMbox(b *bundle) []byte {
	var out bytes.Buffer
	for _, m := range b.members {
		out.WriteString("From - Mon Mar 04 09:30:00 2019\r\n")
		out.WriteString(strings.ReplaceAll(string(m.bytes), "\r\nFrom ", "\r\n>From "))
		out.WriteString("\r\n\r\n")
	}
	return out.Bytes()
}
