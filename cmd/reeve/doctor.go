package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/sandbox"
	"github.com/reeve-council/reeve/internal/sweep"
)

// verdict is what the doctor says about one thing.
type verdict string

const (
	healthy verdict = "ok"
	warning verdict = "warning"
	unclear verdict = "unknown" // this machine does not tell
)

// symptom is one line of the doctor's report.
type symptom struct {
	verdict verdict
	what    string // disk, folder, clock …
	text    string
	try     string // of a warning
}

// examination is one thing that the doctor looks at; a new one is a function
// and a line in examinations.
type examination func(ctx context.Context, p *patient) []symptom

var examinations = []examination{seeFolder, seeDisk, seeSpace, seeClock, seePrograms, seeCage, seeTables, seeRecord, seeBackup}

// patient is the case as far as it could be opened.
type patient struct {
	dir  string
	kase *sweep.Case // nil where it could not be opened
	err  error       // why
}

func doctorCommand() Command {
	var f caseFlags
	return Command{
		Name:  "doctor",
		Short: "look for what is unsafe or missing: disk, folder, clock, programs, record, backup",
		Long: `Looks at the machine and the case: is the disk encrypted, may others read the
folder, is the clock right, is there space, are the programs there that read
scans, do the readers of hostile files stand in a full cage, are the tables of
this version, does the record hold, is there a backup. Warnings say what to do; "unknown" means
that this machine does not tell. The exit code is 0 also with warnings.`,
		Flags: func(set *flag.FlagSet) { f.register(set, defaultCase) },
		Run: func(ctx context.Context, c Console, args []string) error {
			if len(args) > 0 {
				return usageError{"doctor takes no arguments"}
			}
			if !sweep.IsCase(f.dir) {
				_, err := sweep.Open(ctx, f.dir)
				return err
			}
			return examine(ctx, c.Out, f.dir)
		},
	}
}

func examine(ctx context.Context, w io.Writer, dir string) error {
	p := &patient{dir: dir}
	p.kase, p.err = sweep.Open(ctx, dir)
	if p.err == nil {
		defer p.kase.Close()
	}
	warnings := 0
	for _, look := range examinations {
		for _, s := range look(ctx, p) {
			fmt.Fprintf(w, "%-8s %-9s %s\n", s.verdict, s.what, s.text)
			if s.try != "" {
				fmt.Fprintf(w, "%-18s try: %s\n", "", s.try)
			}
			if s.verdict == warning {
				warnings++
			}
		}
	}
	_, err := fmt.Fprintf(w, "%d warnings\n", warnings)
	return err
}

// seeFolder warns of files that others on this machine may read.
func seeFolder(_ context.Context, p *patient) []symptom {
	open := 0
	first := ""
	err := filepath.WalkDir(p.dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if rel, _ := filepath.Rel(p.dir, path); !ownFile(rel) {
			if d.IsDir() {
				return fs.SkipDir
			}
			return nil
		}
		info, err := d.Info()
		if errors.Is(err, fs.ErrNotExist) {
			return nil // a temporary file of a run
		}
		if err == nil && info.Mode().Perm()&0o077 != 0 {
			open++
			if first == "" {
				first = filepath.Base(path)
			}
		}
		return err
	})
	switch {
	case err != nil:
		return []symptom{{unclear, "folder", "it cannot be looked through", "run as the user whom the case belongs to"}}
	case open > 0:
		return []symptom{{warning, "folder", fmt.Sprintf("others on this machine may read %d files or folders of the case, such as %s", open, oneLine(first)),
			"chmod -R go= on the folder of the case"}}
	}
	return []symptom{{healthy, "folder", "only its owner may read it", ""}}
}

// ownFile reports whether a path inside the case is the program's own.
func ownFile(rel string) bool {
	top, _, _ := strings.Cut(filepath.ToSlash(rel), "/")
	return top == "." || top == "keys" || top == "tmp" || top == backupCase || strings.HasPrefix(top, backupDatabase)
}

