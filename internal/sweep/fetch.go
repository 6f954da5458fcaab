package sweep

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/sandbox"
)

// errGone says that a document's bytes are no longer where the case saw them.
var errGone = errors.New("the bytes are not where they were")

// fetcher gets the bytes of documents again from where their exhibits lie, also
// out of containers. The case keeps text, never the originals.
//
// Unpacking a mailbox for one attachment costs as much as for a thousand, so
// whatever of a container is wanted later is kept when it comes by, as long as
// there is room. It is for one goroutine.
type fetcher struct {
	run    *run
	wanted map[string]bool   // digests that will be asked for
	kept   map[string]string // digest → spool file, once each
	room   int64             // bytes that may still be kept
}

// Bounds on what waits in the case's folder, and on what is asked for at once.
const (
	fetchRoom  = 2 << 30
	fetchNames = 10_000
)

func (r *run) newFetcher(wanted map[string]bool) *fetcher {
	return &fetcher{run: r, wanted: wanted, kept: make(map[string]string), room: fetchRoom}
}

// fetched is an open file with a document's bytes.
type fetched struct {
	path    string
	spooled bool
}

func (f fetched) discard() {
	if f.spooled {
		os.Remove(f.path)
	}
}

// place is an item by which a document can be reached, with the containers it
// lies in, outermost first.
type place struct {
	root  string // of the exhibit
	chain []itemAt
}

type itemAt struct{ path, digest string }

// fetch gives a document's bytes; errGone when no copy is where it was, with
// the bytes it had.
func (f *fetcher) fetch(ctx context.Context, digest string) (fetched, error) {
	if path, ok := f.kept[digest]; ok {
		delete(f.kept, digest)
		if info, err := os.Stat(path); err == nil {
			f.room += info.Size()
		}
		return fetched{path, true}, nil
	}
	places, err := f.places(ctx, digest)
	if err != nil {
		return fetched{}, err
	}
	for _, p := range places {
		got, err := f.climb(ctx, p)
		if !errors.Is(err, errGone) {
			return got, err
		}
	}
	return fetched{}, errGone
}

