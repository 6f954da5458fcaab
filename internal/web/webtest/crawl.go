package webtest

import (
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"time"
)

// Walker walks a workspace that is being served, as one who is signed in.
type Walker struct {
	Client *http.Client
	Base   string // "http://127.0.0.1:8080"
}

// First sets up the first administrator, who does the data protection officer's
// work too, by the one-time link that reeve serve prints.
func First(link string) (*Walker, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	u, err := url.Parse(link)
	if err != nil {
		return nil, err
	}
	w := &Walker{Client: &http.Client{Jar: jar, Timeout: time.Minute}, Base: u.Scheme + "://" + u.Host}
	page, err := w.Get(u.RequestURI())
	if err != nil {
		return nil, err
	}
	secret := regexp.MustCompile(`name="code_secret" value="([^"]+)"`).FindStringSubmatch(page.Body)
	if secret == nil {
		return nil, fmt.Errorf("%s: no form to set up the first administrator", u.Path)
	}
	form := url.Values{"link": {u.Query().Get("link")}, "code_secret": {secret[1]}, "name": {"Dana Hall"}, "sign_in": {"dana"}, "lead": {"1"}, "later": {"1"},
		"password": {"copper lantern willow"}, "password_again": {"copper lantern willow"}}
	answer, err := w.Client.PostForm(w.Base+"/first", form)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK || strings.HasSuffix(answer.Request.URL.Path, "/first") {
		return nil, fmt.Errorf("setting up the first administrator ended at %s with status %d", answer.Request.URL.Path, answer.StatusCode)
	}
	return w, nil
}

// Got is a page that was loaded.
type Got struct {
	Path, Shape string
	Status      int
	Type        string
	Body        string
	Took        time.Duration
}

// Get loads one page.
func (w *Walker) Get(path string) (Got, error) {
	began := time.Now()
	answer, err := w.Client.Get(w.Base + path)
	if err != nil {
		return Got{}, err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	return Got{Path: path, Shape: shape(path), Status: answer.StatusCode, Type: answer.Header.Get("Content-Type"), Body: string(body), Took: time.Since(began)}, err
}

var (
	menus    = regexp.MustCompile(`(?s)<nav class="reeve-(?:sub)?menu".*?</nav>`)
	currents = regexp.MustCompile(`<a href="([^"]*)" aria-current="(page|true)"`)
	links    = regexp.MustCompile(`<a href="([^"]*)"`)
)

// MenuFault says what is wrong with the menus of a page, "" when nothing is: of
// each at most one link is current, and none that stands nearer above the page
// than that one.
func (g Got) MenuFault() string {
	path, _, _ := strings.Cut(g.Path, "?")
	for i, menu := range menus.FindAllString(g.Body, -1) {
		at := currents.FindAllStringSubmatch(menu, -1)
		if len(at) > 1 {
			return fmt.Sprintf("%d links of one menu are current", len(at))
		}
		for _, l := range links.FindAllStringSubmatch(menu, -1) {
			within := path == l[1] || strings.HasPrefix(path, l[1]+"/")
			if i > 0 && within && (len(at) == 0 || len(l[1]) > len(at[0][1])) {
				return "the menu of the section does not show " + l[1] + " as current"
			}
		}
	}
	return ""
}

var (
	hrefs = regexp.MustCompile(`(?:href|src)="(/[^"]*)"`)
	ids   = regexp.MustCompile(`/(?:[PHM][A-Z2-7]{12}|[0-9]+|[0-9a-f]{12,})(/|$|\.)`)
)

// shape is a path with what is in it that names one thing taken out, so that
// pages of one kind have one shape.
func shape(path string) string {
	path, query, _ := strings.Cut(path, "?")
	path, _, _ = strings.Cut(path, "#")
	for ids.MatchString(path) {
		path = ids.ReplaceAllString(path, "/*$1")
	}
	var names []string
	for _, pair := range strings.Split(query, "&") {
		if name, _, _ := strings.Cut(pair, "="); name != "" {
			names = append(names, name)
		}
	}
	if len(names) > 0 {
		path += "?" + strings.Join(names, "&")
	}
	return path
}

// Crawl follows every link from the start page on and calls visit for the pages
// that it meets, at most each of every shape, breadth first. Addresses under one
// of leave are not followed.
func (w *Walker) Crawl(each int, leave []string, visit func(Got) error) error {
	seen := map[string]bool{"/": true}
	count := map[string]int{}
	for queue := []string{"/"}; len(queue) > 0; queue = queue[1:] {
		path := queue[0]
		if count[shape(path)] >= each || begins(path, leave) {
			continue
		}
		count[shape(path)]++
		got, err := w.Get(path)
		if err != nil {
			return err
		}
		if err := visit(got); err != nil {
			return err
		}
		if !strings.HasPrefix(got.Type, "text/html") {
			continue
		}
		for _, m := range hrefs.FindAllStringSubmatch(got.Body, -1) {
			next, _, _ := strings.Cut(strings.ReplaceAll(m[1], "&amp;", "&"), "#")
			if !seen[next] {
				seen[next] = true
				queue = append(queue, next)
			}
		}
	}
	return nil
}

func begins(path string, leave []string) bool {
	for _, l := range leave {
		if strings.HasPrefix(path, l) {
			return true
		}
	}
	return false
}
