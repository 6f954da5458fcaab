package sweep

import (
	"cmp"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/risk"
)

// TestPlaceOrdersAsPriority: the packed number orders people as risk does.
func TestPlaceOrdersAsPriority(t *testing.T) {
	dice := rand.New(rand.NewPCG(1, 2))
	one := func() risk.Ranked {
		id := []byte("P")
		for range 4 {
			id = append(id, "234567ABCXYZ"[dice.IntN(12)])
		}
		return risk.Ranked{Person: string(id), Tier: []reeve.Tier{reeve.TierStrong, reeve.TierLikely, reeve.TierPossible}[dice.IntN(3)],
			Severity: dice.IntN(3) * 250, Kinds: dice.IntN(3), Items: dice.IntN(3) * 200_000, Rank: dice.IntN(3)}
	}
	for range 20_000 {
		a, b := one(), one()
		if got, want := cmp.Compare(placeOf(a), placeOf(b)), risk.Compare(a, b); got != want {
			t.Fatalf("%+v and %+v: places order %d, priority %d", a, b, got, want)
		}
		if placeOf(a) < 0 {
			t.Fatalf("%+v has a negative place", a)
		}
	}
}

// TestRecordForm: a register row comes back as it was, also from the form of
// earlier versions, and a damaged one is refused.
func TestRecordForm(t *testing.T) {
	full := reeve.Record{System: "CRM", SourceID: "1", Forename: "Ada", Surname: "Okafor", Deceased: "no", Born: reeve.Date{Year: 1980, Month: 3},
		Address: []string{"4 Weir Street", ""}, Signals: []reeve.Signal{reeve.SignalAdultCare}, Restricted: true,
		Refs: []reeve.Ref{{Kind: reeve.KindLocalRef, Header: "Ref", Value: "77"}}, Edition: 2019, Line: 9, Updated: reeve.Date{Year: 2025, Month: 6, Day: 1}}
	for _, r := range []reeve.Record{{}, full, {AnonymousElector: true, NamedWorker: "R. Hale"}} {
		data := encodeRecord(&r)
		got, err := decodeRecord(data)
		if err != nil || !reflect.DeepEqual(got, r) {
			t.Errorf("got %+v (%v), want %+v", got, err, r)
		}
		for n := range len(data) {
			if _, err := decodeRecord(data[:n]); err == nil {
				t.Fatalf("the first %d of %d bytes were taken for a record", n, len(data))
			}
		}
	}
	old, err := decodeRecord([]byte(`{"System":"CRM","SourceID":"1","Restricted":true}`))
	if err != nil || old.System != "CRM" || !old.Restricted {
		t.Errorf("a row of an earlier version: %+v, %v", old, err)
	}
	if n := reflect.TypeFor[reeve.Record]().NumField(); n != 31+5+2+5 {
		t.Errorf("a record has %d fields: encodeRecord must learn the new ones", n)
	}
	texts := recordTexts(&full)
	if slices.Contains(texts[:], nil) {
		t.Error("a text of the record is left out")
	}
}