// places are all copies of a document, the first first.
func (f *fetcher) places(ctx context.Context, digest string) ([]place, error) {
	var out []place
	err := f.run.c.DB.Read(ctx, func(tx *db.Tx) error {
		type copyOf struct {
			root   string
			item   itemAt
			parent int64
		}
		copies, err := db.All(tx, func(row db.Row) (c copyOf, err error) {
			c.item.digest = digest
			return c, row.Scan(&c.root, &c.item.path, &c.parent)
		}, "SELECT e.path, i.path, i.parent FROM item i JOIN exhibit e ON e.id = i.exhibit WHERE i.digest = ? ORDER BY e.name, i.path", digest)
		if err != nil {
			return err
		}
		for _, c := range copies {
			p := place{root: c.root, chain: []itemAt{c.item}}
			for up := c.parent; up != 0 && len(p.chain) <= maxDepth+1; {
				var above itemAt
				if err := tx.One([]any{&above.path, &above.digest, &up}, "SELECT path, digest, parent FROM item WHERE id = ?", up); err != nil {
					return err
				}
				p.chain = append([]itemAt{above}, p.chain...)
			}
			out = append(out, p)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("find document: %w", err)
	}
	return out, nil
}

// climb goes from the file on disk down to the document.
func (f *fetcher) climb(ctx context.Context, p place) (fetched, error) {
	at := fetched{path: diskPath(p.root, p.chain[0].path)}
	budget := int64(0)
	for i := range p.chain {
		file, err := openKnown(ctx, at.path, p.chain[i].digest)
		if err != nil {
			at.discard()
			return fetched{}, err
		}
		if i == 0 {
			if info, err := file.Stat(); err == nil {
				budget = newBudget(info.Size()).bytes
			}
		}
		if i == len(p.chain)-1 {
			file.Close()
			return at, nil
		}
		next, err := f.unpack(ctx, file, p.chain[i], p.chain[i+1], budget)
		file.Close()
		at.discard()
		if err != nil {
			return fetched{}, err
		}
		at = next
	}
	return fetched{}, errGone
}

// openKnown opens a file and makes sure that its bytes are those known.
func openKnown(ctx context.Context, path, digest string) (*os.File, error) {
	file, fault := openItem(path)
	if fault != nil {
		return nil, errGone
	}
	found, _, err := hashFile(ctx, file)
	switch {
	case ctx.Err() != nil:
		file.Close()
		return nil, ctx.Err()
	case err != nil || found != digest:
		file.Close()
		return nil, errGone
	}
	return file, nil
}

// diskPath is where an item of a folder or a single file lies.
func diskPath(root, item string) string {
	if info, err := os.Stat(root); err != nil || !info.IsDir() {
		return root
	}
	return filepath.Join(root, filepath.FromSlash(decodeName(item)))
}

// decodeName takes back evidence.EncodeName.
func decodeName(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) {
			if v, err := strconv.ParseUint(s[i+1:i+3], 16, 8); err == nil {
				b.WriteByte(byte(v))
				i += 2
				continue
			}
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// unpack has a reader process unpack one member of a container, and with it
// whatever else of it is wanted.
func (f *fetcher) unpack(ctx context.Context, file *os.File, box, item itemAt, allowance int64) (fetched, error) {
	name, ok := strings.CutPrefix(item.path, box.path+"!/")
	if !ok {
		return fetched{}, errGone
	}
	only, err := f.others(ctx, box.digest)
	if err != nil {
		return fetched{}, err
	}
	info, err := file.Stat()
	if err != nil {
		return fetched{}, errGone
	}
	req, err := json.Marshal(request{Size: info.Size(), Name: baseName(box.path), Passwords: f.run.opt.Passwords, Allowance: allowance, Entries: maxEntries,
		Only: append(only, name)})
	if err != nil {
		return fetched{}, fmt.Errorf("ask reader: %w", err)
	}
	catch := &catcher{fetcher: f, name: name}
	defer catch.drop()
	err = f.run.pool.Do(ctx, req, file, catch.frame)
	if catch.fault != nil {
		return fetched{}, catch.fault
	}
	if err := machineFault(ctx, err); err != nil {
		return fetched{}, err
	}
	if catch.found == "" {
		return fetched{}, errGone
	}
	got := fetched{catch.found, true}
	catch.found = ""
	return got, nil
}

// others are the members of a container that will be wanted too.
func (f *fetcher) others(ctx context.Context, container string) ([]string, error) {
	only := []string{}
	err := f.run.c.DB.Read(ctx, func(tx *db.Tx) error {
		return tx.Each(func(row db.Row) error {
			var name, digest string
			var size int64
			if err := row.Scan(&name, &digest, &size); err != nil {
				return err
			}
			if f.wanted[digest] && f.kept[digest] == "" && size <= f.room && len(only) < fetchNames {
				only = append(only, name)
			}
			return nil
		}, "SELECT m.name, m.digest, m.size FROM member m JOIN document d ON d.id = m.container WHERE d.digest = ? ORDER BY m.n", container)
	})
	if err != nil {
		return nil, fmt.Errorf("find members: %w", err)
	}
	return only, nil
}

// catcher receives the members that a reader process unpacks.
type catcher struct {
	fetcher *fetcher
	name    string // the member that is asked for
	open    *member
	found   string // its spool file
	fault   error  // of the machine
}

func (c *catcher) frame(kind byte, payload []byte) error {
	var err error
	switch kind {
	case sandbox.Restart:
		c.drop()
	case frameMember:
		var head memberHead
		if err = json.Unmarshal(payload, &head); err == nil {
			c.open = &member{name: head.Name, hash: sha256.New()}
			c.open.spool, err = os.CreateTemp(c.fetcher.run.c.spool(), "f")
		}
	case frameData:
		if c.open != nil {
			c.open.hash.Write(payload)
			c.open.size += int64(len(payload))
			_, err = c.open.spool.Write(payload)
		}
	case frameEnd:
		err = c.end()
	}
	if err != nil {
		c.fault = spoolError(err)
	}
	return err
}

// end keeps a member that is asked for now or wanted later.
func (c *catcher) end() error {
	m := c.open
	c.open = nil
	if m == nil {
		return nil
	}
	if err := m.spool.Close(); err != nil {
		return err
	}
	f, digest := c.fetcher, hex.EncodeToString(m.hash.Sum(nil))
	switch {
	case m.name == c.name && c.found == "":
		c.found = m.spool.Name()
	case f.wanted[digest] && f.kept[digest] == "" && m.size <= f.room:
		f.kept[digest] = m.spool.Name()
		f.room -= m.size
	default:
		return os.Remove(m.spool.Name())
	}
	return nil
}

// drop throws away what has come so far of the member asked for.
func (c *catcher) drop() {
	if c.open != nil {
		c.open.spool.Close()
		os.Remove(c.open.spool.Name())
		c.open = nil
	}
	if c.found != "" {
		os.Remove(c.found)
		c.found = ""
	}
}

// close removes what was kept and never asked for.
func (f *fetcher) close() {
	for _, path := range f.kept {
		os.Remove(path)
	}
}

// machineFault tells what is wrong with the run from what is wrong with a file:
// nil for the latter.
func machineFault(ctx context.Context, err error) error {
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, reeve.Unavailable):
		return err
	}
	return nil
}
