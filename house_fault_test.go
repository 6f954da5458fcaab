package reeve_test

import (
	"strings"
	"testing"
	"testing/fstest"
)

// TestHouseFindsFaults builds a house with one fault of every sort: a rule that
// cannot fail is none.
func TestHouseFindsFaults(t *testing.T) {
	source := fstest.MapFS{}
	add := func(name, text string) { source[name] = &fstest.MapFile{Data: []byte(text)} }
	add("docs/house.md", "\nFloors, lowest first. A room imports lower ones.\n```\nground reeve uk\ncraft lex\nkit db mail\nqueue job\nstage format detect\npipeline sweep\nwork review\nshow demo\ndoor cmd/reeve\n```\n")
	add("go.mod", "module example.org/r\n\nrequire (\n\texample.com/new v1.0.0\n\tgolang.org/x/sys v0.1.0\n)\n")
	pkg := func(dir, body string) {
		add(dir+"/a.go", "// Package a is long enough to say what it is for.\npackage a\n\n"+body)
	}
	pkg("internal/uk", `import _ "example.org/r/internal/lex"`)
	pkg("internal/lex", "import \"time\"\n\nvar Now = time.Now")
	pkg("internal/format", "import _ \"net/http\"\nimport _ \"example.org/r/internal/db\"\nimport _ \"example.org/r/internal/detect\"")
	pkg("internal/format/pdf", "func init() {}")
	pkg("internal/detect", `import _ "example.org/r/internal/lex"`)
	pkg("internal/sweep", "import _ \"example.org/r/internal/format/pdf\"\n\nconst made = `CREATE TABLE item (id INTEGER); CREATE VIEW seen AS SELECT id FROM item`")
	pkg("internal/review", "import _ \"golang.org/x/sys/unix\"\nimport _ \"example.org/other\"\n\nvar a = []string{\"SELECT id FROM item\", \"SELECT id FROM seen\", \"CREATE TABLE verdict (id INTEGER)\", \"DELETE FROM verdict\"}")
	pkg("internal/demo/plant", `import _ "example.org/r/internal/detect"`)
	pkg("internal/lost", "")
	pkg("internal/job", "func f(t interface{ Load(string, ...string) }) { t.Load(\"item\", \"id\") }")
	pkg("cmd/reeve", "func f(s interface{ Reveal() string }) string { return s.Reveal() }")
	add("internal/db/util.go", "package db\n"+strings.Repeat("\n", 601))
	h, err := openHouse(source)
	if err != nil {
		t.Fatal(err)
	}
	for _, rule := range []string{"floors", "walls", "clock", "modules", "tables", "reveal", "files", "documents"} {
		rules[rule](h)
	}
	found := strings.Join(h.faults, "\n")
	for _, want := range []string{
		"internal/uk/a.go: imports lex, which is not on a lower floor than uk",
		"internal/format/a.go: imports detect, which is not on a lower floor",
		`internal/lost/a.go: the room "lost" stands on no floor`,
		"internal/sweep/a.go: imports internal/format/pdf, an inner room of format",
		"internal/format/a.go: a stage imports net/http",
		"internal/format/a.go: a stage imports db",
		"internal/demo/plant/a.go: the generator imports detect",
		"internal/lex/a.go: asks the clock (time.Now)",
		"internal/format/pdf/a.go: has an init function",
		"go.mod: example.com/new is not in the table",
		"no page in docs/decisions says why `golang.org/x/sys`",
		"internal/review/a.go: imports golang.org/x/sys/unix, which is for",
		"internal/review/a.go: imports example.org/other, which no module of the table holds",
		"internal/review/a.go: names table item of room sweep",
		"internal/review/a.go: names table verdict; only store*.go",
		"internal/job/a.go: names table item of room sweep",
		"cmd/reeve/a.go: reveals a personal value",
		"internal/db/util.go: has 602 lines",
		`internal/db/util.go: the name "util" says nothing`,
		"package internal/db has no comment",
	} {
		if !strings.Contains(found, want) {
			t.Errorf("not found: %s\namong\n%s", want, found)
		}
	}
	if strings.Contains(found, "names table seen") {
		t.Error("a view is taken for a table")
	}
}
