package sweep

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/detect"
	"github.com/reeve-council/reeve/internal/sandbox"
)

// begin checks what was asked for before anything is done, takes the case's
// lock and starts the reader processes.
func (c *Case) begin(ctx context.Context, opt Options) (*run, error) {
	if err := Check(opt); err != nil {
		return nil, err
	}
	if err := c.unforgotten(ctx, Layers...); err != nil {
		return nil, err
	}
	release, err := c.DB.Lock(ctx, "sweep")
	if err != nil {
		return nil, reeve.WithHint(fmt.Errorf("begin sweep: %w", err), "Another sweep of this case is running; wait for it or stop it.")
	}
	r := &run{c: c, opt: opt, release: release, secrets: secretsDigest(opt.Passwords)}
	if err := r.prepare(ctx); err != nil {
		r.end()
		return nil, err
	}
	return r, nil
}

// Check finds out whether what was asked for can be begun at all, before a case
// is made for it. It completes the exhibits' names and paths.
func Check(opt Options) error {
	names := make(map[string]bool)
	for i := range opt.Exhibits {
		e := &opt.Exhibits[i]
		if err := checkExhibit(e); err != nil {
			return err
		}
		if names[e.Name] {
			return reeve.WithHint(fmt.Errorf("two exhibits have one name: %w", reeve.Invalid), "Sweep them one after the other, each with --ref NAME.")
		}
		names[e.Name] = true
	}
	for _, f := range opt.Registers {
		if err := checkFile(f.Path); err != nil {
			return reeve.WithHint(fmt.Errorf("open register %s: %w: %w", filepath.Base(f.Path), err, reeve.Invalid),
				"Give the path of a register file, or KIND:FILE with one of the kinds "+registerKinds()+".")
		}
	}
	if opt.Listing != "" {
		if err := checkFile(opt.Listing); err != nil {
			return reeve.WithHint(fmt.Errorf("open listing: %w: %w", err, reeve.Invalid), "Give a file with one path a line, or CSV with path and size.")
		}
	}
	return nil
}

// checkFile finds out whether a path is a file that may be read. Its errors do
// not name the path.
func checkFile(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return stripPath(err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return stripPath(err)
	}
	if info.IsDir() {
		return errors.New("it is a folder")
	}
	return nil
}

func (r *run) prepare(ctx context.Context) error {
	if err := r.c.emptySpool(); err != nil {
		return err
	}
	if err := r.c.checkNames(ctx, r.opt.Exhibits); err != nil {
		return err
	}
	if err := r.c.keepOptions(ctx, &r.opt); err != nil {
		return err
	}
	custom, err := r.c.custom(ctx)
	if err != nil {
		return err
	}
	if r.set, err = detect.New(custom); err != nil {
		return fmt.Errorf("compile detectors: %w", err)
	}
	if err := r.loadState(ctx); err != nil {
		return err
	}
	reader := r.opt.Reader
	reader.Workers = r.workers()
	if r.pool, err = sandbox.New(reader); err != nil {
		return err
	}
	if cage := r.pool.Cage(); !cage.Closed() {
		r.warn("the reader processes are not fully caged on this machine: %s", cage)
	}
	r.writer = startWriter(ctx, r.c.DB)
	r.progress = newProgress(r.opt.Progress)
	return nil
}

// end gives back what begin took.
func (r *run) end() {
	if r.pool != nil {
		r.pool.Close()
	}
	if r.release != nil {
		r.release()
	}
}

// loadState brings to mind what earlier runs kept.
func (r *run) loadState(ctx context.Context) error {
	r.docs = &docs{known: make(map[sum]*docState)}
	members := make(map[int64][]sum)
	err := r.c.DB.Read(ctx, func(tx *db.Tx) error {
		if err := r.docs.load(tx, r.secrets); err != nil {
			return err
		}
		return tx.Each(func(row db.Row) error {
			var id int64
			var digest string
			err := row.Scan(&id, &digest)
			members[id] = append(members[id], sumOf(digest))
			return err
		}, "SELECT container, digest FROM member")
	})
	if err != nil {
		return fmt.Errorf("read case: %w", err)
	}
	if err := r.c.clearUnfinished(ctx, r.docs); err != nil {
		return err
	}
	r.docs.settle(members)
	r.items, err = loadItems(ctx, r.c.DB)
	return err
}

