package lex

import (
	"encoding/csv"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/formattest"
)

// haystack is real office mail, at most limit bytes.
func haystack(tb testing.TB, limit int) string {
	files, _ := filepath.Glob(filepath.Join(formattest.Corpus(tb, "prose", "enron"), "*.txt"))
	var b strings.Builder
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			tb.Fatal(err)
		}
		b.Write(text)
		if b.Len() >= limit {
			break
		}
	}
	s := b.String()
	return s[:min(len(s), limit)]
}

// surnamePool holds the shipped surnames and, where the measurement data is
// there, the 30,000 commonest of a census.
func surnamePool() []string {
	pool := strings.Fields(surnameTable)
	dir := os.Getenv("REEVE_CORPUS")
	if dir == "" {
		dir = filepath.Join("..", "..", "..", "shared", "corpus")
	}
	text, err := os.ReadFile(filepath.Join(dir, "names", "us-census-1990-surnames.tsv"))
	if err != nil {
		return pool
	}
	for i, line := range strings.Split(string(text), "\n") {
		if name, _, _ := strings.Cut(line, "\t"); i > 0 && i <= 20000 && name != "" {
			pool = append(pool, strings.ToLower(name))
		}
	}
	return pool
}

// skewed draws an index below n, low ones far more often.
func skewed(r *rand.Rand, n int) int {
	f := r.Float64()
	return int(f * f * f * float64(n))
}

func title(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

var streetPool = strings.Fields("acacia lime garrick holland pembroke ladbroke warwick sinclair addison elgin lancaster cornwall lonsdale talbot westbourne kensal oakworth hazlitt brook shirland portland rosebery harrow chepstow bramley latimer freston walmer bassett oxendale finstock penzance princedale clarendon portobello tavistock colville arundel faraday golborne southam munro wornington telford barlby dalgarno")
var typePool = []string{"road", "street", "avenue", "gardens", "terrace", "mews", "square", "place", "close", "grove"}

// register makes n invented residents: names of the lists, invented addresses
// of three districts, identifiers of the test ranges.
func register(n int, seed uint64) []reeve.Record {
	r := rand.New(rand.NewPCG(seed, 7))
	given, surnames := strings.Fields(givenTable), surnamePool()
	records := make([]reeve.Record, n)
	var house reeve.Record
	for i := range records {
		if i%2 == 0 {
			p := r.IntN(max(n/33, 8))
			house = reeve.Record{Surname: title(surnames[skewed(r, len(surnames))]),
				Address:  []string{fmt.Sprintf("%d %s %s", 1+r.IntN(180), title(streetPool[p%len(streetPool)])+title(streetPool[p/len(streetPool)%len(streetPool)]), title(typePool[p/7%len(typePool)]))},
				Postcode: fmt.Sprintf("%s%d %d%c%c", []string{"W", "SW", "NW"}[p%3], 1+p/3%19, p/57%10, "ABDEFGHJLN"[p/570%10], "PQRSTUWXYZ"[p/5700%10])}
		}
		rec := house
		if r.IntN(4) == 0 {
			rec.Surname = title(surnames[skewed(r, len(surnames))])
		}
		rec.System, rec.SourceID = "TEST", fmt.Sprint(i)
		rec.Forename = title(given[skewed(r, len(given))])
		rec.Born = reeve.Date{Year: int16(1930 + r.IntN(80)), Month: int8(1 + r.IntN(12)), Day: int8(1 + r.IntN(28))}
		rec.NINO = fmt.Sprintf("ZZ%06d%c", r.IntN(1000000), 'A'+rune(r.IntN(4)))
		rec.NHS = fmt.Sprintf("999%07d", r.IntN(10000000))
		rec.Email = fmt.Sprintf("%s.%d@example.org", strings.ToLower(rec.Forename), i)
		rec.Phone = fmt.Sprintf("07700 900%03d", r.IntN(1000))
		rec.UPRN = fmt.Sprint(100000000 + i/2)
		rec.Refs = []reeve.Ref{{Kind: reeve.KindCouncilTaxRef, Header: "ct_ref", Value: fmt.Sprintf("5%09d", i*7)}}
		records[i] = rec
	}
	return records
}

// vocabulary is a stand-in of the size that detectors have.
func vocabulary() []Word {
	text := "domestic abuse\ndepress*\nchild protection\nsection 47\nasylum\nhousing benefit\nmental health\ndiabet*\ncancer\ndisab*\nuniversal credit\nlooked after child\nsafeguarding\npregnan*\nHIV positive\nrent arrears\neviction notice\nhomeless*\nnational insurance number\ndate of birth\nNHS number\nsort code\naccount number\nno recourse to public funds\nschizophren*\ntrade union\nblue badge\ncriminal conviction*\nprobation officer\npassword\nsocial worker"
	var words []Word
	for i, line := range strings.Split(text, "\n") {
		words = append(words, Word{uint32(i), line})
	}
	for i := range 800 {
		words = append(words, Word{uint32(1000 + i), fmt.Sprintf("%s of %s", streetPool[i%len(streetPool)], streetPool[i*7%len(streetPool)])})
	}
	return words
}

func edgeCases(tb testing.TB) (cases [][]reeve.Address) {
	text, err := os.ReadFile(formattest.Corpus(tb, "link", "addresses", "edge_case_addresses.yaml"))
	if err != nil {
		tb.Fatal(err)
	}
	flat := strings.ReplaceAll(strings.ReplaceAll(string(text), "\n          ", " "), "\n        ]", " ]")
	flat = strings.ReplaceAll(flat, "canonical_addresses:\n", "")
	flat = strings.ReplaceAll(flat, "messy_address:\n      [", "messy_address: [")
	for _, line := range strings.Split(flat, "\n") {
		from, to := strings.Index(line, "["), strings.LastIndex(line, "]")
		if from < 0 || to < from || strings.HasPrefix(strings.TrimSpace(line), "#") {
			continue
		}
		parts, err := csv.NewReader(strings.NewReader(strings.Trim(strings.ReplaceAll(line[from+1:to], "\", \"", "\",\""), " ,"))).Read()
		if err != nil {
			tb.Fatalf("read edge case: %v", err)
		}
		a := ParseAddress(parts...)
		if strings.Contains(line, "messy_address") {
			cases = append(cases, nil)
		}
		cases[len(cases)-1] = append(cases[len(cases)-1], a)
	}
	return cases
}
