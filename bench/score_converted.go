package main

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/reeve-council/reeve/internal/demo/plant"
)

// conversion is a format that LibreOffice turns planted files into.
type conversion struct{ ext, filter string }

// conversions by the format that was planted. A file gets one of them, in turn.
// PDF shows neither hidden sheets nor comments, and cuts wide tables into pages:
// only what is all text becomes PDF.
var conversions = map[string][]conversion{
	"docx": {{"doc", "doc:MS Word 97"}, {"odt", "odt"}, {"rtf", "rtf"}},
	"odt":  {{"doc", "doc:MS Word 97"}, {"docx", "docx"}},
	"rtf":  {{"doc", "doc:MS Word 97"}, {"docx", "docx"}, {"pdf", "pdf"}},
	"html": {{"pdf", "pdf"}},
	"xlsx": {{"xls", "xls:MS Excel 97"}, {"ods", "ods"}},
	"xls":  {{"xlsx", "xlsx:Calc MS Excel 2007 XML"}, {"ods", "ods"}},
	"ods":  {{"xls", "xls:MS Excel 97"}, {"xlsx", "xlsx:Calc MS Excel 2007 XML"}},
	"pptx": {{"ppt", "ppt:MS PowerPoint 97"}, {"odp", "odp"}, {"pdf", "pdf"}},
}

// convertPlanted replaces the planted files of office formats by what
// LibreOffice makes of them, on disk and in the truth, and counts the files by
// their new format. Members of containers and files that cannot be read stay.
func convertPlanted(ctx context.Context, dir string, truth *plant.Truth) (map[string]int, error) {
	if _, err := findProgram("soffice"); err != nil {
		return nil, fmt.Errorf("LibreOffice is not here (scripts/install-bench-needs): %w", err)
	}
	jobs := planned(truth)
	made := make(map[string]int)
	for _, to := range slices.SortedFunc(maps.Keys(jobs), func(a, b conversion) int { return cmp.Compare(a.filter, b.filter) }) {
		for batch := range slices.Chunk(jobs[to], officeBatch) {
			n, err := convertItems(ctx, filepath.Join(dir, truth.Exhibit), truth, to, batch)
			if err != nil {
				return nil, err
			}
			made[to.ext] += n
		}
	}
	return made, nil
}

// scoreConverted scores as score --converted does.
func scoreConverted(ctx context.Context, args []string) error {
	return score(ctx, append([]string{"--converted"}, args...))
}

// planned gives each file that can be converted its new format. Copies of one
// file become copies of one file again.
func planned(truth *plant.Truth) map[conversion][]string {
	jobs := make(map[conversion][]string)
	turns, chosen := make(map[string]int), make(map[string]conversion)
	for i := range truth.Items {
		it := &truth.Items[i]
		list := conversions[it.Format]
		if len(list) == 0 || it.Unread || it.Optional || strings.Contains(it.Item, "!/") || strings.Contains(it.Item, "%") || filepath.Ext(it.Item) != "."+it.Format {
			continue
		}
		to, again := chosen[it.Digest]
		if !again {
			to = list[turns[it.Format]%len(list)]
			turns[it.Format]++
			chosen[it.Digest] = to
		}
		jobs[to] = append(jobs[to], it.Item)
	}
	return jobs
}

// convertItems converts some files to one format, puts the results in their
// place and renames them in the truth.
func convertItems(ctx context.Context, share string, truth *plant.Truth, to conversion, items []string) (int, error) {
	work, err := os.MkdirTemp("", "reeve-convert")
	if err != nil {
		return 0, err
	}
	defer os.RemoveAll(work)
	kept := make(map[string]string) // digest of the original → base name
	var paths []string
	for _, item := range items {
		data, err := os.ReadFile(filepath.Join(share, filepath.FromSlash(item)))
		if err != nil {
			return 0, err
		}
		base := digestOf(data)
		if kept[item] = base; slices.Contains(paths, filepath.Join(work, base+filepath.Ext(item))) {
			continue
		}
		path := filepath.Join(work, base+filepath.Ext(item))
		if err := os.WriteFile(path, data, 0o600); err != nil {
			return 0, err
		}
		paths = append(paths, path)
	}
	out := filepath.Join(work, "out")
	if err := convert(ctx, to.filter, out, paths, time.Duration(len(paths))*15*time.Second); err != nil {
		return 0, err
	}
	done := 0
	for _, item := range items {
		data, err := os.ReadFile(filepath.Join(out, kept[item]+"."+to.ext))
		if err != nil {
			continue // it stays what it was
		}
		if err := replaceItem(share, truth, item, to.ext, data); err != nil {
			return 0, err
		}
		done++
	}
	return done, nil
}

func digestOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// replaceItem writes the converted file beside the original, takes that away,
// and tells the truth.
func replaceItem(share string, truth *plant.Truth, item, ext string, data []byte) error {
	name := strings.TrimSuffix(item, filepath.Ext(item)) + " " + filepath.Ext(item)[1:] + "." + ext
	path := filepath.Join(share, filepath.FromSlash(name))
	if err := os.WriteFile(path, data, 0o644); err != nil {
		return err
	}
	if err := os.Remove(filepath.Join(share, filepath.FromSlash(item))); err != nil {
		return err
	}
	for i := range truth.Items {
		if it := &truth.Items[i]; it.Item == item {
			it.Item, it.Digest, it.Size, it.Format = name, digestOf(data), int64(len(data)), ext
		} else if it.DuplicateOf == item {
			it.DuplicateOf = name
		}
	}
	for i := range truth.Facts {
		if truth.Facts[i].Item == item {
			truth.Facts[i].Item = name
		}
	}
	for i := range truth.Links {
		if truth.Links[i].Item == item {
			truth.Links[i].Item = name
		}
	}
	return nil
}
