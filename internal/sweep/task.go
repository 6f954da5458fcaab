package sweep

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/evidence"
	"github.com/reeve-council/reeve/internal/sandbox"
)

// Bounds on containers within one file on disk. They count depth, bytes and
// entries, never time, so that a run is the same on any machine.
const (
	maxDepth   = 12
	maxEntries = 1 << 20
)

// task is one item that waits to be read.
type task struct {
	exhibit  int64
	path     string // contract item path
	parent   int64  // item id of its container, 0 on disk
	disk     string // where its bytes are
	spooled  bool   // disk is a spool file of ours, to be removed
	digest   string // known for members, which are hashed as they are unpacked
	size     int64
	modified int64
	ancestry []string       // digests of the containers it lies in
	cut      *reeve.Outcome // why its bytes are not the whole member, if so
	budget   *budget
}

// budget bounds what one file on disk may expand to. It is shared by all that
// lies in it.
type budget struct {
	mu      sync.Mutex
	bytes   int64
	entries int
}

func newBudget(size int64) *budget {
	return &budget{bytes: evidence.Allowance(size), entries: maxEntries}
}

func (b *budget) left() (int64, int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.bytes, b.entries
}

func (b *budget) spend(bytes int64, entries int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.bytes = max(0, b.bytes-bytes)
	b.entries = max(0, b.entries-entries)
}

// do brings one task to its end: the item has a row, and if its bytes are new
// to the case they have been read, scanned and kept. An error is one of the
// case or the machine (disk full, store gone), never of the item.
func (r *run) do(ctx context.Context, t *task) error {
	defer t.discard()
	file, fault := openItem(t.disk)
	if fault != nil {
		r.keep(itemRow(t, fault))
		return nil
	}
	defer file.Close()
	if t.digest == "" {
		digest, size, err := hashFile(ctx, file)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			r.keep(itemRow(t, &reeve.Outcome{Status: reeve.StatusDamaged, Reason: reeve.ReasonUnreadable, Detail: "the medium gave an error while it was read"}))
			return nil
		}
		t.digest, t.size = digest, size
	}
	if o := t.limit(); o != nil {
		r.keep(itemRow(t, o))
		return nil
	}
	id := r.keep(itemRow(t, t.cut))
	claim := r.docs.claim(t.digest)
	if claim.done {
		r.progress.duplicate(t.size)
		return nil
	}
	return r.read(ctx, t, id, claim, file)
}

// limit applies the bounds that depend on where an item lies.
func (t *task) limit() *reeve.Outcome {
	switch {
	case slices.Contains(t.ancestry, t.digest):
		return &reeve.Outcome{Status: reeve.StatusLimit, Reason: reeve.ReasonLoop, Detail: "it contains itself"}
	case len(t.ancestry) >= maxDepth:
		return &reeve.Outcome{Status: reeve.StatusLimit, Reason: reeve.ReasonTooDeep, Detail: fmt.Sprintf("lies in more than %d containers", maxDepth)}
	}
	return nil
}

func (t *task) discard() {
	if t.spooled {
		os.Remove(t.disk)
	}
}

// openItem opens an item's bytes, or says why it cannot.
func openItem(path string) (*os.File, *reeve.Outcome) {
	f, err := os.Open(path)
	switch {
	case err == nil:
		return f, nil
	case errors.Is(err, fs.ErrPermission):
		return nil, &reeve.Outcome{Status: reeve.StatusUnsupported, Reason: reeve.ReasonNoPermission, Detail: "the operating system refused to open it; run as a user who may read it"}
	}
	return nil, &reeve.Outcome{Status: reeve.StatusDamaged, Reason: reeve.ReasonUnreadable, Detail: "could not be opened"}
}

func hashFile(ctx context.Context, f *os.File) (digest string, size int64, err error) {
	h := sha256.New()
	buf := make([]byte, 256<<10)
	for {
		if err := ctx.Err(); err != nil {
			return "", 0, err
		}
		n, err := f.Read(buf)
		h.Write(buf[:n])
		size += int64(n)
		if err == io.EOF {
			return hex.EncodeToString(h.Sum(nil)), size, nil
		}
		if err != nil {
			return "", 0, err
		}
	}
}

// read has a reader process read the bytes, and keeps what it sends.
func (r *run) read(ctx context.Context, t *task, item int64, c claim, file *os.File) error {
	k := r.newKeeper(t, item, c)
	allowance, entries := t.budget.left()
	req, err := json.Marshal(request{Size: t.size, Name: baseName(t.path), Passwords: r.opt.Passwords, Allowance: allowance, Entries: entries, NoOCR: r.opt.NoOCR})
	if err != nil {
		return fmt.Errorf("ask reader: %w", err)
	}
	err = r.pool.Do(ctx, req, file, k.frame)
	if ctx.Err() != nil {
		k.abandon()
		return ctx.Err()
	}
	if k.fault != nil {
		k.abandon()
		return k.fault
	}
	if errors.Is(err, reeve.Unavailable) {
		k.abandon()
		return err
	}
	if err != nil {
		k.outcome = faultOutcome(err)
	}
	return k.finish()
}

// faultOutcome says what became of an item whose reader process failed twice.
func faultOutcome(err error) reeve.Outcome {
	o := reeve.Outcome{Reader: "cage/1"}
	var death *sandbox.Death
	if !errors.As(err, &death) {
		o.Status, o.Reason, o.Detail = reeve.StatusDamaged, reeve.ReasonCrash, "its reader gave up"
		return o
	}
	switch death.Cause {
	case sandbox.Hang:
		o.Status, o.Reason, o.Detail = reeve.StatusLimit, reeve.ReasonTimeout, "its reader made no progress; the next run tries again"
	case sandbox.Memory:
		o.Status, o.Reason, o.Detail = reeve.StatusLimit, reeve.ReasonMemory, "its reader needed more memory than it may have"
	default:
		o.Status, o.Reason, o.Detail = reeve.StatusDamaged, reeve.ReasonCrash, "its reader died twice on it"
	}
	return o
}

// baseName is the last name in an item path.
func baseName(item string) string {
	if i := strings.LastIndexByte(item, '/'); i >= 0 {
		return item[i+1:]
	}
	return filepath.Base(item)
}
