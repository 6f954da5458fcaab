package account

import (
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/db/dbtest"
)

var (
	linkText = regexp.MustCompile(`http://[^/]+/first\?link=([A-Za-z0-9_-]+)`)
	userLink = regexp.MustCompile(`action="/staff/(U[A-Z2-7]+)"`)
)

func TestInvitedUserJoinsAndDoesTheirWork(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newDesk(t, d)
		admin, _ := w.staff("root", nil, Administrator)
		admin.get("/staff/new").wants(t, 200, "Invite somebody", "Senior reviewer")
		admin.post("/staff/new", "name", "", "sign_in", "grace hopper").wants(t, 422, "Enter the name", "without spaces", "at least one role")
		admin.post("/staff/new", "name", "P", "sign_in", "p", "role", "partner").wants(t, 422, "Enter the council of the partner")
		admin.post("/staff/new", "name", "P", "sign_in", "root", "role", "reviewer").wants(t, 422, "somebody has this one")
		p := admin.post("/staff/new", "name", "Grace Hopper", "sign_in", "Grace", "role", "reviewer", "role", "scribe", "councils", "B, A").wants(t, 200, "One-time link")
		token, id := find(t, linkText, p.body), find(t, userLink, p.body)
		admin.get("/staff").wants(t, 200, "Reviewer, Scribe", "A, B", "Invited")

		b := w.browser()
		b.post("/sign-in", "name", "grace", "password", goodPassword).wants(t, 422, wrongPassword)
		page := b.get(LinkPath(token)).wants(t, 200, "Grace Hopper")
		if strings.Contains(page.body, `name="later"`) {
			t.Error("an invited user may leave the second factor for later though everybody needs one")
		}
		secret := find(t, secretField, page.body)
		b.post("/first", "link", token, "password", goodPassword, "password_again", goodPassword, "code_secret", secret, "code", codeAt(t, secret, w.clock.Now())).wants(t, 200, "recovery codes")
		b.get("/people").wants(t, 200)
		b.get("/staff").wants(t, 403, "Who may:")
		b.get("/staff/"+id).wants(t, 403)
		b.get("/staff/policy").wants(t, 200, "Reviewer", "Judge")
		v := visitorOf(t, b)
		if fmt.Sprint(v.Roles, v.Councils) != "[reviewer scribe] [A B]" {
			t.Errorf("visitor %v of %v", v.Roles, v.Councils)
		}
		if l := w.leaves("invite"); len(l) != 1 || l[0].Object != "user:"+id || strings.Contains(l[0].Leaf.Line, "Grace") {
			t.Errorf("the invitation on record: %+v", l)
		}
	})
}

func TestChangesOfUsers(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newDesk(t, d)
		admin, adminID := w.staff("root", nil, Administrator)
		other, id := w.staff("grace", nil, Reviewer)
		form := func(version string, more ...string) []string {
			return append([]string{"version", version, "name", "Grace Hopper", "active", "1"}, more...)
		}
		admin.post("/staff/"+id, form("1", "role", "senior-reviewer")...).wants(t, 303, "/staff")
		admin.post("/staff/"+id, form("1", "role", "dpo")...).wants(t, 409, "dpo")
		admin.get("/staff/"+id+".json").wants(t, 200, `"version":2`)
		other.get("/sealed").wants(t, 200)

		admin.post("/staff/"+adminID, form("1", "role", "administrator", "role", "dpo")...).wants(t, 422, "nobody gives them to themselves")
		admin.post("/staff/"+adminID, form("1", "role", "reviewer")...).wants(t, 422, "this is the only one")
		admin.post("/staff/"+adminID, "version", "1", "name", "Root", "role", "administrator").wants(t, 422, "this is the only one")
		admin.post("/staff/UAAAAAAAAAAAA", form("1", "role", "reviewer")...).wants(t, 404)

		admin.post("/staff/"+id+"/sign-out").wants(t, 303)
		other.get("/home").wants(t, 303, "/sign-in")
		other.post("/sign-in", "name", "grace", "password", goodPassword).wants(t, 303)
		admin.post("/staff/sign-out").wants(t, 303)
		other.get("/home").wants(t, 303, "/sign-in")
		admin.get("/home").wants(t, 200)
		other.post("/sign-in", "name", "grace", "password", goodPassword).wants(t, 303)
		admin.post("/staff/"+id, "version", "2", "name", "Grace Hopper", "role", "reviewer").wants(t, 303)
		other.get("/home").wants(t, 303, "/sign-in")
		other.post("/sign-in", "name", "grace", "password", goodPassword).wants(t, 422, wrongPassword)
		admin.post("/staff/"+id+"/link").wants(t, 400)
		if n := len(w.leaves("change-user")); n != 2 {
			t.Errorf("%d changes on record, want 2", n)
		}
	})
}

func TestOnePersonForBothShows(t *testing.T) {
	w := newDesk(t, dbtest.SQLite(t))
	b, _, _ := w.firstAdministrator()
	b.get("/staff").wants(t, 200, "Administers and sees personal data")
	b.get("/sealed").wants(t, 200)
	b.get("/staff/new").wants(t, 200)
}

