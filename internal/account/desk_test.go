package account

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

// addStaff adds a user who has a password and may leave the second factor for
// later, and gives their id.
func (d *desk) addStaff(signIn string, councils []string, roles ...Role) string {
	d.t.Helper()
	u := &User{ID: newID("U"), Name: "Name of " + signIn, SignIn: signIn, Roles: roles, Councils: councils, Active: true,
		password: d.m.hashPassword(goodPassword), factorDue: d.clock.Now().Add(1000 * time.Hour).Unix()}
	d.write(func(tx *db.Tx) error { return addUser(tx, u) })
	return u.ID
}

// staff adds a user and signs them in.
func (d *desk) staff(signIn string, councils []string, roles ...Role) (*client, string) {
	d.t.Helper()
	id := d.addStaff(signIn, councils, roles...)
	b := d.browser()
	b.post("/sign-in", "name", signIn, "password", goodPassword).wants(d.t, 303, "/")
	b.get("/home").wants(d.t, 200, "Name of "+signIn)
	return b, id
}

func (d *desk) write(do func(tx *db.Tx) error) {
	d.t.Helper()
	if err := d.db.Write(d.t.Context(), do); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) read(do func(tx *db.Tx) error) {
	d.t.Helper()
	if err := d.db.Read(d.t.Context(), do); err != nil {
		d.t.Fatal(err)
	}
}

// leaves gives the acts on record with a verb.
func (d *desk) leaves(verb string) (list []record.Line) {
	d.t.Helper()
	d.read(func(tx *db.Tx) error {
		all, err := record.Lines(tx, 0, 10_000)
		for _, l := range all {
			if l.Verb == verb {
				list = append(list, l)
			}
		}
		return err
	})
	return list
}

// visitorOf asks the door who a browser is.
func visitorOf(t *testing.T, b *client) *web.Visitor {
	t.Helper()
	r := httptest.NewRequest("GET", "/", nil)
	for name, value := range b.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	if b.bearer != "" {
		r.Header.Set("Authorization", "Bearer "+b.bearer)
	}
	v, err := b.m.Visitor(httptest.NewRecorder(), r)
	if err != nil || v == nil {
		t.Fatalf("nobody: %v", err)
	}
	return v
}

func unmarshal(t *testing.T, text string, into any) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), into); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
}