// load reads the known documents. One that timed out, or that none of the
// passwords tried so far opened, is to be read again.
func (d *docs) load(tx *db.Tx, secrets string) error {
	return tx.Each(func(row db.Row) error {
		var id, container int64
		var digest, status, reason, tried string
		if err := row.Scan(&id, &digest, &status, &reason, &container, &tried); err != nil {
			return err
		}
		locked := reeve.Status(status) == reeve.StatusEncrypted || reeve.Reason(reason) == reeve.ReasonPasswordNeeded
		d.known[sumOf(digest)] = &docState{id: id, done: true, container: container != 0,
			retry: reeve.Reason(reason) == reeve.ReasonTimeout || locked && secrets != "" && tried != secrets}
		d.nextID = max(d.nextID, id)
		return nil
	}, "SELECT id, digest, status, reason, container, secrets FROM document")
}

// secretsDigest names a password list without holding it.
func secretsDigest(passwords []string) string {
	if len(passwords) == 0 {
		return ""
	}
	sum := sha256.Sum256([]byte(strings.Join(passwords, "\n")))
	return hex.EncodeToString(sum[:8])
}

// Settings of a case, by name.
const (
	settingCouncil     = "council"
	settingAsOf        = "as-of"
	settingDetectors   = "detectors"
	settingControllers = "controllers"
	settingMap         = "map"
	settingParams      = "params"
)

// keepOptions writes down what holds for the case from now on, and fills the
// options from what held before.
func (c *Case) keepOptions(ctx context.Context, opt *Options) error {
	have, err := c.settings(ctx)
	if err != nil {
		return err
	}
	keep := make(map[string]string)
	if opt.Council != "" {
		keep[settingCouncil] = opt.Council
	}
	opt.Council = or(opt.Council, have[settingCouncil])
	if opt.CustomText != "" {
		keep[settingDetectors] = opt.CustomText
	}
	if opt.Controllers != nil {
		keep[settingControllers] = encodeControllers(opt.Controllers)
	}
	if len(opt.Map) > 0 {
		keep[settingMap] = encodeMap(opt.Map)
	} else {
		opt.Map = decodeMap(have[settingMap])
	}
	switch {
	case !opt.AsOf.IsZero():
		keep[settingAsOf] = opt.AsOf.String()
	case have[settingAsOf] == "":
		keep[settingAsOf] = reeve.DateOf(time.Now()).String()
	}
	return c.keepSettings(ctx, keep)
}

func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// Council is the code of the case's default controller, "" while none was given.
func (c *Case) Council(ctx context.Context) (string, error) {
	have, err := c.settings(ctx)
	return have[settingCouncil], err
}

func (c *Case) settings(ctx context.Context) (map[string]string, error) {
	have := make(map[string]string)
	err := c.DB.Read(ctx, func(tx *db.Tx) error {
		return tx.Each(func(row db.Row) error {
			var name, value string
			err := row.Scan(&name, &value)
			have[name] = value
			return err
		}, "SELECT name, value FROM setting")
	})
	if err != nil {
		return nil, fmt.Errorf("read settings: %w", err)
	}
	return have, nil
}

func (c *Case) keepSettings(ctx context.Context, keep map[string]string) error {
	if len(keep) == 0 {
		return nil
	}
	err := c.DB.Write(ctx, func(tx *db.Tx) error {
		load := tx.Upsert("setting", []string{"name"}, []string{"name", "value"})
		for name, value := range keep {
			if err := load.Add(name, value); err != nil {
				return err
			}
		}
		return load.Close()
	})
	if err != nil {
		return fmt.Errorf("keep settings: %w", err)
	}
	return nil
}

// custom are the council's own detectors, as the case keeps them.
func (c *Case) custom(ctx context.Context) ([]detect.Custom, error) {
	have, err := c.settings(ctx)
	if err != nil || have[settingDetectors] == "" {
		return nil, err
	}
	return detect.ReadCustom(strings.NewReader(have[settingDetectors]))
}

func encodeMap(m map[string]string) string {
	var b strings.Builder
	for _, k := range sortedKeys(m) {
		b.WriteString(k + "=" + m[k] + "\n")
	}
	return b.String()
}

func decodeMap(text string) map[string]string {
	m := make(map[string]string)
	for line := range strings.Lines(text) {
		if k, v, ok := strings.Cut(strings.TrimSpace(line), "="); ok {
			m[k] = v
		}
	}
	return m
}
