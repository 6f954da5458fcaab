package review

import (
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/sweep"
)

// TestExact compares with published values: R. G. Newcombe, "Two-sided
// confidence intervals for the single proportion", Statistics in Medicine 17
// (1998) 857–872, table I, method 5 (the first four); the tables of Clopper and
// Pearson as every handbook has them for n = 10 and 100 (the rest).
func TestExact(t *testing.T) {
	for _, c := range []struct {
		x, n      int64
		low, high float64
	}{
		{81, 263, 0.2527, 0.3676},
		{15, 148, 0.0578, 0.1617},
		{0, 20, 0, 0.1684},
		{1, 29, 0.0009, 0.1776},
		{0, 10, 0, 0.3085},
		{1, 10, 0.0025, 0.4450},
		{5, 10, 0.1871, 0.8129},
		{10, 10, 0.6915, 1},
		{10, 100, 0.0490, 0.1762},
		{50, 100, 0.3983, 0.6017},
	} {
		got := exact(c.x, c.n)
		if math.Abs(got.Low-c.low) > 5.1e-5 || math.Abs(got.High-c.high) > 5.1e-5 {
			t.Errorf("%d of %d: %.4f to %.4f, want %.4f to %.4f", c.x, c.n, got.Low, got.High, c.low, c.high)
		}
	}
	if got := exact(0, 0); got != (interval{0, 1}) {
		t.Errorf("of nothing: %v", got)
	}
}

// TestExactAgainstSums: at the limits, the binomial tails are what they must be,
// summed term by term.
func TestExactAgainstSums(t *testing.T) {
	tail := func(from, to, n int64, p float64) (sum float64) {
		for k := from; k <= to; k++ {
			a, _ := math.Lgamma(float64(n + 1))
			b, _ := math.Lgamma(float64(k + 1))
			c, _ := math.Lgamma(float64(n - k + 1))
			sum += math.Exp(a - b - c + float64(k)*math.Log(p) + float64(n-k)*math.Log1p(-p))
		}
		return sum
	}
	for _, n := range []int64{1, 7, 59, 299, 2995} {
		for _, x := range []int64{0, 1, 3, n / 2, n - 1, n} {
			if x < 0 || x > n {
				continue
			}
			got := exact(x, n)
			if x < n {
				if p := tail(0, x, n, got.High); math.Abs(p-0.025) > 1e-8 {
					t.Errorf("%d of %d: the tail above is %g", x, n, p)
				}
			}
			if x > 0 {
				if p := tail(x, n, n, got.Low); math.Abs(p-0.025) > 1e-8 {
					t.Errorf("%d of %d: the tail below is %g", x, n, p)
				}
			}
		}
	}
}

func TestSampleSizes(t *testing.T) {
	for share, want := range map[float64]int64{0.05: 59, 0.02: 149, 0.01: 299, 0.005: 598, 0.002: 1497, 0.001: 2995} {
		got := sizeFor(share)
		if got != want {
			t.Errorf("for %g: %d, want %d", share, got, want)
		}
		if u := highLimit(0, got, 1-confidence); u > share {
			t.Errorf("no miss among %d: below %g, want at most %g", got, u, share)
		}
	}
}

func TestDraw(t *testing.T) {
	var things []string
	for i := range 1000 {
		things = append(things, fmt.Sprint(i))
	}
	got := draw("seed", things, 30)
	if len(got) != 30 || !slices.Equal(got, draw("seed", things, 30)) || slices.Equal(got, draw("other", things, 30)) {
		t.Errorf("the draw does not go by its seed: %v", got)
	}
	if all := draw("seed", things, 2000); len(all) != 1000 || !slices.Equal(all[:30], got) {
		t.Error("a larger draw does not begin as a smaller one")
	}
	if got := draw("seed", things, 0); len(got) != 0 {
		t.Errorf("none asked for: %v", got)
	}
	// Every thing has the same chance: 400 draws of 100 of 1000 give each about 40.
	times := make([]int, 1000)
	for seed := range 400 {
		for _, i := range draw(fmt.Sprint(seed), things, 100) {
			times[i]++
		}
	}
	if low, high := slices.Min(times), slices.Max(times); low < 15 || high > 70 {
		t.Errorf("drawn from %d to %d times, want about 40", low, high)
	}
}

