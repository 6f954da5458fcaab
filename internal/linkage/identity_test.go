package linkage

import (
	"crypto/sha256"
	"encoding/base32"
	"reflect"
	"testing"

	"github.com/reeve-council/reeve"
)

func TestPersonID(t *testing.T) {
	res := resolveStreet(t, Input{})
	sum := sha256.Sum256([]byte("HOUSING-X\x005"))
	want := "P" + base32.StdEncoding.EncodeToString(sum[:])[:12]
	for _, p := range res.People {
		if street()[p.Records[0]].SourceID == "5" {
			if p.ID != want {
				t.Errorf("id %s, want %s", p.ID, want)
			}
			return
		}
	}
	t.Error("person 5 is missing")
}

func TestIDsAreKept(t *testing.T) {
	two := []owner{{keys: []string{"r:a", "r:b"}, loads: []int{1000, 1000}, seed: "a"}, {keys: []string{"r:c"}, loads: []int{1000}, seed: "c"}}
	first, redirects := nameOwners("P", two, nil, naming{})
	if len(redirects) != 0 || first[0] == first[1] {
		t.Fatalf("ids %v, redirects %v", first, redirects)
	}
	known := []IDAssignment{{"r:a", first[0]}, {"r:b", first[0]}, {"r:c", first[1]}}
	merged := []owner{{keys: []string{"r:a", "r:b", "r:c"}, loads: []int{1000, 1000, 1000}, seed: "a"}}
	ids, redirects := nameOwners("P", merged, known, naming{})
	if want := []Redirect{{first[1], first[0], "merged"}}; ids[0] != first[0] || !reflect.DeepEqual(redirects, want) {
		t.Errorf("merge: id %v redirects %v, want %v", ids, redirects, want)
	}
	split := []owner{{keys: []string{"r:a"}, loads: []int{1000}, seed: "a"}, {keys: []string{"r:b", "m:1"}, loads: []int{1000, 1}, seed: "b"}}
	known = append(known, IDAssignment{"m:1", first[0]})
	ids, redirects = nameOwners("P", split, known, naming{})
	if ids[1] != first[0] || ids[0] == first[0] {
		t.Errorf("split: ids %v, want the larger part to keep %s", ids, first[0])
	}
	if want := []Redirect{{first[0], ids[0], "split"}}; !reflect.DeepEqual(redirects, want) {
		t.Errorf("split: redirects %v, want %v", redirects, want)
	}
}

// TestStrangerBecomesResident checks that someone on no register keeps the id
// when a later register knows them.
func TestStrangerBecomesResident(t *testing.T) {
	m := mention("M1", reeve.Name{Given: "Oluwaseun", Surname: "Adeyemi"}, born(1990, 4, 4), reeve.Address{Number: "18", Street: "acacia road", Postcode: "W10 5AB"})
	before := resolveStreet(t, Input{Mentions: []reeve.Mention{m}})
	p, _, ok := linkOf(t, before, "M1")
	if !ok || len(p.Records) != 0 {
		t.Fatalf("want someone on no register, got %v %v", ok, p)
	}
	in := Input{Mentions: []reeve.Mention{m}, Task: Task{Known: before.Assignments}}
	in.Records = append(street(), reeve.Record{System: "CT", SourceID: "9", Forename: "Oluwaseun", Surname: "Adeyemi", Born: born(1990, 4, 4), Address: []string{"18 Acacia Road"}, Postcode: "W10 5AB"})
	after, err := Resolve(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	q, _, ok := linkOf(t, after, "M1")
	if !ok || q.ID != p.ID || len(q.Records) != 1 {
		t.Errorf("id %s became %s with records %v", p.ID, q.ID, q.Records)
	}
}
