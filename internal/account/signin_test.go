package account

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/db/dbtest"
)

func TestFirstLinkWorksOnceForADay(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newDesk(t, d)
		old, err := FirstLink(t.Context(), d)
		if err != nil {
			t.Fatal(err)
		}
		token, err := FirstLink(t.Context(), d)
		if err != nil {
			t.Fatal(err)
		}
		b := w.browser()
		b.get(LinkPath(old)).wants(t, 404)
		b.get(LinkPath("")).wants(t, 404)
		b.get(LinkPath(token)).wants(t, 200, "Set up Reeve")
		w.clock.advance(firstLife + time.Minute)
		b.get(LinkPath(token)).wants(t, 404, "ask for a new one")
		w.clock.advance(-firstLife)
		form := []string{"link", token, "name", "Ada Byron", "sign_in", "ada", "password", goodPassword, "password_again", goodPassword}
		b.post("/first", form...).wants(t, 422, "six digits")
		b.post("/first", append(form, "later", "1")...).wants(t, 303, "/")
		b.get("/").wants(t, 200, "second factor")
		b.get(LinkPath(token)).wants(t, 404)
		if _, err := FirstLink(t.Context(), d); !errors.Is(err, reeve.Conflict) {
			t.Errorf("a second first administrator: %v", err)
		}
		if l := w.leaves("join"); len(l) != 1 || !strings.Contains(l[0].Leaf.Line, "for later") {
			t.Errorf("leaving the second factor for later is not on record: %v", l)
		}
		w.clock.advance(factorGrace + time.Hour)
		w.browser().post("/sign-in", "name", "ada", "password", goodPassword).wants(t, 303, "/sign-in/second-factor")
	})
}

func TestSecondFactorWorksOnceAndRecoveryCodesToo(t *testing.T) {
	w := newDesk(t, dbtest.SQLite(t))
	_, secret, codes := w.firstAdministrator()
	signIn := func(code string) page {
		w.clock.advance(2 * time.Second)
		b := w.browser()
		b.post("/sign-in", "name", "ada", "password", goodPassword).wants(t, 303, "/sign-in/code")
		w.clock.advance(2 * time.Second)
		return b.post("/sign-in/code", "code", code)
	}
	w.clock.advance(5 * time.Minute)
	code := codeAt(t, secret, w.clock.Now().Add(4*time.Second))
	signIn(code).wants(t, 303, "/")
	signIn(code).wants(t, 422, "used before")
	signIn(strings.ToLower(strings.ReplaceAll(codes[3], "-", " "))).wants(t, 303, "/")
	signIn(codes[3]).wants(t, 422)
	w.clock.advance(5 * time.Minute)
	signIn(codes[4]).wants(t, 303, "/")
	w.clock.advance(time.Minute)
	signIn(codeAt(t, secret, w.clock.Now().Add(-25*time.Second))).wants(t, 303, "/")
	signIn(codeAt(t, secret, w.clock.Now().Add(-5*time.Minute))).wants(t, 422)
	if n := len(w.leaves("use-recovery-code")); n != 2 {
		t.Errorf("%d uses of recovery codes on record, want 2", n)
	}
}

