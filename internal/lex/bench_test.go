package lex

import (
	"fmt"
	"runtime"
	"testing"
)

// BenchmarkScan scans office mail, with its own planted mentions a kilobyte
// apart, for registers of three sizes.
func BenchmarkScan(b *testing.B) {
	text := haystack(b, 8<<20)
	for _, n := range []int{0, 30_000, 300_000} {
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			records := register(n, 1)
			ix := Compile(records, vocabulary())
			hay, _ := plant(text, records, 2, 4096)
			marks := ix.Scan(hay, nil)
			b.SetBytes(int64(len(hay)))
			b.ReportAllocs()
			b.ResetTimer()
			for range b.N {
				marks = ix.Scan(hay, marks[:0])
			}
			b.ReportMetric(float64(len(marks))/float64(len(hay))*1000, "marks/kB")
		})
	}
}

// BenchmarkCompile makes the index of 300,000 people and reports what it keeps.
func BenchmarkCompile(b *testing.B) {
	records, words := register(300_000, 1), vocabulary()
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	var ix *Index
	for range b.N {
		ix = Compile(records, words)
	}
	b.StopTimer()
	runtime.GC()
	runtime.ReadMemStats(&after)
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/1e6, "MB-kept")
	runtime.KeepAlive(ix)
	runtime.KeepAlive(records)
}
