package account

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/reeve-council/reeve/internal/web"
)

var update = flag.Bool("update", false, "write docs/policy.md anew")

var policyFile = filepath.Join("..", "..", "docs", "policy.md")

// policyDocument prints the whole matrix as a page.
func policyDocument() string {
	var b strings.Builder
	b.WriteString(`# Who may do what

Made from internal/account/policy_table.go by ` + "`go test ./internal/account -run Policy -update`" + `; the same test asks the program for every cell of it.

What is not in a table is denied. A letter says how grave a thing may be: **p** plain (counts, file types, the program's own state), **P** personal (somebody's ordinary data), **S** special (special categories, offences, signals of danger), **X** sealed (people whose being here must not show, after two named people have opened them). A user may have several roles. Whoever is limited to councils does nothing to what is another council's, and none of the acts on the case as a whole that stand at the end.
`)
	for _, r := range roles {
		fmt.Fprintf(&b, "\n## %s (`%s`)\n\n%s\n\n", r.Title, r.Role, r.What)
		b.WriteString("| to what |")
		for _, v := range verbs {
			fmt.Fprintf(&b, " %s |", v.Verb)
		}
		b.WriteString("\n|---|" + strings.Repeat("---|", len(verbs)) + "\n")
		for _, o := range objects {
			line := fmt.Sprintf("| %s (`%s`) |", o.Title, o.Object)
			for _, v := range verbs {
				line += fmt.Sprintf(" %s |", letterOf(r.Role, v.Verb, o.Object))
			}
			if strings.ContainsAny(strings.SplitN(line, ") |", 2)[1], "pPSX") {
				b.WriteString(line + "\n")
			}
		}
	}
	b.WriteString("\n## Never for whoever is limited to councils\n\n")
	for _, w := range wholeCase {
		fmt.Fprintf(&b, "- %s %s\n", w.verb, w.object)
	}
	for _, n := range policyNotes {
		fmt.Fprintf(&b, "\n## %s\n\n%s\n", n.Title, n.Text)
	}
	return b.String()
}

const degreeLetters = "pPSX"

func letterOf(r Role, v web.Verb, o web.Object) string {
	if upTo, ok := matrix[cell{r, v, o}]; ok {
		return degreeLetters[upTo : upTo+1]
	}
	return "·"
}

