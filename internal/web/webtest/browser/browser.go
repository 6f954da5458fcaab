// Package browser walks pages in a real Chromium: it looks at them as people
// do, with the keyboard, without JavaScript, on a small screen, and checks them
// for accessibility with axe-core (axe.min.js, MPL 2.0, as its makers publish
// it). It is for tests alone.
package browser

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

//go:embed axe.min.js
var axe string

// Tab is one tab of a browser.
type Tab struct {
	Ctx context.Context
	t   testing.TB
}

// Open starts Chromium with a profile of its own; without the program the test
// is skipped, in CI it fails.
func Open(t testing.TB) *Tab {
	t.Helper()
	program, env := find()
	if program == "" {
		if os.Getenv("CI") != "" {
			t.Fatal("Chromium is missing: scripts/install-test-needs installs it")
		}
		t.Skip("Chromium is missing: scripts/install-test-needs installs it")
	}
	opts := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.IgnoreCertErrors,
		chromedp.UserDataDir(t.TempDir()), chromedp.Env(env...), chromedp.Flag("disable-dev-shm-usage", true), chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-quic", true), chromedp.WindowSize(1200, 900))
	all, stop := chromedp.NewExecAllocator(context.Background(), opts...)
	t.Cleanup(stop)
	ctx, shut := chromedp.NewContext(all)
	t.Cleanup(shut)
	if err := chromedp.Do(ctx, chromedp.Navigate("about:blank")); err != nil {
		t.Fatalf("start Chromium: %v", err)
	}
	return &Tab{Ctx: ctx, t: t}
}

// find gives the program and what its environment needs: one that is installed,
// or the one that scripts/install-test-needs unpacked under .tools.
func find() (program string, env []string) {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			return p, nil
		}
	}
	for dir, err := os.Getwd(); err == nil && dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		root := filepath.Join(dir, ".tools")
		program = filepath.Join(root, "usr/lib/chromium/chromium")
		if _, err := os.Stat(program); err == nil {
			libraries, _ := filepath.Glob(root + "/usr/lib/*-linux-*") // the pattern is one
			return program, []string{"LD_LIBRARY_PATH=" + strings.Join(append(libraries, root+"/usr/lib"), ":")}
		}
	}
	return "", nil
}

// patience bounds one step in the browser.
const patience = 30 * time.Second

// Do runs actions; one that fails ends the test, with a picture of the page if
// REEVE_SHOTS names a folder.
func (b *Tab) Do(actions ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	ctx, stop := context.WithTimeout(b.Ctx, patience)
	defer stop()
	if err := chromedp.Do(ctx, actions...); err != nil {
		b.fail(err)
	}
}

func (b *Tab) fail(err error) {
	b.t.Helper()
	b.Shot("failed-" + strings.ReplaceAll(b.t.Name(), "/", "-"))
	where, _ := chromedp.Run(b.Ctx, chromedp.Location())
	b.t.Fatalf("browser at %s: %v", where, err)
}

// get runs an action that has a value.
func get[T any](b *Tab, action chromedp.Action[T]) T {
	b.t.Helper()
	ctx, stop := context.WithTimeout(b.Ctx, patience)
	defer stop()
	v, err := chromedp.Run(ctx, action)
	if err != nil {
		b.fail(err)
	}
	return v
}

// Go loads a page and waits until it stands.
func (b *Tab) Go(url string) {
	b.t.Helper()
	b.Do(chromedp.Navigate(url))
}

// Where is the address of the page.
func (b *Tab) Where() string { b.t.Helper(); return get(b, chromedp.Location()) }

// Size sets the size of the window, in CSS pixels. 320 × 640 is the smallest
// screen that WCAG asks for (reflow, 1.4.10).
func (b *Tab) Size(width, height int64) {
	b.t.Helper()
	b.Do(chromedp.EmulateViewport(width, height))
}

// Script turns JavaScript on or off, from the next page on.
func (b *Tab) Script(on bool) {
	b.t.Helper()
	if _, err := chromedp.Call(b.Ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !on}); err != nil {
		b.fail(err)
	}
}