// seePrograms looks for what reads scans.
func seePrograms(context.Context, *patient) (all []symptom) {
	for _, tool := range []struct{ name, gives, from string }{
		{"tesseract", "pictures of text are read", "tesseract-ocr and tesseract-ocr-eng"},
		{"pdftoppm", "scanned PDF pages are read and shown", "poppler-utils"},
	} {
		if _, err := sandbox.FindTool(tool.name); err != nil {
			all = append(all, symptom{warning, "programs", tool.name + " is not there: " + strings.Replace(tool.gives, "are", "are not", 1), "install " + tool.from + ", then sweep again"})
			continue
		}
		all = append(all, symptom{healthy, "programs", tool.name + ": " + tool.gives, ""})
	}
	return all
}

// seeCage starts a reader as a sweep does.
func seeCage(context.Context, *patient) []symptom {
	pool, err := sandbox.New(sandbox.Options{Workers: 1})
	if err != nil {
		return []symptom{{warning, "cage", "no reader process can be started: " + wording(err), reeve.HintOf(err)}}
	}
	defer pool.Close()
	if cage := pool.Cage(); !cage.Closed() {
		return []symptom{{warning, "cage", oneLine(cage.String()), "read hostile files on a machine with a kernel that has Landlock (Linux 5.19 or later), not in a container that takes it away"}}
	}
	return []symptom{{healthy, "cage", oneLine(pool.Cage().String()), ""}}
}

// seeTables says whether the database is that of this version.
func seeTables(ctx context.Context, p *patient) []symptom {
	if p.err != nil {
		return []symptom{{warning, "database", "the case cannot be opened: " + wording(p.err), reeve.HintOf(p.err)}}
	}
	steps, err := p.kase.DB.Steps(ctx)
	if err != nil {
		return []symptom{{warning, "database", wording(err), reeve.HintOf(err)}}
	}
	for _, t := range schemas() {
		if n := steps[t.room]; n > 0 && n < len(t.steps) {
			return []symptom{{warning, "database", "the tables of " + t.room + " are of an older version", "back up, then open the case with: reeve serve"}}
		}
	}
	text := "in a file, of this version"
	if p.kase.DB.Dialect() == "postgres" {
		text = "in PostgreSQL, of this version"
	}
	return []symptom{{healthy, "database", text, ""}}
}

// seeRecord looks quickly at the record: the newest checkpoint, its signature,
// that what is there grew out of it.
func seeRecord(ctx context.Context, p *patient) []symptom {
	if p.err != nil {
		return nil
	}
	bad := func(err error) []symptom {
		return []symptom{{warning, "record", wording(err), reeve.HintOf(err)}}
	}
	key, err := p.kase.Signer(ctx)
	if err != nil {
		return bad(err)
	}
	var head record.Head
	var last record.Checkpoint
	err = p.kase.DB.Read(ctx, func(tx *db.Tx) error {
		head, last, err = record.Glance(tx, key)
		return err
	})
	if errors.Is(err, reeve.NotFound) {
		return []symptom{{warning, "record", fmt.Sprintf("%s acts, none of them signed", thousands(head.Size)), "reeve checkpoint --out FILE, and give it to somebody outside"}}
	}
	if err != nil {
		return bad(err)
	}
	return []symptom{{healthy, "record", fmt.Sprintf("%s acts, signed up to %s at %s; read from end to end only by verify", thousands(head.Size), thousands(last.Head.Size), moment(last.Time)), ""}}
}

// seeClock compares the clock with the record, with the file system, and asks
// whether anything sets it.
func seeClock(ctx context.Context, p *patient) []symptom {
	now := time.Now()
	if text := clockBehind(ctx, p, now); text != "" {
		return []symptom{{warning, "clock", text, "set the clock of this machine, then go on"}}
	}
	if off, ok := fileClock(p.dir, now); ok && off > 5*time.Second {
		return []symptom{{warning, "clock", fmt.Sprintf("the disk of the case writes times that are %s off", off.Round(time.Second)), "set the clocks of this machine and of the file server"}}
	}
	switch set, known := clockIsSet(); {
	case !known:
		return []symptom{{unclear, "clock", "it is " + now.UTC().Format("2006-01-02 15:04 UTC") + " here; whether that is set by a time server is not known", "compare it with a watch"}}
	case !set:
		return []symptom{{warning, "clock", "it is " + now.UTC().Format("2006-01-02 15:04 UTC") + " here, and no time server sets it", "compare it with a watch and write down the difference, or set up NTP"}}
	}
	return []symptom{{healthy, "clock", "set by a time server", ""}}
}