func TestSettings(t *testing.T) {
	w := newDesk(t, dbtest.SQLite(t))
	admin, _ := w.staff("root", nil, Administrator)
	lead, _ := w.staff("lead", nil, IncidentLead)
	admin.get("/staff/settings").wants(t, 200, `name="idle"`)
	lead.get("/staff/settings").wants(t, 200, "30 minutes")
	lead.post("/staff/settings", "idle", "60", "longest", "12", "version", "0").wants(t, 403)
	admin.post("/staff/settings", "idle", "1", "longest", "12", "version", "0").wants(t, 422, "from 5 to 240")
	admin.post("/staff/settings", "idle", "60", "longest", "12", "version", "0").wants(t, 303)
	admin.post("/staff/settings", "idle", "10", "longest", "12", "factor", "1", "version", "0").wants(t, 409)
	w.clock.advance(45 * time.Minute)
	admin.get("/home").wants(t, 200)
}

func TestOwnSignIn(t *testing.T) {
	w := newDesk(t, dbtest.SQLite(t))
	b, secret, codes := w.firstAdministrator()
	pause := func() { w.clock.advance(40 * time.Second) }
	other := w.browser()
	pause()
	other.post("/sign-in", "name", "ada", "password", goodPassword).wants(t, 303)
	other.post("/sign-in/code", "code", codeAt(t, secret, w.clock.Now())).wants(t, 303)
	p := b.get("/me").wants(t, 200, "Ada Byron", "10 recovery codes", "This one", "Firefox on Windows", "192.0.2.7")
	id := find(t, regexp.MustCompile(`action="/me/sessions/(S[A-Z2-7]+)/end"`), p.body)
	b.post("/me/sessions/SAAAAAAAAAAAA/end").wants(t, 404)
	b.post("/me/sessions/"+id+"/end").wants(t, 303)
	other.get("/home").wants(t, 303)

	b.post("/me/password", "current_password", "wrong", "password", "heron ladder soup", "password_again", "heron ladder soup").wants(t, 422, "as it is now")
	b.post("/me/password", "current_password", goodPassword, "password", "heron ladder soup", "password_again", "heron ladder soup").wants(t, 303, "/me")
	b.get("/home").wants(t, 200)
	b.post("/me/recovery-codes", "current_password", goodPassword).wants(t, 422)
	fresh := b.post("/me/recovery-codes", "current_password", "heron ladder soup").wants(t, 200, "recovery codes")
	if strings.Contains(fresh.body, codes[0]) {
		t.Error("an old recovery code is among the new")
	}
	next := find(t, secretField, b.get("/me/second-factor").wants(t, 200).body)
	b.post("/me/second-factor", "current_password", "heron ladder soup", "code_secret", next, "code", "000000").wants(t, 422, "six digits")
	b.post("/me/second-factor", "current_password", "heron ladder soup", "code_secret", next, "code", codeAt(t, next, w.clock.Now())).wants(t, 200)
	pause()
	b.post("/sign-out").wants(t, 303)
	b.post("/sign-in", "name", "ada", "password", "heron ladder soup").wants(t, 303, "/sign-in/code")
	b.post("/sign-in/code", "code", codeAt(t, secret, w.clock.Now())).wants(t, 422)
	pause()
	b.post("/sign-in/code", "code", codeAt(t, next, w.clock.Now())).wants(t, 303, "/")
}

func TestTokens(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		w := newDesk(t, d)
		b, _ := w.staff("grace", []string{"A"}, Reviewer)
		make := func(pairs ...string) page {
			return b.post("/me/tokens", append(pairs, "token_password", goodPassword)...)
		}
		make("token_name", "", "days", "0").wants(t, 422, "what the token is for", "from 1 to 365")
		b.post("/me/tokens", "token_name", "Dashboard", "days", "30", "token_password", "wrong").wants(t, 422, "as it is now")
		token := find(t, regexp.MustCompile(`(reeve_[A-Za-z0-9_-]{43})<`), make("token_name", "Dashboard", "days", "30").wants(t, 200).body)
		writer := find(t, regexp.MustCompile(`(reeve_[A-Za-z0-9_-]{43})<`), make("token_name", "Writer", "days", "1", "verb", "write", "verb", "approve", "verb", "administer").wants(t, 200).body)
		if strings.Contains(b.get("/me").body, token) {
			t.Error("a token is shown again")
		}
		p := w.browser()
		p.bearer = token
		p.get("/home.json").wants(t, 200, `{"who":"Name of grace"}`)
		p.get("/people").wants(t, 200)
		p.get("/staff.json").wants(t, 403)
		p.post("/write").wants(t, 403, "was not made to write")
		p.get("/me.json").wants(t, 403)
		p.post("/reveal", "thing", "person:PAAAAAAAAAAAA", "reason", "because of it").wants(t, 403)
		p.bearer = writer
		p.post("/write").wants(t, 200)
		p.post("/me/tokens", "token_name", "x", "days", "3", "token_password", goodPassword).wants(t, 403)
		p.post("/sign-out").wants(t, 403)
		if v := visitorOf(t, p); !v.Token || fmt.Sprint(v.Verbs, v.Councils, v.Opened, v.Shown) != "[see write] [A] [] []" {
			t.Errorf("the token's visitor: %+v", v)
		}
		w.clock.advance(25 * time.Hour)
		p.get("/home.json").wants(t, 403)
		p.bearer = token
		p.get("/home.json").wants(t, 200)
		b.post("/sign-in", "name", "grace", "password", goodPassword).wants(t, 303)
		id := find(t, regexp.MustCompile(`action="/me/tokens/(T[A-Z2-7]+)/end"`), b.get("/me").wants(t, 200, "Dashboard").body)
		for _, token := range regexp.MustCompile(`/me/tokens/(T[A-Z2-7]+)/end`).FindAllStringSubmatch(b.get("/me").body, -1) {
			b.post("/me/tokens/"+token[1]+"/end").wants(t, 303)
		}
		b.post("/me/tokens/"+id+"/end").wants(t, 404)
		p.get("/home.json").wants(t, 403)
		if len(w.leaves("make-token")) != 2 || len(w.leaves("end-token")) != 2 {
			t.Error("tokens are not on record")
		}
	})
}