func TestResults(t *testing.T) {
	items := []sampleItem{{Stratum: "a", Answer: 1}, {Stratum: "a", Answer: 0}, {Stratum: "b", Answer: answerUnsure}, {Stratum: "b", Answer: answerNone}, {Stratum: "b", Machine: 2, Answer: 2}}
	for _, c := range []struct {
		sort   string
		misses int64
	}{{sampleItems, 2}, {sampleElusion, 2}, {samplePeople, 1}, {samplePrecision, 1}} {
		got := results(c.sort, items)
		if len(got) != 3 || got[0].Stratum != wholeSample || got[0].Judged != 3 || got[0].Unsure != 1 || got[0].Misses != c.misses {
			t.Errorf("%s: %+v", c.sort, got)
		}
		if got[1].Stratum != "a" || got[2].Stratum != "b" || got[2].Judged != 1 {
			t.Errorf("%s: %+v", c.sort, got)
		}
	}
	if got := results(sampleItems, nil); len(got) != 1 || got[0].Share != (interval{0, 1}) || got[0].Below != 1 {
		t.Errorf("of nothing: %+v", got)
	}
}

func TestStratumOf(t *testing.T) {
	for _, c := range [][3]string{{"x", "", "x"}, {"x", "hr", "x: hr"}, {"x", "hr/leavers/2019", "x: hr/leavers"}, {"x", "hr/a.zip!/in/side", "x: hr/a.zip"}} {
		if got := stratumOf(c[0], c[1]); got != c[2] {
			t.Errorf("%s %s: %q", c[0], c[1], got)
		}
	}
}

// TestSampleFromDrawToResult: drawn, judged blind, finished, frozen.
func TestSampleFromDrawToResult(t *testing.T) {
	c := testCase(t)
	_, h := testRoom(t, Deps{Case: c})
	want(t, get(t, h, "/samples"), http.StatusOK, "None was drawn yet", "299: no miss among them", "2,995")
	want(t, get(t, h, "/samples/method"), http.StatusOK, "Clopper and Pearson", "SHA-256")
	want(t, post(t, h, "/samples", url.Values{"sort": {"nothing"}}), http.StatusUnprocessableEntity, "Choose what to sample", "Say what the sample")
	for _, sort := range sampleSorts {
		t.Run(sort.Code, func(t *testing.T) {
			w := post(t, h, "/samples", url.Values{"sort": {sort.Code}, "size": {"4"}, "why": {"to see"}, "tier": {""}})
			if w.Code == http.StatusUnprocessableEntity && strings.Contains(w.Body.String(), "nothing to draw from") && sort.Code == sampleItems {
				t.Skip("something was found in every item of the planted council")
			}
			want(t, w, http.StatusSeeOther)
			at := w.Header().Get("Location")
			if l := lastLeaf(t, c); l.Verb != "draw" || !strings.Contains(l.Line, "seed") {
				t.Errorf("leaf %+v", l)
			}
			judgeSample(t, h, at, sort)
			want(t, post(t, h, at+"/finish", url.Values{"version": {"1"}}, "X-Deny", "approve"), http.StatusForbidden)
			want(t, post(t, h, at+"/finish", url.Values{"version": {"1"}}), http.StatusSeeOther)
			want(t, get(t, h, at), http.StatusOK, "Exact 95 % interval", "Finished")
			want(t, get(t, h, at+".csv"), http.StatusOK, "stratum,judged", "all,")
			want(t, post(t, h, at+"/1", url.Values{"answer": {"yes"}}), map[bool]int{true: http.StatusUnprocessableEntity, false: http.StatusConflict}[sort.Counts])
			if l := lastLeaf(t, c); l.Verb != "finish" || l.Digest == "" {
				t.Errorf("leaf %+v", l)
			}
		})
	}
	want(t, get(t, h, "/samples.csv"), http.StatusOK, "sample,sort,tier,seed")
	want(t, get(t, h, "/samples", "X-Councils", "ELSEWHERE"), http.StatusForbidden)
	want(t, get(t, h, "/samples/1", "X-Councils", "ELSEWHERE"), http.StatusForbidden)
}