// TestLockOutTellsNothing tries a name that is there and one that is not: every
// answer must be the same but for the name that was typed.
func TestLockOutTellsNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newDesk(t, d)
		w.addStaff("grace", nil, Reviewer)
		w.addStaff("gone", nil, Reviewer)
		w.write(func(tx *db.Tx) error {
			u, err := userBySignIn(tx, "gone")
			u.Active = false
			return errors.Join(err, changeUser(tx, u))
		})
		try := func(b *client, name, password string) string {
			return strings.ReplaceAll(fmt.Sprint(b.post("/sign-in", "name", name, "password", password)), name, "NAME")
		}
		known, unknown, gone := w.browser(), w.browser(), w.browser()
		known.address, unknown.address, gone.address = "192.0.2.1:1", "192.0.2.2:1", "192.0.2.3:1"
		for i := range namePace.lock + 2 {
			a, b, c := try(known, "grace", "wrong password"), try(unknown, "nobody", "wrong password"), try(gone, "gone", goodPassword)
			if a != b || a != c {
				t.Fatalf("attempt %d: answers differ:\n%s\n%s\n%s", i, a, b, c)
			}
			if i >= namePace.lock && !strings.Contains(a, "Ask an administrator") {
				t.Fatalf("attempt %d is not locked: %s", i, a)
			}
			if i >= namePace.free && i < namePace.lock-1 && !strings.Contains(try(known, "grace", "x")+try(unknown, "nobody", "x"), "Wait ") {
				t.Fatalf("attempt %d: no delay", i)
			}
			w.clock.advance(namePace.longest + time.Second)
		}
		if got := try(known, "grace", goodPassword); !strings.Contains(got, "Ask an administrator") {
			t.Errorf("the right password opens a locked name: %s", got)
		}
		for _, l := range append(w.leaves("sign-in-failed"), w.leaves("lock")...) {
			if strings.Contains(l.Object+l.Leaf.Line, "nobody") || strings.Contains(l.Leaf.Line, "grace") {
				t.Errorf("the typed name is on record: %+v", l)
			}
		}
		if n := len(w.leaves("lock")); n != 3 {
			t.Errorf("%d locks on record, want 3", n)
		}
		admin, _ := w.staff("root", nil, Administrator)
		id := w.leaves("lock")[0].Object
		id = strings.TrimPrefix(id, "user:")
		admin.get("/staff").wants(t, 200, "Locked")
		admin.post("/staff/"+id+"/unlock").wants(t, 303, "/staff")
		admin.post("/staff/"+id+"/unlock").wants(t, 409)
		known.post("/sign-in", "name", "grace", "password", goodPassword).wants(t, 303, "/")
	})
}

