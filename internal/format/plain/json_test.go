package plain

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/part"
)

// show writes blocks in a form that a test can state.
func show(blocks []reeve.Block) string {
	var s strings.Builder
	for _, b := range blocks {
		if b.Table == 0 {
			s.WriteString(b.Text)
			continue
		}
		fmt.Fprintf(&s, "table %d from %d %q\n", b.Table, b.First, b.Header)
		for _, r := range b.Rows {
			fmt.Fprintf(&s, "%q\n", r)
		}
	}
	return s.String()
}

func TestReadJSON(t *testing.T) {
	for _, c := range []struct {
		name, in, want string
		status         reeve.Status
	}{
		{"rows", `[{"name":"Zoë","born":"1961-03-12","address":{"postcode":"AB1 2CD"}},{"name":"Ann","born":null,"address":{"postcode":"AB1 3EF"}}]`,
			"table 1 from 1 [\"name\" \"born\" \"address.postcode\"]\n[\"Zoë\" \"1961-03-12\" \"AB1 2CD\"]\n[\"Ann\" \"\" \"AB1 3EF\"]\n", reeve.StatusRead},
		{"object", `{"case":12,"open":true,"notes":["a","b"],"who":{"name":"Zoë"}}`,
			"case: 12\nopen: true\nnotes: a; b\nwho.name: Zoë\n\n", reeve.StatusRead},
		{"list in object", `{"council":"Invented","people":[{"name":"Zoë"},{"name":"Ann"}],"count":2}`,
			"council: Invented\ntable 1 from 1 [\"name\"]\n[\"Zoë\"]\n[\"Ann\"]\ncount: 2\n\n", reeve.StatusRead},
		{"ndjson", "{\"id\":1,\"n\":\"Zoë\"}\n{\"id\":2,\"n\":\"Ann\"}\n",
			"table 1 from 1 [\"id\" \"n\"]\n[\"1\" \"Zoë\"]\n[\"2\" \"Ann\"]\n", reeve.StatusRead},
		{"arrays", `[["a","b"],["c","d"]]`, "table 1 from 1 []\n[\"a\" \"b\"]\n[\"c\" \"d\"]\n", reeve.StatusRead},
		{"cut", `[{"name":"Zoë"},{"name":"An`, "name: Zoë\n\n", reeve.StatusPartlyRead},
		{"broken", `{"name":"Zoë", oops}`, "name: Zoë\n\noops}", reeve.StatusRead},
	} {
		got, out := run(t, ReadJSON, c.in)
		if diff := cmp.Diff(c.want, show(got.blocks)); diff != "" || out.Status != c.status {
			t.Errorf("%s: %s %s", c.name, out.Status, diff)
		}
	}
}

func BenchmarkReadJSON(b *testing.B) {
	in := source("[" + strings.Repeat(`{"id":1042,"surname":"Smith","born":"1961-03-12","address":{"line":"12 High Street","postcode":"AB1 2CD"}},`, 30000) + `{"id":1}]`)
	b.SetBytes(in.Size)
	for b.Loop() {
		ReadJSON(in, part.Options{}, discard{})
	}
}