// Eval runs an expression in the page and reads its value.
func Eval[T any](b *Tab, expression string) T {
	b.t.Helper()
	return get(b, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
}

// Text is the text of the first element that a selector finds, as people see it.
func (b *Tab) Text(selector string) string {
	b.t.Helper()
	quoted, err := json.Marshal(selector)
	if err != nil {
		b.t.Fatal(err)
	}
	b.Do(chromedp.WaitReady(chromedp.CSS(selector)))
	return Eval[string](b, "document.querySelector("+string(quoted)+").innerText")
}

// Press sends keys to the page.
func (b *Tab) Press(keys string) {
	b.t.Helper()
	b.Do(chromedp.KeyEvent(keys))
}

// Submit fills fields, given as name and value in turn, and presses a button;
// the next page has loaded when it returns. A field with the value "" is left as
// it is.
func (b *Tab) Submit(button string, fields ...string) {
	b.t.Helper()
	for i := 0; i+1 < len(fields); i += 2 {
		if fields[i+1] != "" {
			b.Do(chromedp.SetValue(chromedp.CSS(`main form [name="`+fields[i]+`"]`), fields[i+1]))
		}
	}
	b.Follow(button)
}

// Follow clicks something that leads to another page and waits for that.
func (b *Tab) Follow(selector string) {
	b.t.Helper()
	ctx, stop := context.WithTimeout(b.Ctx, patience)
	defer stop()
	if _, err := chromedp.RunResponse(ctx, chromedp.Click(chromedp.CSS(selector))); err != nil {
		b.fail(fmt.Errorf("follow %s: %w", selector, err))
	}
}

// axeFault is one rule that a page breaks.
type axeFault struct {
	ID, Impact, Help string
	Nodes            []struct{ HTML string }
}

// Accessible fails the test for every serious or critical fault that axe finds
// in the page (WCAG 2.2 A and AA), and if the page scrolls sideways.
func (b *Tab) Accessible() {
	b.t.Helper()
	where := b.Where()
	for _, f := range b.faults() {
		b.t.Errorf("%s: axe %s (%s): %s: %s", where, f.ID, f.Impact, f.Help, nodes(f))
	}
	if over := Eval[int](b, `document.documentElement.scrollWidth - document.documentElement.clientWidth`); over > 0 {
		b.t.Errorf("%s: the page is %d pixels wider than the window", where, over)
	}
}

// faults are the serious and critical ones of the page.
func (b *Tab) faults() (grave []axeFault) {
	b.t.Helper()
	Eval[int](b, axe+";0")
	out := Eval[string](b, `axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}).then(r => JSON.stringify(r.violations))`)
	var all []axeFault
	if err := json.Unmarshal([]byte(out), &all); err != nil {
		b.t.Fatal(err)
	}
	for _, f := range all {
		if f.Impact == "serious" || f.Impact == "critical" {
			grave = append(grave, f)
		}
	}
	return grave
}

func nodes(f axeFault) string {
	var list []string
	for _, n := range f.Nodes[:min(3, len(f.Nodes))] {
		list = append(list, n.HTML)
	}
	return fmt.Sprint(len(f.Nodes), " places: ", strings.Join(list, " | "))
}

// Shot keeps a picture of the whole page as NAME.png in the folder REEVE_SHOTS;
// without it nothing is kept.
func (b *Tab) Shot(name string) { b.keep(name, chromedp.FullScreenshot(100)) }

// Picture keeps a picture of what is on the screen, likewise.
func (b *Tab) Picture(name string) { b.keep(name, chromedp.CaptureScreenshot()) }

func (b *Tab) keep(name string, take chromedp.Action[[]byte]) {
	dir := os.Getenv("REEVE_SHOTS")
	if dir == "" {
		return
	}
	png, err := chromedp.Run(b.Ctx, take)
	if err != nil {
		b.t.Logf("picture %s: %v", name, err)
		return
	}
	if err := os.WriteFile(filepath.Join(dir, name+".png"), png, 0o600); err != nil {
		b.t.Log(err)
	}
}
