package reeve_test

import (
	"bytes"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/mod/modfile"
)

// TestHouse holds the code to docs/house.md: the floors, the walls, the owners
// of tables, who may reveal a personal value, the modules, and the sizes. Each
// fault says what to do about it.
func TestHouse(t *testing.T) {
	h, err := openHouse(os.DirFS("."))
	if err != nil {
		t.Fatal(err)
	}
	for name, rule := range rules {
		t.Run(name, func(t *testing.T) {
			h.faults = nil
			rule(h)
			for _, f := range h.faults {
				t.Error(f)
			}
		})
	}
}

var rules = map[string]func(*house){
	"floors": (*house).checkFloors, "walls": (*house).checkWalls, "clock": (*house).checkClock, "modules": (*house).checkModules,
	"tables": (*house).checkTables, "reveal": (*house).checkReveal, "files": (*house).checkFiles, "documents": (*house).checkDocuments,
}

// house is the whole source, parsed.
type house struct {
	source fs.FS
	faults []string
	module string
	floor  map[string]int // room → number of its floor, from 0
	names  []string       // of the floors
	files  []*file
	sql    []*file // *.sql
}

// file is one source file with where it stands.
type file struct {
	path string // from the repository's root, with /
	room string // reeve, uk, format, cmd/reeve …
	pkg  string // folder, from the repository's root; "." for the root
	test bool
	text []byte
	tree *ast.File
}

func openHouse(source fs.FS) (*house, error) {
	h := &house{source: source, floor: make(map[string]int)}
	plan, err := fs.ReadFile(source, "docs/house.md")
	if err != nil {
		return nil, err
	}
	if err := h.readFloors(string(plan)); err != nil {
		return nil, err
	}
	mod, err := fs.ReadFile(source, "go.mod")
	if err != nil {
		return nil, err
	}
	h.module = modfile.ModulePath(mod)
	set := token.NewFileSet()
	return h, fs.WalkDir(source, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			if base := path.Base(p); base == "testdata" || len(base) > 1 && base[0] == '.' {
				return fs.SkipDir
			}
			return nil
		}
		return h.read(set, p)
	})
}

// readFloors reads the block under "Floors, lowest first".
func (h *house) readFloors(plan string) error {
	_, rest, ok := strings.Cut(plan, "\nFloors, lowest first.")
	_, rest, ok2 := strings.Cut(rest, "```\n")
	block, _, ok3 := strings.Cut(rest, "```")
	if !ok || !ok2 || !ok3 {
		return errors.New("docs/house.md: no block of floors")
	}
	for line := range strings.Lines(block) {
		words := strings.Fields(line)
		if len(words) < 2 {
			return fmt.Errorf("docs/house.md: floor without rooms: %q", line)
		}
		for _, room := range words[1:] {
			h.floor[room] = len(h.names)
		}
		h.names = append(h.names, words[0])
	}
	return nil
}

func (h *house) read(set *token.FileSet, p string) error {
	sql := strings.HasSuffix(p, ".sql")
	if !sql && !strings.HasSuffix(p, ".go") {
		return nil
	}
	text, err := fs.ReadFile(h.source, p)
	if err != nil {
		return err
	}
	f := &file{path: p, pkg: path.Dir(p), text: text, test: strings.HasSuffix(p, "_test.go")}
	f.room = roomOf(f.pkg)
	if sql {
		h.sql = append(h.sql, f)
		return nil
	}
	f.tree, err = parser.ParseFile(set, p, text, parser.ParseComments|parser.SkipObjectResolution)
	h.files = append(h.files, f)
	return err
}

// roomOf gives the room of a folder: inner rooms belong to their parent.
func roomOf(pkg string) string {
	parts := strings.Split(pkg, "/")
	switch {
	case pkg == ".":
		return "reeve"
	case parts[0] == "internal" && len(parts) > 1:
		return parts[1]
	case parts[0] == "cmd" && len(parts) > 1:
		return "cmd/" + parts[1]
	}
	return parts[0]
}

