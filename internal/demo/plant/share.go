package plant

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// shelf is the exhibit while it is filled.
type shelf struct {
	dir     string
	truth   *Truth
	used    map[string]bool
	bundles map[string]*bundle
}

// bundle is a container that fills up and is written at the end.
type bundle struct {
	pack    func(*bundle) []byte
	members []member
	note    ItemTruth
}

type member struct {
	name  string
	bytes []byte
}

// put writes a file of the exhibit and keeps its truth. The name is raw; the
// item path follows the contract.
func (s *shelf) put(name string, data []byte, note ItemTruth, facts []Fact) (string, error) {
	name = s.unique(name)
	path := filepath.Join(s.dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return "", fmt.Errorf("make exhibit folder: %w", err)
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		return "", fmt.Errorf("write exhibit file: %w", err)
	}
	item := encodePath(name)
	s.record(item, data, note, facts)
	return item, nil
}

// unique gives a name that no other file has.
func (s *shelf) unique(name string) string {
	ext := filepath.Ext(name)
	free := name
	for i := 2; s.used[strings.ToLower(free)]; i++ {
		free = fmt.Sprintf("%s (%d)%s", strings.TrimSuffix(name, ext), i, ext)
	}
	s.used[strings.ToLower(free)] = true
	return free
}

// record keeps the truth of an item that stands on disk or in a container.
func (s *shelf) record(item string, data []byte, note ItemTruth, facts []Fact) {
	sum := sha256.Sum256(data)
	note.Item, note.Digest, note.Size = item, hex.EncodeToString(sum[:]), int64(len(data))
	if note.Status == nil {
		note.Status = []string{"read"}
	}
	s.truth.Items = append(s.truth.Items, note)
	for _, f := range facts {
		f.Item = item
		if f.Place == "" {
			f.Place = fmt.Sprintf("block %d", f.block)
		}
		s.truth.Facts = append(s.truth.Facts, f)
	}
}

// encodePath writes a path as the contract's item: %, control bytes, ";" and a
// final "!" of a name as %XX.
func encodePath(path string) string {
	names := strings.Split(path, "/")
	for i, name := range names {
		names[i] = encodeName(name)
	}
	return strings.Join(names, "/")
}

func encodeName(name string) string {
	var b strings.Builder
	for i := range len(name) {
		c := name[i]
		if c == '%' || c < 0x20 || c == 0x7F || c == ';' || c == '!' && i == len(name)-1 {
			fmt.Fprintf(&b, "%%%02X", c)
			continue
		}
		b.WriteByte(c)
	}
	return b.String()
}

// into adds a member to a container of the exhibit.
func (s *shelf) into(container string, pack func(*bundle) []byte, note ItemTruth, m member) string {
	b := s.bundles[container]
	if b == nil {
		b = &bundle{pack: pack, note: note}
		s.bundles[container] = b
	}
	b.members = append(b.members, m)
	return encodePath(container)
}

// close writes the containers.
func (s *shelf) close() error {
	var names []string
	for name := range s.bundles {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		b := s.bundles[name]
		if _, err := s.put(name, b.pack(b), b.note, nil); err != nil {
			return err
		}
	}
	return nil
}

// age gives every file one fixed time, so that a copy of the tree is the same
// tree.
func age(root string) error {
	day := time.Date(2020, 10, 5, 12, 0, 0, 0, time.UTC)
	return filepath.WalkDir(root, func(path string, e os.DirEntry, err error) error {
		if err != nil || e.Type()&os.ModeSymlink != 0 {
			return err
		}
		return os.Chtimes(path, day, day)
	})
}

// fill writes the documents: each type twice, then by weight. A type for whose
// cases the town is too small is left out.
func (t *town) fill(ctx context.Context, s *shelf, seed uint64, documents int) error {
	var types []*docType
	var weights []int
	for i := range docTypes {
		if d := &docTypes[i]; d.pool == "" || len(t.cases[d.pool]) > 0 {
			types, weights = append(types, d), append(weights, d.weight)
		}
	}
	for i := range documents {
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("write documents: %w", err)
		}
		c := stream(seed, fmt.Sprintf("document/%d", i))
		d := types[weighted(c, weights)]
		if i < 2*len(types) {
			d = types[i%len(types)]
		}
		if err := t.document(s, d, c, i); err != nil {
			return err
		}
	}
	return s.close()
}

// document writes one document, and now and then a copy or a later version.
func (t *town) document(s *shelf, d *docType, c chance, n int) error {
	p := t.sheetOf(d, c, t.style)
	l := layoutOf(d.formats[c.IntN(len(d.formats))])
	p.mail = l.mail()
	d.compose(p)
	data := l.write(p)
	note := ItemTruth{Type: d.name, Style: string(p.manner.letter), Format: l.name}
	folder := fileName(d.folder, p, n)
	name := fileName(d.file, p, n) + "." + l.ext
	path := folder + "/" + name
	switch {
	case p.mail:
		return t.mail(s, p, data, path, note)
	case c.one(0.05):
		return s.bundled(p, data, folder, name, note)
	case c.one(0.03):
		if _, err := s.put("Archive/old shared drive/"+name, data, note, p.facts); err != nil {
			return err
		}
	case c.one(0.02):
		p.line("Draft 2, not for circulation", false)
		if _, err := s.put(folder+"/Drafts/"+name, l.write(p), note, p.facts); err != nil {
			return err
		}
	}
	_, err := s.put(path, data, note, p.facts)
	return err
}

// sheetOf is a blank paper with its case, date and author's manner.
func (t *town) sheetOf(d *docType, c chance, style string) *paper {
	p := &paper{chance: c, town: t, title: d.name}
	p.manner = manners[strings.IndexByte("ABCDEF", style[c.IntN(len(style))])]
	if pool := t.cases[d.pool]; len(pool) > 0 && d.list == nil {
		p.matter = pick(c, pool)
	}
	p.date = d.dateFor(p)
	p.ocr = c.one(d.ocr)
	return p
}

// bundled puts the document into an archive of its folder.
func (s *shelf) bundled(p *paper, data []byte, folder, name string, note ItemTruth) error {
	container, pack := folder+"/archive.zip", packZip
	if p.one(0.3) {
		container, pack = folder+"/backup.tar.gz", packTar
	}
	inner := s.unique(container + "!/" + name)
	inner = inner[len(container)+2:]
	item := s.into(container, pack, ItemTruth{Format: "archive"}, member{inner, data})
	s.record(item+"!/"+encodePath(inner), data, note, p.facts)
	return nil
}

// mail puts a message into a file of its own or into somebody's mailbox, and
// notes its attachments.
func (t *town) mail(s *shelf, p *paper, data []byte, path string, note ItemTruth) error {
	item := ""
	if note.Format == "eml" && len(p.attach) == 0 && p.one(0.5) {
		box := "Mail/" + strings.ReplaceAll(plain(t.staff[p.IntN(5)].surname), " ", "") + ".mbox"
		item = s.into(box, packMbox, ItemTruth{Format: "mbox"}, member{"", data})
		item += fmt.Sprintf("!/%d", len(s.bundles[box].members))
		s.record(item, data, note, p.facts)
	} else {
		var err error
		if item, err = s.put(path, data, note, p.facts); err != nil {
			return err
		}
	}
	for _, a := range p.attach {
		s.record(item+"!/"+encodeName(a.name), a.bytes, ItemTruth{Type: note.Type, Style: note.Style, Format: filepath.Ext(a.name)[1:]}, a.facts)
	}
	return nil
}
