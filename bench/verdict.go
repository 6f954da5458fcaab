package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"time"

	"github.com/reeve-council/reeve/internal/web/webtest"
)

// verdictMeasure goes the way of a newcomer: from nothing to the demo served and
// the first verdict given in it, without a person's own time.
func verdictMeasure(ctx context.Context, args []string) error {
	if err := flag.NewFlagSet("verdict", flag.ExitOnError).Parse(args); err != nil {
		return err
	}
	temp, err := os.MkdirTemp("", "reeve-verdict-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(temp)
	dir := filepath.Join(temp, "case")
	t := newTable("from the command to", "seconds", "floor")
	began := time.Now()
	if out, err := exec.CommandContext(ctx, "./reeve", "demo", "--no-serve", "--case", dir).CombinedOutput(); err != nil {
		return fmt.Errorf("./reeve demo: %w: %s", err, out)
	}
	t.row("the demo's lists", time.Since(began).Seconds(), "")
	link, stop, err := startServe(ctx, dir)
	if err != nil {
		return err
	}
	defer stop()
	t.row("the workspace served", time.Since(began).Seconds(), "")
	w, err := webtest.First(link)
	if err != nil {
		return err
	}
	if err := firstVerdict(w); err != nil {
		return err
	}
	took := time.Since(began)
	t.row("the first verdict", took.Seconds(), "60, "+verdict(took < time.Minute))
	t.print()
	return nil
}

var (
	queueForm = regexp.MustCompile(`(?s)<form method="post" action="/queue".*?</form>`)
	hidden    = regexp.MustCompile(`<input type="hidden" name="([^"]+)" value="([^"]*)">`)
	button    = regexp.MustCompile(`<button[^>]* name="([^"]+)" value="([^"]+)"[^>]*data-key="u"`)
)

// firstVerdict answers the first card of the queue with "unsure".
func firstVerdict(w *webtest.Walker) error {
	page, err := w.Get("/queue")
	if err != nil {
		return err
	}
	text := queueForm.FindString(page.Body)
	press := button.FindStringSubmatch(text)
	if press == nil {
		return errors.New("the queue shows no card to answer")
	}
	form := url.Values{press[1]: {press[2]}}
	for _, m := range hidden.FindAllStringSubmatch(text, -1) {
		form.Set(m[1], html.UnescapeString(m[2]))
	}
	answer, err := w.Client.PostForm(w.Base+"/queue", form)
	if err != nil {
		return err
	}
	answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("the verdict was answered with status %d", answer.StatusCode)
	}
	return nil
}