// own gives the folder of an import of this module, "" for others.
func (h *house) own(importPath string) string {
	if importPath == h.module {
		return "."
	}
	rest, ok := strings.CutPrefix(importPath, h.module+"/")
	if !ok {
		return ""
	}
	return rest
}

func (f *file) imports() []string {
	var all []string
	for _, spec := range f.tree.Imports {
		p, err := strconv.Unquote(spec.Path.Value)
		if err == nil {
			all = append(all, p)
		}
	}
	return all
}

// code gives the files that are no tests; the house binds those alone.
func (h *house) code() []*file {
	return slices.DeleteFunc(slices.Clone(h.files), func(f *file) bool { return f.test })
}

func (h *house) fault(f *file, format string, args ...any) {
	h.say(f.path+": "+format, args...)
}

func (h *house) say(format string, args ...any) {
	h.faults = append(h.faults, fmt.Sprintf(format, args...))
}

func (h *house) stage(room string) bool { return h.on(room, "stage") }

func (h *house) on(room, floor string) bool {
	n, ok := h.floor[room]
	return ok && h.names[n] == floor
}

// checkFloors: every package stands on a floor; imports go down; inner rooms
// are their parent's alone, but for the generator, which house.md names itself.
func (h *house) checkFloors() {
	for _, f := range h.files {
		if _, ok := h.floor[f.room]; !ok {
			h.fault(f, "the room %q stands on no floor; give it one in docs/house.md", f.room)
		}
	}
	for _, f := range h.code() {
		for _, p := range f.imports() {
			pkg := h.own(p)
			if pkg == "" || roomOf(pkg) == f.room {
				continue
			}
			room := roomOf(pkg)
			if h.floor[room] >= h.floor[f.room] {
				h.fault(f, "imports %s, which is not on a lower floor than %s", room, f.room)
			}
			if inner := strings.Count(pkg, "/") > 1; inner && f.room != "bench" && !slices.Contains(openRooms, pkg) {
				h.fault(f, "imports %s, an inner room of %s", pkg, room)
			}
		}
	}
}

// openRooms are the inner rooms that others may enter: the generator, and the
// writer of compound files, which tests and the generator share.
var openRooms = []string{"internal/demo/plant", "internal/ole/oletest"}

// forbidden are what stages never import: what they do depends on their
// arguments alone.
var forbidden = []string{"database/sql", "net", "net/http", "os/exec", "log/slog", "math/rand", "math/rand/v2", "crypto/rand"}

// checkWalls: the walls that house.md adds to the floors.
func (h *house) checkWalls() {
	both := make(map[string]map[string]bool)
	for _, f := range h.code() {
		plant := strings.HasPrefix(f.pkg, "internal/demo/plant")
		for _, p := range f.imports() {
			if h.stage(f.room) && slices.Contains(forbidden, p) {
				h.fault(f, "a stage imports %s", p)
			}
			pkg := h.own(p)
			if pkg == "" {
				continue
			}
			room := roomOf(pkg)
			low := h.on(room, "ground") || h.on(room, "craft") || room == f.room
			if h.stage(f.room) && !low {
				h.fault(f, "a stage imports %s; stages import ground and craft alone", room)
			}
			if plant && !low && !h.on(room, "kit") {
				h.fault(f, "the generator imports %s; it must not know how Reeve finds things", room)
			}
			if room == "evidence" || room == "format" {
				if both[f.room] == nil {
					both[f.room] = make(map[string]bool)
				}
				both[f.room][room] = true
			}
		}
	}
	for room, seen := range both {
		if len(seen) == 2 && room != "sweep" && room != "bench" {
			h.say("%s imports both evidence and format; sweep alone carries bytes between them", room)
		}
	}
}