// TestSecretsAreNotKept looks for every secret that went over the counter in
// every table.
func TestSecretsAreNotKept(t *testing.T) {
	w := newDesk(t, dbtest.SQLite(t))
	b, secret, codes := w.firstAdministrator()
	w.clock.advance(time.Minute)
	token := find(t, regexp.MustCompile(`(reeve_[A-Za-z0-9_-]{43})<`), b.post("/me/tokens", "token_name", "x", "days", "1", "token_password", goodPassword).wants(t, 200).body)
	link := find(t, linkText, b.post("/staff/new", "name", "Grace Hopper", "sign_in", "grace", "role", "reviewer").wants(t, 200).body)
	w.browser().post("/sign-in", "name", "typed-name", "password", "typed password")
	secrets := append([]string{goodPassword, secret, token, strings.TrimPrefix(token, tokenPrefix), link, b.cookies["reeve"], "typed-name", "typed password", "192.0.2.7:"}, codes...)
	w.read(func(tx *db.Tx) error {
		tables, err := db.All(tx, func(r db.Row) (s string, err error) { return s, r.Scan(&s) }, "SELECT name FROM sqlite_master WHERE type = 'table' AND (name LIKE 'account%' OR name LIKE 'record%')")
		if err != nil || len(tables) < 10 {
			t.Fatalf("%d tables: %v", len(tables), err)
		}
		for _, table := range tables {
			columns, err := db.All(tx, func(r db.Row) (s string, err error) { return s, r.Scan(&s) }, "SELECT name FROM pragma_table_info('"+table+"')")
			if err != nil {
				return err
			}
			for _, c := range columns {
				for _, s := range secrets {
					var n int
					if err := tx.One([]any{&n}, "SELECT COUNT(*) FROM "+table+" WHERE instr(CAST("+c+" AS TEXT), ?) > 0", s); err != nil {
						return err
					}
					if n > 0 {
						t.Errorf("%s.%s holds a secret in clear", table, c)
					}
				}
			}
		}
		return nil
	})
}

func TestPolicyPage(t *testing.T) {
	w := newDesk(t, dbtest.SQLite(t))
	b, _ := w.staff("audrey", nil, Auditor)
	b.get("/staff/policy?role=dpo").wants(t, 200, "Data protection officer", "sealed")
	b.get("/staff/policy?role=nonsense").wants(t, 200, "Reads everything")
	b.get("/staff/policy.csv").wants(t, 200, "role,verb,object,up_to\r\n", "dpo,open-sealed,person,sealed")
	var v struct {
		Policy []struct{ Role, Verb, Object, Up_to string }
	}
	if err := json.Unmarshal([]byte(b.get("/staff/policy.json").wants(t, 200).body), &v); err != nil || len(v.Policy) != len(policyCells()) {
		t.Errorf("%d cells as JSON, want %d: %v", len(v.Policy), len(policyCells()), err)
	}
	if p := b.get("/staff/policy?role=dpo"); len(p.body) > 60_000 {
		t.Errorf("the page of one role has %d bytes", len(p.body))
	}
}

func TestEveryPageIsSmallAndPlain(t *testing.T) {
	w := newDesk(t, dbtest.SQLite(t))
	b, _, _ := w.firstAdministrator()
	for _, path := range []string{"/me", "/me/password", "/me/second-factor", "/staff", "/staff/new", "/staff/settings", "/staff/policy", "/record", "/sealed", "/sealed/reads", "/sign-in?to=" + url.QueryEscape("/x")} {
		p := b.get(path)
		if p.code != 200 && p.code != 303 {
			t.Errorf("%s: %d", path, p.code)
		}
		for _, bad := range []string{" style=", "<style", "<script>", "onclick", "http://", "<no value>", "ZgotmplZ"} {
			if body := strings.ReplaceAll(p.body, "http://www.w3.org/2000/svg", ""); strings.Contains(body, bad) {
				t.Errorf("%s has %q", path, bad)
			}
		}
	}
}