// TestPolicyInEveryCell asks May for every role, verb, object, degree and
// scope, and compares with docs/policy.md, which people have read.
func TestPolicyInEveryCell(t *testing.T) {
	if *update {
		if err := os.WriteFile(policyFile, []byte(policyDocument()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	text, err := os.ReadFile(policyFile)
	if err != nil {
		t.Fatal(err)
	}
	if string(text) != policyDocument() {
		t.Fatal("docs/policy.md does not say what the table says: run go test ./internal/account -run Policy -update, and read the difference")
	}
	want, whole := readPolicy(t, string(text))
	m := &Room{}
	cells := 0
	for _, r := range roles {
		for _, v := range verbs {
			for _, o := range objects {
				for d := web.Plain; d <= web.Sealed; d++ {
					cells++
					upTo, allowed := want[cell{r.Role, v.Verb, o.Object}]
					checkCell(t, m, r.Role, web.Act{Verb: v.Verb, Object: o.Object, Degree: d}, allowed && upTo >= d, slices.Contains(whole, string(v.Verb)+" "+string(o.Object)))
				}
			}
		}
	}
	if cells != len(roles)*len(verbs)*len(objects)*4 || len(want) < 300 {
		t.Errorf("%d cells, %d allow something", cells, len(want))
	}
}

// checkCell asks in every scope: nobody signed in, no limit, one's own council,
// another council, a token without the verb.
func checkCell(t *testing.T, m *Room, r Role, a web.Act, allowed, whole bool) {
	t.Helper()
	free := &web.Visitor{ID: "U1", Roles: []string{string(r)}}
	bound := &web.Visitor{ID: "U2", Roles: []string{string(r)}, Councils: []string{"A"}}
	token := &web.Visitor{ID: "U3", Roles: []string{string(r)}, Verbs: []web.Verb{}, Token: true, Councils: bound.Councils}
	own, other := a, a
	own.Council, other.Council = "A", "B"
	for _, c := range []struct {
		name string
		v    *web.Visitor
		act  web.Act
		want bool
	}{
		{"nobody", nil, a, false},
		{"everywhere", free, a, allowed && r != Partner},
		{"everywhere, a council's", free, other, allowed && r != Partner},
		{"own council", bound, own, allowed},
		{"another council", bound, other, false},
		{"whole case", bound, a, allowed && !whole},
		{"token without the verb", token, own, false},
	} {
		got := m.May(c.v, c.act)
		if got.Allowed != c.want || !got.Allowed && got.Reason == "" {
			t.Errorf("%s may %s %s (%s, %s): %v %q, want %v", r, a.Verb, a.Object, degreeWords[a.Degree], c.name, got.Allowed, got.Reason, c.want)
		}
	}
}

var (
	roleLine   = regexp.MustCompile("^## .* \\(`([a-z-]+)`\\)$")
	objectLine = regexp.MustCompile("^\\| .*\\(`([a-z-]+)`\\) \\| (.*) \\|$")
)

// readPolicy reads docs/policy.md back.
func readPolicy(t *testing.T, text string) (want map[cell]web.Degree, whole []string) {
	t.Helper()
	want = make(map[cell]web.Degree)
	var r Role
	for line := range strings.SplitSeq(text, "\n") {
		if m := roleLine.FindStringSubmatch(line); m != nil {
			r = Role(m[1])
		}
		if act, ok := strings.CutPrefix(line, "- "); ok {
			whole = append(whole, act)
		}
		m := objectLine.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		for i, letter := range strings.Split(m[2], " | ") {
			if d := strings.Index(degreeLetters, letter); d >= 0 {
				want[cell{r, verbs[i].Verb, web.Object(m[1])}] = web.Degree(d)
			}
		}
	}
	return want, whole
}

// TestPolicyHoldsItsPromises are rules that no change of the table may break.
func TestPolicyHoldsItsPromises(t *testing.T) {
	has := func(r Role, v web.Verb, o web.Object) bool { _, ok := matrix[cell{r, v, o}]; return ok }
	for _, w := range roles {
		r := w.Role
		if has(r, web.Administer, web.ObjectStaff) && (r.personal() || has(r, web.OpenSealed, web.ObjectPerson)) {
			t.Errorf("%s runs users and sees personal data", r)
		}
		for _, o := range objects {
			if has(r, web.OpenSealed, o.Object) && r != DPO && r != Senior {
				t.Errorf("%s opens what is sealed", r)
			}
			if has(r, web.SeePersonal, o.Object) && !has(r, web.See, o.Object) {
				t.Errorf("%s sees values of %s in clear, but not masked", r, o.Object)
			}
			for _, v := range verbs {
				d, ok := matrix[cell{r, v.Verb, o.Object}]
				if ok && d == web.Sealed && !has(r, web.OpenSealed, web.ObjectPerson) {
					t.Errorf("%s reaches sealed %s without the right to open", r, o.Object)
				}
				if r == Auditor && ok && v.Verb != web.See && o.Object != web.ObjectHome && (v.Verb != web.Export || o.Object != web.ObjectRecord) {
					t.Errorf("the auditor may %s %s", v.Verb, o.Object)
				}
				if r == Administrator && ok && d > web.Plain {
					t.Errorf("the administrator goes beyond what is plain: %s %s", v.Verb, o.Object)
				}
				if ok && v.Verb != web.See && v.Verb != web.SeePersonal && v.Verb != web.OpenSealed && !has(r, web.See, o.Object) {
					t.Errorf("%s may %s %s without seeing it", r, v.Verb, o.Object)
				}
			}
		}
	}
}

// TestPolicyTableIsWellMade: every word in it is known, every object and verb is
// somebody's.
func TestPolicyTableIsWellMade(t *testing.T) {
	for c := range matrix {
		_, ok := c.role.words()
		if !ok || !slices.ContainsFunc(verbs, func(v verbWords) bool { return v.Verb == c.verb }) || !slices.ContainsFunc(objects, func(o objectWords) bool { return o.Object == c.object }) {
			t.Errorf("the table names what pages do not show: %v", c)
		}
	}
	m := &Room{}
	for _, o := range objects {
		if !m.Knows(web.See, o.Object) || o.Object != web.ObjectHome && o.Object != web.ObjectRecord && o.Object != objectSealedRead && !m.Knows(web.Write, o.Object) {
			t.Errorf("nobody may see or write %s", o.Object)
		}
	}
	for _, w := range roles {
		if strings.Contains(w.Title, ",") {
			t.Errorf("the title of %s has a comma", w.Role)
		}
	}
}

// TestEveryObjectOfTheWebIsInThePolicy reads act.go, so that a new object cannot
// be left out of the matrix.
func TestEveryObjectOfTheWebIsInThePolicy(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "web", "act.go"))
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile(`Object\w+\s+(?:Object\s+)?= "([a-z-]+)"`).FindAllStringSubmatch(string(text), -1)
	if len(found) < 25 {
		t.Fatalf("%d objects in act.go", len(found))
	}
	for _, f := range found {
		if !slices.ContainsFunc(objects, func(o objectWords) bool { return string(o.Object) == f[1] }) {
			t.Errorf("object %s has no line in the list of objects", f[1])
		}
	}
}

// TestPolicyOfTelling: who calls people and hands letters over has the one call
// or round and nothing else of notices; who writes runs has no part in it; two
// signatures come from those who may approve.
func TestPolicyOfTelling(t *testing.T) {
	m := &Room{}
	for _, w := range roles {
		v := &web.Visitor{ID: "U1", Roles: []string{string(w.Role)}}
		may := func(verb web.Verb, o web.Object, d web.Degree) bool {
			return m.May(v, web.Act{Verb: verb, Object: o, Degree: d}).Allowed
		}
		tells := w.Role == DPO || w.Role == ContactCentre || w.Role == Delivery
		for _, verb := range []web.Verb{web.Write, web.SeePersonal} {
			if got := may(verb, web.ObjectTelling, web.Personal); got != tells {
				t.Errorf("%s may %s what is told: %v", w.Role, verb, got)
			}
			if got := may(verb, web.ObjectTelling, web.Special); got != (w.Role == DPO) {
				t.Errorf("%s may %s special things that are told: %v", w.Role, verb, got)
			}
		}
		for _, never := range []web.Verb{web.OpenSealed, web.Judge, web.Approve, web.Close, web.Delete, web.Export, web.Administer} {
			if may(never, web.ObjectTelling, web.Plain) {
				t.Errorf("%s may %s what is told", w.Role, never)
			}
		}
		if w.Role == ContactCentre || w.Role == Delivery {
			for _, o := range []web.Object{web.ObjectNotice, web.ObjectPerson, web.ObjectDocument, web.ObjectVersion, web.ObjectCase, web.ObjectQueue, web.ObjectContact} {
				for _, verb := range verbs {
					if may(verb.Verb, o, web.Plain) {
						t.Errorf("%s may %s %s", w.Role, verb.Verb, o)
					}
				}
			}
		}
		signs := w.Role == DPO || w.Role == IncidentLead || w.Role == Legal
		if got := may(web.Approve, web.ObjectNotice, web.Plain); got != signs {
			t.Errorf("%s may sign a run: %v", w.Role, got)
		}
	}
}