// checkClock: ground, craft and stages never ask what time it is, and no
// package registers itself by init.
func (h *house) checkClock() {
	for _, f := range h.code() {
		pure := h.on(f.room, "ground") || h.on(f.room, "craft") || h.stage(f.room)
		ast.Inspect(f.tree, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncDecl:
				if n.Name.Name == "init" && n.Recv == nil {
					h.fault(f, "has an init function; list what there is in one place instead")
				}
			case *ast.SelectorExpr:
				if id, ok := n.X.(*ast.Ident); ok && pure && id.Name == "time" && slices.Contains([]string{"Now", "Since", "Until", "After", "Sleep", "NewTimer", "Tick"}, n.Sel.Name) {
					h.fault(f, "asks the clock (time.%s); take the time as an argument", n.Sel.Name)
				}
			}
			return true
		})
	}
}

// checkModules: the modules of go.mod are those of the table, each has a page
// that says why, and each is imported where the table says and nowhere else.
func (h *house) checkModules() {
	text, err := fs.ReadFile(h.source, "go.mod")
	if err != nil {
		h.say("%v", err)
		return
	}
	mod, err := modfile.Parse("go.mod", text, nil)
	if err != nil {
		h.say("%v", err)
		return
	}
	for _, r := range mod.Require {
		if _, ok := modules[r.Mod.Path]; !ok && !r.Indirect {
			h.say("go.mod: %s is not in the table of modules in house_table_test.go; say there who uses it and write docs/decisions", r.Mod.Path)
		}
	}
	pages := h.decisions()
	for name := range modules {
		if !slices.ContainsFunc(mod.Require, func(r *modfile.Require) bool { return r.Mod.Path == name && !r.Indirect }) {
			h.say("house_table_test.go: %s is not a direct requirement of go.mod any more", name)
		}
		if !strings.Contains(pages, "`"+name+"`") {
			h.say("no page in docs/decisions says why `%s` was chosen", name)
		}
	}
	for _, f := range h.files {
		for _, p := range f.imports() {
			h.checkImport(f, p)
		}
	}
}

func (h *house) checkImport(f *file, p string) {
	first, _, _ := strings.Cut(p, "/")
	if h.own(p) != "" || !strings.Contains(first, ".") || f.test {
		return
	}
	for name, rooms := range modules {
		if p == name || strings.HasPrefix(p, name+"/") {
			if !slices.Contains(strings.Fields(rooms), f.room) {
				h.fault(f, "imports %s, which is for %q alone", p, rooms)
			}
			return
		}
	}
	h.fault(f, "imports %s, which no module of the table holds", p)
}

// decisions gives the text of all pages.
func (h *house) decisions() string {
	pages, err := fs.Glob(h.source, "docs/decisions/*.md")
	var all strings.Builder
	for _, p := range pages {
		var b []byte
		if b, err = fs.ReadFile(h.source, p); err != nil {
			break
		}
		all.Write(b)
	}
	if err != nil {
		h.say("%v", err)
	}
	return all.String()
}

var (
	createTable = regexp.MustCompile(`\bCREATE (?:TEMP |TEMPORARY )?TABLE (?:IF NOT EXISTS )?"?([a-z][a-z0-9_]*)`)
	createView  = regexp.MustCompile(`\bCREATE VIEW (?:IF NOT EXISTS )?"?([a-z][a-z0-9_]*)`)
	namesTable  = regexp.MustCompile(`\b(?:FROM|JOIN|INTO|UPDATE|TABLE|REFERENCES|ON)\s+"?([a-z][a-z0-9_]*)`)
)

// checkTables: a table is named by the room whose schema makes it, and in a
// council room by its store files alone; a view is for all. SQL keywords are
// written in capitals, so that this test can tell them from prose.
func (h *house) checkTables() {
	owner, view := make(map[string]string), make(map[string]bool)
	each := func(f *file, use func(f *file, sql string)) {
		if f.tree == nil {
			use(f, string(f.text))
			return
		}
		for _, s := range statements(f.tree) {
			use(f, s)
		}
	}
	files := append(h.code(), h.sql...)
	for _, f := range files {
		each(f, func(f *file, sql string) {
			for _, m := range createTable.FindAllStringSubmatch(sql, -1) {
				if was := owner[m[1]]; was != "" && was != f.room {
					h.fault(f, "makes table %s, which %s makes too", m[1], was)
				}
				owner[m[1]] = f.room
			}
			for _, m := range createView.FindAllStringSubmatch(sql, -1) {
				view[m[1]] = true
			}
		})
	}
	for _, f := range files {
		each(f, func(f *file, sql string) {
			for _, m := range namesTable.FindAllStringSubmatch(sql, -1) {
				h.checkTable(f, m[1], owner[m[1]], view[m[1]])
			}
		})
	}
}

