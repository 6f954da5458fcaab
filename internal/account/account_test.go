package account

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/db/dbtest"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

func TestMain(m *testing.M) { os.Exit(dbtest.Main(m)) }

// quick is for tests alone: product rooms have productCost.
var quick = cost{memory: 64, passes: 1, lanes: 1}

// clock is moved by the test.
type clock struct {
	mu  sync.Mutex
	now time.Time
}

func (c *clock) Now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.now
}

func (c *clock) advance(d time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.now = c.now.Add(d)
}

// desk is a workspace with one room and a start page, over a database.
type desk struct {
	t     *testing.T
	db    *db.DB
	m     *Room
	house *web.House
	clock *clock
}

// the views of the case that the room joins, as plain tables.
const fixtures = `
CREATE TABLE case_people (id TEXT NOT NULL PRIMARY KEY, sealed INTEGER NOT NULL);
CREATE TABLE case_controllers (person TEXT NOT NULL, council TEXT NOT NULL);`

func newDesk(t *testing.T, d *db.DB) *desk {
	t.Helper()
	for _, room := range []struct {
		name  string
		steps []string
	}{{record.Room, record.Schema()}, {Name, Schema()}, {"fixtures", []string{fixtures}}} {
		if err := d.Migrate(t.Context(), room.name, room.steps); err != nil {
			t.Fatal(err)
		}
	}
	c := &clock{now: time.Now().Truncate(time.Second)}
	m := New(Deps{DB: d, Folder: t.TempDir(), Now: c.Now})
	m.cost = quick
	w := &desk{t: t, db: d, m: m, clock: c}
	w.house = houseOf(t, m, c.Now)
	return w
}

type homeView struct {
	Who string `json:"who"`
}

func houseOf(t *testing.T, m *Room, now func() time.Time) *web.House {
	t.Helper()
	home := func(r *web.Request) (web.Answer, error) {
		return homePage.With("Home", homeView{r.Visitor.Name}), nil
	}
	sections := append(m.Sections(), web.Section{Routes: []web.Route{
		{Pattern: "GET /home", Verb: web.See, Object: web.ObjectHome, Do: home},
		{Pattern: "GET /people", Verb: web.See, Object: web.ObjectPerson, Do: home},
		{Pattern: "POST /write", Verb: web.Write, Object: web.ObjectPerson, Do: home},
	}})
	house, err := web.New(web.Options{Door: m, Title: "Test", Now: now}, sections...)
	if err != nil {
		t.Fatal(err)
	}
	return house
}

// client keeps cookies, as browsers do.
type client struct {
	*desk
	cookies map[string]string
	address string
	bearer  string
}

func (d *desk) browser() *client {
	return &client{desk: d, cookies: map[string]string{}, address: "192.0.2.7:4000"}
}

// page is an answer.
type page struct {
	code int
	to   string
	body string
}

func (b *client) send(method, path string, form url.Values) page {
	b.t.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(form.Encode()))
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	r.RemoteAddr = b.address
	r.Header.Set("User-Agent", "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0")
	if b.bearer != "" {
		r.Header.Set("Authorization", "Bearer "+b.bearer)
	}
	for name, value := range b.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	w := httptest.NewRecorder()
	b.house.ServeHTTP(w, r)
	for _, c := range w.Result().Cookies() {
		if c.MaxAge < 0 {
			delete(b.cookies, c.Name)
		} else {
			b.cookies[c.Name] = c.Value
		}
	}
	return page{w.Code, w.Header().Get("Location"), w.Body.String()}
}

func (b *client) get(path string) page { b.t.Helper(); return b.send("GET", path, nil) }
func (b *client) post(path string, pairs ...string) page {
	b.t.Helper()
	return b.send("POST", path, values(pairs...))
}
func (p page) wants(t *testing.T, code int, parts ...string) page {
	t.Helper()
	if p.code != code {
		t.Fatalf("answered %d (to %q), want %d:\n%s", p.code, p.to, code, p.body)
	}
	for _, s := range parts {
		if !strings.Contains(p.body+p.to, s) {
			t.Fatalf("no %q in:\n%s", s, p.body)
		}
	}
	return p
}

func values(pairs ...string) url.Values {
	v := url.Values{}
	for i := 0; i+1 < len(pairs); i += 2 {
		v.Add(pairs[i], pairs[i+1])
	}
	return v
}

var (
	secretField = regexp.MustCompile(`name="code_secret" value="([A-Z2-7]+)"`)
	codeItem    = regexp.MustCompile(`<code class="reeve-code">([^<]+)</code>`)
)

func find(t *testing.T, re *regexp.Regexp, text string) string {
	t.Helper()
	m := re.FindStringSubmatch(text)
	if m == nil {
		t.Fatalf("no %s in:\n%s", re, text)
	}
	return m[1]
}

func codeAt(t *testing.T, secret string, at time.Time) string {
	t.Helper()
	code, err := totp.GenerateCode(secret, at)
	if err != nil {
		t.Fatal(err)
	}
	return code
}

const goodPassword = "otter canal brick"

// firstAdministrator signs up the first administrator and gives the browser, the
// secret of the second factor and the recovery codes.
func (d *desk) firstAdministrator() (b *client, secret string, codes []string) {
	d.t.Helper()
	token, err := FirstLink(d.t.Context(), d.db)
	if err != nil {
		d.t.Fatal(err)
	}
	b = d.browser()
	secret = find(d.t, secretField, b.get(LinkPath(token)).wants(d.t, 200).body)
	p := b.post("/first", "link", token, "name", "Ada Byron", "sign_in", "Ada", "lead", "1", "password", goodPassword, "password_again", goodPassword,
		"code_secret", secret, "code", codeAt(d.t, secret, d.clock.Now())).wants(d.t, 200, "recovery codes")
	for _, m := range codeItem.FindAllStringSubmatch(p.body, -1) {
		codes = append(codes, m[1])
	}
	return b, secret, codes
}

func TestFirstAdministratorSignsUpOutAndIn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newDesk(t, d)
		w.browser().get("/").wants(t, 303, "/sign-in")
		b, secret, codes := w.firstAdministrator()
		if len(codes) != recoveryCodes {
			t.Fatalf("%d recovery codes", len(codes))
		}
		b.get("/").wants(t, 200, "Ada Byron")
		b.post("/sign-out").wants(t, 303, "/sign-in")
		b.get("/").wants(t, 303, "/sign-in")
		w.clock.advance(time.Minute)
		b.post("/sign-in", "name", " ADA ", "password", goodPassword, "to", "/home").wants(t, 303, "/sign-in/code")
		b.get("/").wants(t, 303, "/sign-in")
		b.post("/sign-in/code", "code", codeAt(t, secret, w.clock.Now())).wants(t, 303, "/home")
		b.get("/home").wants(t, 200, "Ada Byron")
	})
}
