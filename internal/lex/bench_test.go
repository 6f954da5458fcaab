package lex

import (
	"fmt"
	"runtime"
	"syscall"
	"testing"
	"time"
)

// cpu is the processor time of the process: on a busy machine it says more than
// the clock.
func cpu() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

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
			runtime.GC()
			b.ResetTimer()
			start := cpu()
			for range b.N {
				marks = ix.Scan(hay, marks[:0])
			}
			b.ReportMetric(float64(len(hay))*float64(b.N)/1e6/(cpu()-start).Seconds(), "MB/cpu-s")
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
	start := cpu()
	for range b.N {
		ix = Compile(records, words)
	}
	b.StopTimer()
	b.ReportMetric((cpu()-start).Seconds()/float64(b.N), "cpu-s/op")
	runtime.GC()
	runtime.ReadMemStats(&after)
	b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/1e6, "MB-kept")
	runtime.KeepAlive(ix)
	runtime.KeepAlive(records)
}