func (h *house) checkTable(f *file, table, owner string, view bool) {
	switch {
	case view || owner == "":
	case owner != f.room:
		h.fault(f, "names table %s of room %s; join a view that %s publishes", table, owner, owner)
	case h.floor[f.room] > h.floor["sweep"] && f.room != "demo" && f.tree != nil && !storeFile(f.path):
		h.fault(f, "names table %s; only store*.go and schema*.go of %s may", table, f.room)
	}
}

func storeFile(p string) bool {
	base := path.Base(p)
	return strings.HasPrefix(base, "store") || strings.HasPrefix(base, "schema")
}

// statements gives the strings of a file that can be SQL, with the first
// arguments of bulk loads written as statements.
func statements(tree *ast.File) []string {
	var all []string
	text := func(e ast.Expr) string {
		lit, ok := e.(*ast.BasicLit)
		if !ok || lit.Kind != token.STRING {
			return ""
		}
		s, _ := strconv.Unquote(lit.Value)
		return s
	}
	ast.Inspect(tree, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.BasicLit:
			if s := text(n); strings.ContainsRune(s, ' ') {
				all = append(all, s)
			}
		case *ast.CallExpr:
			sel, ok := n.Fun.(*ast.SelectorExpr)
			if ok && len(n.Args) > 1 && slices.Contains([]string{"Load", "LoadNew", "Upsert"}, sel.Sel.Name) {
				if s := text(n.Args[0]); s != "" {
					all = append(all, "INSERT INTO "+s)
				}
			}
		}
		return true
	})
	return all
}

// checkReveal: personal values come out of reeve.Sensitive only in the files of
// the table.
func (h *house) checkReveal() {
	for _, f := range h.code() {
		ast.Inspect(f.tree, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			if sel, ok := call.Fun.(*ast.SelectorExpr); ok && sel.Sel.Name == "Reveal" && len(call.Args) == 0 {
				if !mayReveal(f.path) {
					h.fault(f, "reveals a personal value; if it must, add the file with the reason to house_table_test.go")
				}
			}
			return true
		})
	}
}

func mayReveal(p string) bool {
	for pattern := range reveals {
		if ok, err := path.Match(pattern, p); err == nil && ok {
			return true
		}
	}
	return false
}

const maxLines = 600

// banned are names that say nothing.
var banned = []string{"util", "utils", "common", "helper", "helpers", "manager", "base", "core", "model", "models", "types", "impl", "misc", "shared"}

// checkFiles: sizes and names.
func (h *house) checkFiles() {
	for _, f := range h.files {
		if n := bytes.Count(f.text, []byte("\n")); n > maxLines && !f.test && !strings.HasSuffix(f.path, "_table.go") {
			h.fault(f, "has %d lines; split it by noun (limit %d, tables in *_table.go are free)", n, maxLines)
		}
		for part := range strings.SplitSeq(strings.TrimSuffix(f.path, ".go"), "/") {
			for word := range strings.SplitSeq(part, "_") {
				if slices.Contains(banned, word) {
					h.fault(f, "the name %q says nothing; name it by what it holds", part)
				}
			}
		}
	}
}

// checkDocuments: every package says what it is for.
func (h *house) checkDocuments() {
	documented := make(map[string]bool)
	for _, f := range h.code() {
		documented[f.pkg] = documented[f.pkg] || f.tree.Doc != nil && len(f.tree.Doc.Text()) > 40
	}
	for pkg, ok := range documented {
		if !ok {
			h.say("package %s has no comment that says what it is for; add doc.go", pkg)
		}
	}
}