func TestManyAttemptsAtOnceAreCounted(t *testing.T) {
	w := newDesk(t, dbtest.SQLite(t))
	w.addStaff("grace", nil, Reviewer)
	var wg sync.WaitGroup
	var mu sync.Mutex
	looked := 0
	for range 12 {
		wg.Go(func() {
			if p := w.browser().post("/sign-in", "name", "grace", "password", "wrong password"); strings.Contains(p.body, wrongPassword) {
				mu.Lock()
				looked++
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	if looked > namePace.free {
		t.Errorf("%d attempts at once were looked at, want %d", looked, namePace.free)
	}
}

func TestOneAddressIsSlowedDown(t *testing.T) {
	w := newDesk(t, dbtest.SQLite(t))
	b := w.browser()
	for i := range addressPace.free {
		b.post("/sign-in", "name", fmt.Sprint("name", i), "password", "x").wants(t, 422, wrongPassword)
	}
	b.post("/sign-in", "name", "another", "password", "x").wants(t, 422, "Wait a second")
	w.clock.advance(2 * time.Second)
	b.post("/sign-in", "name", "another", "password", "x").wants(t, 422, wrongPassword)
}

func TestSessionsEnd(t *testing.T) {
	w := newDesk(t, dbtest.SQLite(t))
	b, id := w.staff("grace", nil, Reviewer)
	for range 5 { // used again and again: idle does not end it
		w.clock.advance(25 * time.Minute)
		b.get("/home").wants(t, 200)
	}
	w.clock.advance(31 * time.Minute)
	b.get("/home").wants(t, 303, "/sign-in?to=%2Fhome")

	b.post("/sign-in", "name", "grace", "password", goodPassword).wants(t, 303)
	for range 24*2 - 20 {
		w.clock.advance(25 * time.Minute)
		b.get("/home").wants(t, 200)
	}
	w.clock.advance(25 * time.Minute) // 12 hours and 5 minutes since
	b.get("/home").wants(t, 303)

	b.post("/sign-in", "name", "grace", "password", goodPassword).wants(t, 303)
	w.write(func(tx *db.Tx) error {
		u, err := userByID(tx, id)
		u.Active = false
		return errors.Join(err, changeUser(tx, u))
	})
	b.get("/home").wants(t, 303, "/sign-in")
}

func TestHalfASessionIsNone(t *testing.T) {
	w := newDesk(t, dbtest.SQLite(t))
	_, secret, _ := w.firstAdministrator()
	w.clock.advance(time.Hour)
	b := w.browser()
	b.post("/sign-in", "name", "ada", "password", goodPassword).wants(t, 303, "/sign-in/code")
	for _, path := range []string{"/", "/me", "/staff", "/home.json", "/sign-in/password", "/sign-in/second-factor"} {
		if p := b.get(path); p.code == 200 {
			t.Errorf("%s before the second factor: %d", path, p.code)
		}
	}
	b.post("/sign-in/password", "password", "another good password", "password_again", "another good password").wants(t, 303, "/sign-in")
	before := b.cookies["reeve"]
	w.clock.advance(halfLife + time.Second)
	b.post("/sign-in/code", "code", codeAt(t, secret, w.clock.Now())).wants(t, 303, "/sign-in")
	b.post("/sign-in", "name", "ada", "password", goodPassword).wants(t, 303, "/sign-in/code")
	b.post("/sign-in/code", "code", codeAt(t, secret, w.clock.Now())).wants(t, 303, "/")
	if b.cookies["reeve"] == before {
		t.Error("the secret of before the second factor is that of the session")
	}
}

func TestOnlyLocalPathsAreFollowed(t *testing.T) {
	for to, want := range map[string]string{
		"": "/", "/home": "/home", "/people?lane=safety&x=%2F": "/people?lane=safety&x=%2F", "/people/": "/people/",
		"https://example.org": "/", "//example.org/x": "/", "/\\example.org": "/", "\\\\example.org": "/", "/%5cexample.org": "/", "javascript:alert(1)": "/",
		"http:/home": "/", "home": "/", "/a/../b": "/", "//": "/", "/\texample.org": "/", "/sign-in?to=/": "/", "/sign-out": "/", "/first?link=x": "/",
		"/" + strings.Repeat("a", 600): "/", "/%2f/example.org": "/", "///example.org": "/",
	} {
		if got := localPath(to); got != want {
			t.Errorf("localPath(%q) = %q, want %q", to, got, want)
		}
	}
	w := newDesk(t, dbtest.SQLite(t))
	w.addStaff("grace", nil, Reviewer)
	b := w.browser()
	b.get("/sign-in?to=//example.org").wants(t, 200, `name="to" value="/"`)
	if p := b.post("/sign-in", "name", "grace", "password", goodPassword, "to", "//example.org"); p.to != "/" {
		t.Errorf("sent to %q", p.to)
	}
	if p := b.get("/sign-in?to=https://example.org"); p.to != "/" {
		t.Errorf("sent to %q", p.to)
	}
}

func TestNewPasswordAtTheDoor(t *testing.T) {
	w := newDesk(t, dbtest.SQLite(t))
	id := w.addStaff("grace", nil, Reviewer)
	w.write(func(tx *db.Tx) error {
		u, err := userByID(tx, id)
		u.mustChange = true
		return errors.Join(err, changeUser(tx, u))
	})
	b := w.browser()
	b.post("/sign-in", "name", "grace", "password", goodPassword, "to", "/home").wants(t, 303, "/sign-in/password")
	b.get("/sign-in/password").wants(t, 200, "new password")
	for password, fault := range map[string]string{"short": "12 characters", "password1234": "first that are tried", goodPassword: "not had before"} {
		b.post("/sign-in/password", "password", password, "password_again", password).wants(t, 422, fault)
	}
	b.post("/sign-in/password", "password", "heron ladder soup", "password_again", "heron ladder soap").wants(t, 422, "same password")
	b.post("/sign-in/password", "password", "heron ladder soup", "password_again", "heron ladder soup").wants(t, 303, "/home")
	b.get("/home").wants(t, 200)
	w.browser().post("/sign-in", "name", "grace", "password", goodPassword).wants(t, 422)
}

func TestPasswords(t *testing.T) {
	for password, good := range map[string]bool{
		"otter canal brick": true, "correct horse battery": true, "ünïcödé wörds hier": true, "x7#kQp92!mnv": true,
		"elevenchars": false, "password1234!": false, "Qwertyuiop123": false, "abcabcabcabc": false, "aaaaaaaaaaaa": false, "abcdefghijkl": false,
		"Ada Byron 12": false, "council2026!": false, "Summer2025!!": false, strings.Repeat("otter ", 40): false, "\xff\xfeotter canal brick": false,
	} {
		if got := passwordFault(password, "ada", "Ada Byron") == ""; got != good {
			t.Errorf("password %q is taken: %v, want %v", password, got, good)
		}
	}
}

func TestHashes(t *testing.T) {
	m := New(Deps{})
	if m.cost != productCost || productCost.memory < 19<<10 || productCost.passes < 2 {
		t.Errorf("passwords are hashed with %+v", m.cost)
	}
	m.cost = quick
	kept := m.hashPassword(goodPassword)
	if !strings.HasPrefix(kept, "$argon2id$v=19$m=64,t=1,p=1$") || !m.checkPassword(kept, goodPassword) || m.checkPassword(kept, goodPassword+"x") || m.stale(kept) {
		t.Errorf("kept as %s", kept)
	}
	// One made with another program: the parameters are read, not assumed.
	m.cost = productCost
	if !m.checkPassword(kept, goodPassword) || !m.stale(kept) {
		t.Error("a hash with other parameters is not checked, or not renewed")
	}
	for _, broken := range []string{"", "x", "$argon2id$v=19$m=64,t=0,p=1$AAAA$AAAA", "$argon2id$v=19$m=99999999,t=1,p=1$AAAA$" + strings.Repeat("A", 43), "$argon2i$v=19$m=64,t=1,p=1$AAAA$AAAA"} {
		if _, _, _, ok := parseHash(broken); ok {
			t.Errorf("%q is taken for a hash", broken)
		}
	}
}

func TestRescueLink(t *testing.T) {
	w := newDesk(t, dbtest.SQLite(t))
	b, _, _ := w.firstAdministrator()
	if _, err := RescueLink(t.Context(), w.db, "nobody"); !errors.Is(err, reeve.NotFound) {
		t.Errorf("rescue of nobody: %v", err)
	}
	token, err := RescueLink(t.Context(), w.db, "Ada")
	if err != nil {
		t.Fatal(err)
	}
	b.get("/home").wants(t, 200)
	c := w.browser()
	secret := find(t, secretField, c.get(LinkPath(token)).wants(t, 200, "Ada Byron", "ada").body)
	c.post("/first", "link", token, "later", "1", "password", "heron ladder soup", "password_again", "heron ladder soup").wants(t, 422, "six digits")
	c.post("/first", "link", token, "password", "heron ladder soup", "password_again", "heron ladder soup", "code_secret", secret, "code", codeAt(t, secret, w.clock.Now())).wants(t, 200, "recovery codes")
	b.get("/home").wants(t, 303, "/sign-in")
	c.get("/home").wants(t, 200)
}

func TestBrowserFamilies(t *testing.T) {
	for agent, want := range map[string]string{
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0": "Edge on Windows",
		"Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile Safari/604.1":                  "Safari on iPhone",
		"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0":                                                        "Firefox on Linux",
		"": "Another browser",
	} {
		if got := browserOf(agent); got != want {
			t.Errorf("%q: %s, want %s", agent, got, want)
		}
	}
}
