package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"
)

// program is a reader that ours is compared with, and the formats that it is
// compared on.
type program struct {
	command string
	ask     []string // arguments that make it say its version
	formats []string
	filter  string // LibreOffice's name of what to convert to
	compare func(context.Context, *references, program, *recallTally, []*specimen) error
}

// LibreOffice writes each sheet as a table of what its cells show, a document
// as plain text, and slides as XML with their text in paragraphs.
const (
	sheetFilter = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1"
	textFilter  = "txt:Text (encoded):UTF8"
	slideFilter = "fodp"
)

var programs = []program{
	{"soffice", []string{"--version"}, []string{"xlsx", "xlsm", "xlsb", "xls", "ods", "fods"}, sheetFilter, compareOffice},
	{"soffice", []string{"--version"}, []string{"docx", "docm", "doc", "word6", "rtf", "odt", "fodt"}, textFilter, compareOffice},
	{"soffice", []string{"--version"}, []string{"pptx", "pptm", "odp", "fodp"}, slideFilter, compareOffice},
	{"catppt", []string{"-V"}, []string{"ppt"}, "", compareText},
	{"pdftotext", []string{"-v"}, []string{"pdf"}, "", compareText},
	{"readpst", []string{"-V"}, []string{"pst", "ost"}, "", compareStores},
	{"mdb-count", []string{"--version"}, []string{"mdb", "accdb"}, "", compareDatabases},
}

// version is what a program calls itself, in a word or two; empty where it is
// not installed.
func (p program) version(ctx context.Context) string {
	path, err := findProgram(p.command)
	if err != nil {
		return ""
	}
	out, _ := exec.CommandContext(ctx, path, p.ask...).CombinedOutput()
	names := map[string]string{"soffice": "LibreOffice", "pdftotext": "poppler", "mdb-count": "mdbtools"}
	name := p.command
	if n := names[name]; n != "" {
		name = n
	}
	for _, w := range strings.Fields(string(out)) {
		w = strings.Trim(w, ",;()v")
		if w != "" && w[0] >= '0' && w[0] <= '9' {
			return name + " " + w
		}
	}
	return name
}

// findProgram looks in PATH, then where scripts/install-bench-needs unpacks.
func findProgram(name string) (string, error) {
	if path, err := exec.LookPath(name); err == nil {
		return path, nil
	}
	return exec.LookPath(filepath.Join(".tools", "usr", "bin", name))
}

// referenceForm names the folder of the texts; it is raised when they are made
// in another way.
const referenceForm = "reference-2"

// references keeps the texts of reference programs between runs, since making
// them takes minutes: one file for the digest of a sample, the program and its
// version, in the user's folder for caches.
type references struct{ dir string }

func openReferences() (*references, error) {
	root, err := os.UserCacheDir()
	if err != nil {
		return nil, err
	}
	dir := filepath.Join(root, "reeve-bench", referenceForm)
	return &references{dir}, os.MkdirAll(dir, 0o700)
}

func (r *references) path(version string, s *specimen) string {
	return filepath.Join(r.dir, strings.ReplaceAll(version, " ", "-")+"-"+s.digest+".txt")
}

// text is what was kept; false where the program has not read the file yet.
func (r *references) text(version string, s *specimen) (string, bool) {
	b, err := os.ReadFile(r.path(version, s))
	return string(b), err == nil
}

func (r *references) keep(version string, s *specimen, text string) error {
	return os.WriteFile(r.path(version, s), []byte(text), 0o600)
}

// compareText compares with a program that prints a file's text.
func compareText(ctx context.Context, cache *references, p program, t *recallTally, list []*specimen) error {
	for _, s := range list {
		text, ok := cache.text(t.reference, s)
		if !ok {
			text = printed(ctx, p, s.path)
			if err := cache.keep(t.reference, s, text); err != nil {
				return err
			}
		}
		t.add(s, text)
	}
	return nil
}

// printed is what a program prints of a file; one that fails or hangs printed
// what it did until then.
func printed(ctx context.Context, p program, path string) string {
	tool, err := findProgram(p.command)
	if err != nil {
		return ""
	}
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	args := []string{"-q", path, "-"}
	if p.command == "catppt" {
		args = []string{"-d", "utf-8", path}
	}
	out, _ := exec.CommandContext(ctx, tool, args...).Output()
	return string(out)
}

// compareOffice compares with what LibreOffice converts the files to.
func compareOffice(ctx context.Context, cache *references, p program, t *recallTally, list []*specimen) error {
	var missing []*specimen
	for _, s := range list {
		if _, ok := cache.text(t.reference, s); !ok && !slices.ContainsFunc(missing, func(o *specimen) bool { return o.digest == s.digest }) {
			missing = append(missing, s)
		}
	}
	for batch := range slices.Chunk(missing, officeBatch) {
		if err := convertKept(ctx, cache, p, t.reference, batch); err != nil {
			return err
		}
	}
	for _, s := range list {
		text, _ := cache.text(t.reference, s)
		t.add(s, text)
	}
	return nil
}

