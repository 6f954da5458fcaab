package publish

import (
	"archive/zip"
	"context"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

// Files gives the site as files that any web space or stick can hold: every
// page is a folder's index.html, and links are relative, so that it works from
// any place and without a server. There nothing can be sent in: the letter check
// and the forms give the telephone number and the address.
//
// A site without its first pages is refused with reeve.Invalid.
func (m *Room) Files(ctx context.Context) (map[string][]byte, error) {
	now := m.Now().Unix()
	var s Snapshot
	err := m.db.Read(ctx, func(tx *db.Tx) (err error) {
		s, err = m.snapshot(tx, now)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read public site: %w", err)
	}
	if !s.Open() {
		return nil, reeve.WithHint(fmt.Errorf("the public site is not open: %w", reeve.Invalid), "release the council's details, the first page and the contact page")
	}
	site, err := Build(s, m.options(true), now)
	if err != nil {
		return nil, err
	}
	return site.export(), nil
}

func (s *Site) export() map[string][]byte {
	all := make(map[string][]byte, len(s.files))
	for p, f := range s.files {
		name := fileName(p)
		body := f.Body
		if strings.HasSuffix(name, ".html") {
			body = relative(body, name, s)
		}
		all[name] = body
	}
	return all
}

// fileName is the file of an address.
func fileName(p string) string {
	switch {
	case p == missingPath:
		return "404.html"
	case path.Ext(p) != "":
		return strings.TrimPrefix(p, "/")
	}
	return strings.TrimPrefix(path.Join(p, "index.html"), "/")
}

var ownLink = regexp.MustCompile(`(href|src|action)="(/[^"#]*)(#[^"]*)?"`)

// relative turns links to addresses of the site into links between its files.
func relative(body []byte, name string, s *Site) []byte {
	up := strings.Repeat("../", strings.Count(name, "/"))
	return ownLink.ReplaceAllFunc(body, func(m []byte) []byte {
		parts := ownLink.FindSubmatch(m)
		target := up + fileName(string(parts[2]))
		return []byte(string(parts[1]) + `="` + target + string(parts[3]) + `"`)
	})
}

// Export writes the site into a folder, or a zip where the name ends so. Files
// that are there already are replaced; others stay.
func (m *Room) Export(ctx context.Context, out string) (files int, err error) {
	all, err := m.Files(ctx)
	if err != nil {
		return 0, err
	}
	if strings.EqualFold(filepath.Ext(out), ".zip") {
		return len(all), writeZip(out, all, m.Now())
	}
	for _, name := range sorted(all) {
		to := filepath.Join(out, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			return 0, fmt.Errorf("write public site: %w", err)
		}
		if err := os.WriteFile(to, all[name], 0o644); err != nil {
			return 0, fmt.Errorf("write public site: %w", err)
		}
	}
	return len(all), nil
}

func writeZip(out string, all map[string][]byte, now time.Time) (err error) {
	f, err := os.Create(out)
	if err != nil {
		return fmt.Errorf("write public site: %w", err)
	}
	defer func() {
		if e := f.Close(); err == nil {
			err = e
		}
	}()
	return pack(f, all, now)
}

func pack(w io.Writer, all map[string][]byte, now time.Time) error {
	z := zip.NewWriter(w)
	for _, name := range sorted(all) {
		part, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: now})
		if err == nil {
			_, err = part.Write(all[name])
		}
		if err != nil {
			return fmt.Errorf("write public site: %w", err)
		}
	}
	return z.Close()
}
