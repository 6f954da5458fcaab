package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"github.com/reeve-council/reeve"
)

// compareStores counts the messages of Outlook stores beside readpst, which
// looks at the user's own folders alone.
func compareStores(ctx context.Context, _ *references, _ program, t *recallTally, list []*specimen) error {
	files, ours, theirs, beyond := 0, 0, 0, 0
	for _, s := range list {
		want, err := readpstCount(ctx, s.path)
		if err != nil {
			return err
		}
		own := 0
		for _, name := range s.got.embedded {
			if strings.HasPrefix(name, "Freebusy Data/") {
				beyond++
			} else {
				own++
			}
		}
		ours, theirs = ours+own, theirs+want
		if own == want {
			files++
		} else {
			t.missed = append(t.missed, fmt.Sprintf("%s: %d messages, readpst has %d", filepath.Base(s.path), own, want))
		}
	}
	t.exact = fmt.Sprintf("%s: the same messages in %d of %d files (%d of %d), and %d outside the user's folders", t.reference, files, len(list), ours, theirs, beyond)
	return nil
}

var (
	readpstFolder = regexp.MustCompile(`(?m)^Processing Folder "`)
	readpstItems  = regexp.MustCompile(`processed item count for folder .* is (\d+), skipped (\d+), total (\d+)`)
)

// readpstCount is the messages that readpst finds in a store. It counts folders
// within a folder as items of it, and says of a folder how many messages it
// should hold: those that it can make nothing of are among them.
func readpstCount(ctx context.Context, path string) (int, error) {
	tool, err := findProgram("readpst")
	if err != nil {
		return 0, err
	}
	dir, err := os.MkdirTemp("", "reeve-readpst")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(dir)
	journal := filepath.Join(dir, "journal")
	said, err := exec.CommandContext(ctx, tool, "-d", journal, "-L", "1", "-o", dir, path).CombinedOutput()
	if err != nil {
		return 0, fmt.Errorf("readpst %s: %w", filepath.Base(path), err)
	}
	kept, err := os.ReadFile(journal)
	if err != nil {
		return 0, err
	}
	n := -len(readpstFolder.FindAll(said, -1))
	for _, m := range readpstItems.FindAllSubmatch(kept, -1) {
		done, _ := strconv.Atoi(string(m[1]))
		total, _ := strconv.Atoi(string(m[3]))
		n += max(done, total)
	}
	return n, nil
}

// compareDatabases compares the tables of Access databases and the number of
// their rows with what mdbtools finds.
func compareDatabases(ctx context.Context, _ *references, _ program, t *recallTally, list []*specimen) error {
	files, same, tables, rows := 0, 0, 0, 0
	for _, s := range list {
		want, err := mdbTables(ctx, s.path)
		if err != nil || len(want) == 0 {
			continue // it cannot open this one
		}
		files++
		good := true
		for name, n := range want {
			tables, rows = tables+1, rows+n
			if got := s.got.rows["table "+name]; got != n {
				good = false
				t.missed = append(t.missed, fmt.Sprintf("%s: table %s has %d rows, mdbtools has %d", filepath.Base(s.path), name, got, n))
			}
		}
		if good {
			same++
		}
	}
	t.exact = fmt.Sprintf("%s: the same tables and rows in %d of %d files (%d tables, %d rows)", t.reference, same, files, tables, rows)
	return nil
}

// mdbTables counts the rows of the tables that mdbtools lists.
func mdbTables(ctx context.Context, path string) (map[string]int, error) {
	list, err := findProgram("mdb-tables")
	if err != nil {
		return nil, err
	}
	count, err := findProgram("mdb-count")
	if err != nil {
		return nil, err
	}
	out, err := exec.CommandContext(ctx, list, "-1", path).Output()
	if err != nil {
		return nil, err
	}
	tables := make(map[string]int)
	for name := range strings.Lines(string(out)) {
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		out, err := exec.CommandContext(ctx, count, path, name).Output()
		if err != nil {
			return nil, err
		}
		n, err := strconv.Atoi(strings.TrimSpace(string(out)))
		if err != nil {
			return nil, fmt.Errorf("count rows: %w", err)
		}
		tables[name] = n
	}
	return tables, nil
}

// accountable counts the files of a format that gave text or items, or a reason
// why not: for formats without a reference reader.
func accountable(list []*specimen) string {
	gave, said := 0, 0
	for _, s := range list {
		switch {
		case len(s.got.words) > 0 || len(s.got.embedded) > 0:
			gave++
		case s.outcome.Status != reeve.StatusRead || s.outcome.Reason != reeve.ReasonNone:
			said++
		}
	}
	if gave+said != len(list) {
		return fmt.Sprintf("text of %d and a reason of %d of %d files", gave, said, len(list))
	}
	return fmt.Sprintf("text of %d, a reason of %d: all files", gave, said)
}

// accountFormats are those that no reference program is asked about.
var accountFormats = []string{"eml", "mbox", "msg", "tnef", "html", "dbf", "sqlite", "vsdx"}

func account(samples map[string][]*specimen, into map[string]*recallTally) {
	for _, typ := range accountFormats {
		if list := samples[typ]; len(list) > 0 {
			into[typ] = &recallTally{exact: accountable(list)}
		}
	}
}