// officeBatch is how many files one run of LibreOffice converts.
const officeBatch = 20

// convertKept converts a batch and keeps its texts. Where the run does not come
// to its end, each file is tried alone, and one that hangs has no text.
func convertKept(ctx context.Context, cache *references, p program, version string, batch []*specimen) error {
	dir, err := os.MkdirTemp("", "reeve-office")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	var paths []string
	for _, s := range batch {
		data, err := os.ReadFile(s.path)
		if err != nil {
			return err
		}
		path := filepath.Join(dir, s.digest+"."+p.extension(s))
		if err := os.WriteFile(path, data, 0o600); err != nil {
			return err
		}
		paths = append(paths, path)
	}
	out := filepath.Join(dir, "out")
	if err := convert(ctx, p.filter, out, paths, time.Duration(len(batch))*10*time.Second); err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		for _, path := range paths {
			_ = convert(ctx, p.filter, out, []string{path}, 40*time.Second)
		}
	}
	for _, s := range batch {
		if err := cache.keep(version, s, converted(out, s)); err != nil {
			return err
		}
	}
	return nil
}

// extension is the one that LibreOffice knows a format by.
func (p program) extension(s *specimen) string {
	if s.typ == "word6" {
		return "doc"
	}
	return s.typ
}

// convert runs LibreOffice over files, with settings of its own.
func convert(ctx context.Context, filter, out string, paths []string, limit time.Duration) error {
	tool, err := findProgram("soffice")
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	profile, err := officeSettings()
	if err != nil {
		return err
	}
	args := []string{"-env:UserInstallation=file://" + profile, "--headless", "--norestore", "--convert-to", filter, "--outdir", out}
	cmd := exec.CommandContext(ctx, tool, append(args, paths...)...)
	cmd.WaitDelay = time.Second
	if text, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("soffice: %w: %.200s", err, text)
	}
	if ctx.Err() != nil {
		return errors.New("soffice did not come to its end")
	}
	return nil
}

// officeSettings makes LibreOffice show dates and money as in the United
// Kingdom, which is what the files are read for: "date" without more is
// 05/03/2001 there, and elsewhere 3/5/01.
func officeSettings() (string, error) {
	profile := filepath.Join(os.TempDir(), "reeve-office-settings")
	if err := os.MkdirAll(filepath.Join(profile, "user"), 0o700); err != nil {
		return "", err
	}
	path := filepath.Join(profile, "user", "registrymodifications.xcu")
	if _, err := os.Stat(path); err == nil {
		return profile, nil
	}
	return profile, os.WriteFile(path, []byte(officeLocale), 0o600)
}

const officeLocale = `<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>en-GB</value></prop></item>
</oor:items>
`

// converted joins what LibreOffice wrote of a file: one file, or one for each
// sheet. What begins with the first letters of a container was taken for plain
// text, and is no reading.
func converted(out string, s *specimen) string {
	files, _ := filepath.Glob(filepath.Join(out, s.digest+"*"))
	var all strings.Builder
	for _, file := range files {
		text, _ := os.ReadFile(file)
		if filepath.Ext(file) == ".fodp" {
			text = slideText(text)
		}
		if head := string(text[:min(8, len(text))]); strings.Contains(head, "ÐÏ") || strings.Contains(head, "PK\x03\x04") {
			continue
		}
		all.Write(ownWords.ReplaceAll(text, nil))
		all.WriteByte('\n')
	}
	return strings.ReplaceAll(all.String(), time.Now().Format("02/01/2006"), "")
}

var (
	slidePictures = regexp.MustCompile(`(?s)<office:(binary-data|meta|styles|settings)>.*?</office:(binary-data|meta|styles|settings)>|<dc:date>.*?</dc:date>`)
	slideBreaks   = regexp.MustCompile(`</text:p>|</text:h>|<text:s/>|<text:tab/>|<text:line-break/>`)
	slideFields   = regexp.MustCompile(`<text:(date|time|page-number)\b[^>]*>[^<]*</text:(date|time|page-number)>`)
	slideMarks    = regexp.MustCompile(`<[^>]*>`)
)

// slideText is the text of the body of a flat presentation, without the date of
// the day and the numbers of pages that fields show.
func slideText(doc []byte) []byte {
	_, body, _ := bytes.Cut(doc, []byte("<office:body>"))
	body = slideFields.ReplaceAll(slidePictures.ReplaceAll(body, nil), nil)
	return []byte(html.UnescapeString(string(slideMarks.ReplaceAll(slideBreaks.ReplaceAll(body, []byte("\n")), nil))))
}

// ownWords are what LibreOffice writes of its own where it cannot work out a
// formula; and formulas that ask for today's date give the day of the run. None
// of that is in the file.
var ownWords = regexp.MustCompile(`Err:5\d\d|#(VALUE!|REF!|NAME\?|N/A|DIV/0!|NUM!|NULL!)`)