// judgeSample answers everything of a sample, and looks whether the machine's
// opinion shows anywhere.
func judgeSample(t *testing.T, h http.Handler, at string, sort sampleSort) {
	t.Helper()
	id := at[strings.LastIndex(at, "/")+1:]
	want(t, post(t, h, at+"/finish", url.Values{"version": {"1"}}), http.StatusUnprocessableEntity, "Judge everything")
	for range 100 {
		next := get(t, h, at+"/next").Header().Get("Location")
		if next == at {
			return
		}
		page := get(t, h, next, "X-Shown", "sample:"+id)
		want(t, page, http.StatusOK, sort.Asks)
		for _, word := range []string{"<mark", "probability", "confidence", "strong"} {
			if strings.Contains(mainOf(page.Body.String()), word) {
				t.Errorf("%s: the page of %s is not blind: %q", sort.Code, next, word)
			}
		}
		answer := "no"
		if sort.Counts {
			answer = "1"
		}
		want(t, post(t, h, next, url.Values{"answer": {answer}}, "X-Who", "a"), http.StatusSeeOther)
		want(t, post(t, h, next, url.Values{"answer": {answer}}, "X-Who", "b"), http.StatusConflict)
	}
	t.Fatal("the sample does not end")
}

// TestSamplesHoldNobodySealed: no population has an item of a sealed person.
func TestSamplesHoldNobodySealed(t *testing.T) {
	c := testCase(t)
	sealed, items := sealedPerson(t, c)
	err := c.DB.Read(t.Context(), func(tx *db.Tx) error {
		for _, s := range sampleSorts {
			err := eachOfPopulation(tx, s.Code, "", func(thing string, _ int64) {
				if strings.HasSuffix(thing, sealed) || slices.ContainsFunc(items, func(id int64) bool { return fmt.Sprint(id) == thing }) {
					t.Errorf("%s: %s can be drawn", s.Code, thing)
				}
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestSampleStore: on both databases.
func TestSampleStore(t *testing.T) {
	eachEmpty(t, func(t *testing.T, c *sweep.Case) {
		s := &sample{Sort: sampleItems, Seed: "seed", Size: 2, Population: 9, Stamp: "1", Why: "why", By: "a", At: 1}
		err := c.DB.Write(t.Context(), func(tx *db.Tx) error {
			for _, sort := range sampleSorts {
				if _, n, err := drawFrom(tx, &sample{Sort: sort.Code, Seed: "s", Size: 5}); err != nil || n != 0 {
					t.Errorf("%s: %d, %v", sort.Code, n, err)
				}
			}
			if err := addSample(tx, s, []sampleItem{{Thing: "7", Stratum: "x", Answer: answerNone}, {Thing: "8", Stratum: "x", Answer: answerNone}}); err != nil {
				return err
			}
			if n, err := openOfSample(tx, s.ID, 2); err != nil || n != 2 {
				t.Errorf("next %d, %v", n, err)
			}
			if err := answerSample(tx, s.ID, 2, 1, "a", 2); err != nil {
				return err
			}
			if n, err := openOfSample(tx, s.ID, 2); err != nil || n != 1 {
				t.Errorf("next %d, %v", n, err)
			}
			if err := answerSample(tx, s.ID, 2, 0, "b", 3); !isConflict(err) {
				t.Errorf("answered twice: %v", err)
			}
			if _, err := readSampleItem(tx, s.ID, 3); !isNotFound(err) {
				t.Errorf("beyond the end: %v", err)
			}
			items, err := readSampleItems(tx, s.ID)
			if err != nil || len(items) != 2 || items[1].Answer != 1 {
				t.Errorf("items %v, %v", items, err)
			}
			text, _ := json.Marshal(results(s.Sort, items))
			s.Version, s.Result, s.Ended = 1, string(text), 4
			if err := endSample(tx, s); err != nil {
				return err
			}
			if err := endSample(tx, s); !isConflict(err) {
				t.Errorf("finished twice: %v", err)
			}
			got, err := readSample(tx, s.ID)
			if kept := keptResults(&got); err != nil || len(kept) != 2 || kept[0].Misses != 1 {
				t.Errorf("kept %+v, %v", kept, err)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