// clockBehind says that the record's newest act is later than now.
func clockBehind(ctx context.Context, p *patient, now time.Time) string {
	if p.err != nil {
		return ""
	}
	var newest int64
	err := p.kase.DB.Read(ctx, func(tx *db.Tx) error {
		head, err := record.Root(tx)
		if err != nil {
			return err
		}
		lines, err := record.Lines(tx, head.Size-1, 1)
		if len(lines) > 0 {
			newest = lines[0].Time
		}
		return err
	})
	if ahead := newest - now.Unix(); err == nil && ahead > 60 {
		return fmt.Sprintf("the newest act of the record lies %s in the future", time.Duration(ahead)*time.Second)
	}
	return ""
}

// fileClock is how far the times of the file system are from the clock.
func fileClock(dir string, now time.Time) (off time.Duration, ok bool) {
	f, err := os.CreateTemp(filepath.Join(dir, "tmp"), "clock-*")
	if err != nil {
		return 0, false
	}
	defer os.Remove(f.Name())
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return 0, false
	}
	return info.ModTime().Sub(now).Abs(), true
}

// leastSpace is what a sweep or a backup wants to have, in bytes.
const leastSpace = 2 << 30

// seeSpace warns when the disk cannot hold a copy of the database.
func seeSpace(_ context.Context, p *patient) []symptom {
	free, ok := freeSpace(p.dir)
	if !ok {
		return []symptom{{unclear, "space", "this machine does not tell how much is free", ""}}
	}
	want := int64(leastSpace)
	if info, err := os.Stat(filepath.Join(p.dir, backupDatabase)); err == nil {
		want = max(want, 2*info.Size())
	}
	text := fmt.Sprintf("%.1f GB free where the case is", float64(free)/1e9)
	if free < want {
		return []symptom{{warning, "space", text + fmt.Sprintf("; a backup or a sweep may want %.1f GB", float64(want)/1e9), "free space, or move the case to a larger disk"}}
	}
	return []symptom{{healthy, "space", text, ""}}
}

// seeDisk says whether a stolen disk could be read.
func seeDisk(_ context.Context, p *patient) []symptom {
	all := []symptom{diskOf(os.DirFS("/"), p.dir)}
	if p.kase != nil && p.kase.DB.Dialect() == "postgres" {
		all = append(all, symptom{unclear, "disk", "the database is on a server, whose disk this machine does not see", "ask who runs the server"})
	}
	return append(all, swaps(os.DirFS("/"))...)
}

// oldBackup is the age from which a backup is worth a warning.
const oldBackup = 7 * 24 * time.Hour

// seeBackup says when the record last tells of a backup.
func seeBackup(ctx context.Context, p *patient) []symptom {
	if p.err != nil {
		return nil
	}
	const try = "reeve backup --out FILE, on a timer, and restore one every month"
	var last int64
	err := p.kase.DB.Read(ctx, func(tx *db.Tx) (err error) {
		last, err = record.LastOf(tx, "backup")
		return err
	})
	if errors.Is(err, reeve.NotFound) {
		return []symptom{{warning, "backup", "none was made with this program", try}}
	}
	if err != nil {
		return []symptom{{warning, "backup", wording(err), reeve.HintOf(err)}}
	}
	if time.Since(time.Unix(last, 0)) > oldBackup {
		return []symptom{{warning, "backup", "the last one is of " + moment(last), try}}
	}
	return []symptom{{healthy, "backup", "the last one is of " + moment(last), ""}}
}
