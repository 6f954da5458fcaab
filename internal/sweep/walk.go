package sweep

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"unicode"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/evidence"
)

// walkAll offers every file of every exhibit of this run.
func (r *run) walkAll(ctx context.Context) error {
	for _, e := range r.opt.Exhibits {
		id, err := r.c.exhibit(ctx, e)
		if err != nil {
			return err
		}
		r.within = nil
		if inside(e.Path, r.c.Dir) {
			r.within = &sync.Once{}
		}
		if err := r.walk(ctx, id, e.Path); err != nil {
			return err
		}
	}
	return nil
}

// inside reports whether a folder lies below another.
func inside(above, below string) bool {
	rel, err := filepath.Rel(above, below)
	return err == nil && rel != "." && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

func (r *run) walk(ctx context.Context, exhibit int64, root string) error {
	err := evidence.Walk(root, func(f evidence.Found) error {
		if err := ctx.Err(); err != nil {
			return err
		}
		if r.ours(f.Disk) {
			return nil
		}
		t := &task{exhibit: exhibit, path: f.Path, disk: f.Disk, size: f.Size, modified: f.Modified, budget: newBudget(f.Size)}
		if f.Reason != reeve.ReasonNone {
			r.progress.found(0)
			r.progress.item(0)
			r.keep(itemRow(t, walkOutcome(f)))
			return nil
		}
		if r.unchanged(t) {
			r.progress.found(t.size)
			r.progress.item(t.size)
			return nil
		}
		return r.offer(ctx, t)
	})
	if err != nil && ctx.Err() == nil && !errors.Is(err, errStore) {
		return reeve.WithHint(fmt.Errorf("walk exhibit: %w", stripPath(err)), "Check that the exhibit is still there and readable, then run the same command again.")
	}
	return err
}

// ours reports whether a path lies in the case folder although the exhibit does
// not: a case kept inside the folder it examines is no part of what was copied.
func (r *run) ours(path string) bool {
	if r.within == nil {
		return false
	}
	rel, err := filepath.Rel(r.c.Dir, path)
	if err != nil || rel == ".." || strings.HasPrefix(rel, ".."+string(filepath.Separator)) {
		return false
	}
	r.within.Do(func() { r.warn("the case folder lies in the exhibit and is left out of it") })
	return true
}

// walkOutcome is the outcome of what the walk itself could not open.
func walkOutcome(f evidence.Found) *reeve.Outcome {
	o := &reeve.Outcome{Status: reeve.StatusUnsupported, Reason: f.Reason, Detail: f.Detail, Reader: "walk/1"}
	if f.Reason == reeve.ReasonUnreadable {
		o.Status = reeve.StatusDamaged
	}
	return o
}

// unchanged reports whether a file was swept before and nothing says that it
// changed since: its size and time are those on record, and all in it is known.
func (r *run) unchanged(t *task) bool {
	seen, ok := r.items.at(t.exhibit, t.path)
	return ok && seen.digest != (sum{}) && seen.size == t.size && seen.modified == t.modified && r.docs.complete(seen.digest)
}

// checkExhibit finds out before anything is done whether an exhibit is there.
func checkExhibit(e *ExhibitFlag) error {
	abs, err := filepath.Abs(e.Path)
	if err != nil {
		return fmt.Errorf("find exhibit: %w", stripPath(err))
	}
	e.Path = abs
	if _, err := os.Stat(abs); err != nil { // a link to nothing is nothing
		return reeve.WithHint(fmt.Errorf("find exhibit: %w: %w", stripPath(err), reeve.Invalid), "Give the path of the folder or file that holds the copied data.")
	}
	if e.Name == "" {
		e.Name = filepath.Base(abs)
	}
	if strings.ContainsAny(e.Name, `/\;`) || strings.ContainsFunc(e.Name, unicode.IsControl) {
		return reeve.WithHint(fmt.Errorf("the name of an exhibit holds a slash, a semicolon or a control character: %w", reeve.Invalid), "Give a plain name with --ref, such as SHARE-1.")
	}
	if e.Taken == "" {
		e.Taken = reeve.TakenUnknown
	}
	return nil
}
