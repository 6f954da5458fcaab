package detect

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/formattest"
	"github.com/reeve-council/reeve/internal/lex"
)

// column reads the first field of a tab-separated list, at most n rows.
func firstFields(tb testing.TB, file string, n int) []string {
	data, err := os.ReadFile(file)
	if err != nil {
		tb.Fatal(err)
	}
	var out []string
	for i, line := range strings.Split(string(data), "\n") {
		if w, _, ok := strings.Cut(line, "\t"); ok && i > 0 && len(out) < n {
			out = append(out, strings.ToUpper(w[:1])+strings.ToLower(w[1:]))
		}
	}
	return out
}

// residents are n invented people whose names are as frequent as names are.
func residents(tb testing.TB, n int) []reeve.Record {
	given := firstFields(tb, formattest.Corpus(tb, "names", "ons-given-names.tsv"), 8000)
	family := firstFields(tb, formattest.Corpus(tb, "names", "us-census-1990-surnames.tsv"), 20000)
	state := uint64(7)
	next := func(limit int) int {
		state = state*6364136223846793005 + 1442695040888963407
		return int(state >> 33 % uint64(limit))
	}
	skewed := func(limit int) int { return next(next(limit) + 1) }
	out := make([]reeve.Record, n)
	for i := range out {
		out[i] = reeve.Record{System: "T", SourceID: fmt.Sprint(i), Forename: given[skewed(len(given))], Surname: family[skewed(len(family))],
			Born: reeve.Date{Year: int16(1930 + next(80)), Month: int8(1 + next(12)), Day: int8(1 + next(28))},
			NINO: fmt.Sprintf("AA%06d%c", next(1000000), 'A'+rune(next(4))), NHS: fmt.Sprintf("999%07d", next(10000000)),
			Address: []string{fmt.Sprintf("%d %s Road", 1+next(180), family[next(2000)])}, Postcode: fmt.Sprintf("W%d %d%c%c", 1+next(14), next(10), "ABDEFGHJLN"[next(10)], "PQRSTUWXYZ"[next(10)]),
			Refs: []reeve.Ref{{Kind: reeve.KindCouncilTaxRef, Header: "ct_ref", Value: fmt.Sprintf("5%09d", i*7)}}}
	}
	return out
}

func cpu() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// mail is real office mail, about limit bytes, in blocks.
func mail(tb testing.TB, limit int) []string {
	files, _ := filepath.Glob(filepath.Join(formattest.Corpus(tb, "prose", "enron"), "*"))
	var out []string
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil || limit <= 0 {
			continue
		}
		data = data[:min(len(data), limit, reeve.MaxBlockText)]
		limit -= len(data)
		out = append(out, string(data))
	}
	return out
}

// bodies leaves the header lines out, which are all names and addresses.
func bodies(blocks []string) []string {
	out := make([]string, len(blocks))
	for i, t := range blocks {
		var body strings.Builder
		for line := range strings.SplitAfterSeq(t, "\n") {
			switch head, _, _ := strings.Cut(line, ":"); head {
			case "From", "To", "Cc", "Bcc", "Subject", "Date", "Sent", "cc", "X-To", "X-From":
			default:
				body.WriteString(line)
			}
		}
		out[i] = body.String()
	}
	return out
}

// BenchmarkMail is the scan and the findings of office mail, with its header
// lines and without, for a register of 300,000 people.
func BenchmarkMail(b *testing.B) {
	whole := mail(b, 8<<20)
	ix := lex.Compile(residents(b, 300_000), testSet().Words())
	b.Run("whole", func(b *testing.B) { benchmarkText(b, ix, whole) })
	b.Run("bodies", func(b *testing.B) { benchmarkText(b, ix, bodies(whole)) })
}

func benchmarkText(b *testing.B, ix *lex.Index, blocks []string) {
	size := 0
	for _, t := range blocks {
		size += len(t)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	b.ResetTimer()
	start := cpu()
	found := 0
	for range b.N {
		for _, t := range blocks {
			found += len(testSet().Open(ix).Block(0, &reeve.Block{Text: t}))
		}
	}
	b.ReportMetric(float64(size)*float64(b.N)/1e6/(cpu()-start).Seconds(), "MB/cpu-s")
	b.ReportMetric(float64(found)/float64(b.N)/float64(size)*1e6, "findings/MB")
}

// BenchmarkScanOnly is the scan alone, to tell what the findings cost.
func BenchmarkScanOnly(b *testing.B) {
	blocks := bodies(mail(b, 8<<20))
	ix := lex.Compile(residents(b, 300_000), testSet().Words())
	var marks []lex.Mark
	size := 0
	for _, t := range blocks {
		size += len(t)
	}
	b.SetBytes(int64(size))
	b.ResetTimer()
	start := cpu()
	n := 0
	for range b.N {
		for _, t := range blocks {
			marks = ix.Scan(t, marks[:0])
			n += len(marks)
		}
	}
	b.ReportMetric(float64(size)*float64(b.N)/1e6/(cpu()-start).Seconds(), "MB/cpu-s")
	b.ReportMetric(float64(n)/float64(b.N)/float64(size)*1e3, "marks/kB")
}

// BenchmarkTable is a table of a thousand rows and ten columns.
func BenchmarkTable(b *testing.B) {
	people := residents(b, 1000)
	rows := [][]string{{"Ref", "Surname", "Forename", "DOB", "NI No", "NHS No", "Address", "Postcode", "Arrears", "Notes"}}
	size := 0
	for i, r := range people {
		row := []string{fmt.Sprintf("2280%06d", i), r.Surname, r.Forename, r.Born.String(), r.NINO, "943 476 5919", r.Address[0], r.Postcode, "12.50", "Rent paid by standing order each month, no contact needed"}
		for _, c := range row {
			size += len(c) + 1
		}
		rows = append(rows, row)
	}
	ix := lex.Compile(people, testSet().Words())
	block := &reeve.Block{Rows: rows[:1000], Table: 1, First: 1}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	b.ResetTimer()
	start := cpu()
	for range b.N {
		testSet().Open(ix).Block(0, block)
	}
	b.ReportMetric(float64(size)*float64(b.N)/1e6/(cpu()-start).Seconds(), "MB/cpu-s")
}

// TestFalseAlarms counts what office mail that is nobody's council file gives at
// B: there is no true National Insurance number, no sort code and no NHS number in
// it. (Its passwords are true ones, and so are its e-mail addresses.) The text
// itself is never shown.
func TestFalseAlarms(t *testing.T) {
	if testing.Short() {
		t.Skip("reads some megabytes")
	}
	blocks := mail(t, 6<<20)
	ix := lex.Compile(residents(t, 30_000), testSet().Words())
	count := map[reeve.Kind]int{}
	byConf := map[string]int{}
	size := 0
	for _, text := range blocks {
		size += len(text)
		for _, f := range testSet().Open(ix).Block(0, &reeve.Block{Text: text}) {
			byConf[string(f.Kind)+"/"+f.Confidence.String()]++
			if f.Confidence == reeve.ConfidenceB && len(f.Records) == 0 {
				count[f.Kind]++
			}
		}
	}
	mb := float64(size) / 1e6
	t.Logf("%.1f MB; at B: %v; all: %v", mb, count, byConf)
	for _, d := range detectors {
		if d.formed() && d.Kind != reeve.KindEmail && d.Kind != reeve.KindPhone && d.Kind != reeve.KindCredential && float64(count[d.Kind]) > 2*mb {
			t.Errorf("%s: %d at B in %.1f MB", d.Kind, count[d.Kind], mb)
		}
	}
}
