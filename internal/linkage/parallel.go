package linkage

import (
	"context"
	"runtime"
	"sync"
	"sync/atomic"
)

// chunk is the number of profiles a worker takes at a time.
const chunk = 2048

// ranges runs work over 0..n in chunks on several goroutines. Each worker has
// its own state from start; results must go to places that depend on the index
// alone, so that the number of workers cannot change them.
func ranges[S any](ctx context.Context, n, workers int, start func() S, work func(state S, from, to int)) error {
	if workers <= 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	workers = max(1, min(workers, (n+chunk-1)/chunk))
	var next atomic.Int64
	var wait sync.WaitGroup
	for range workers {
		wait.Go(func() {
			state := start()
			for ctx.Err() == nil {
				from := int(next.Add(chunk)) - chunk
				if from >= n {
					return
				}
				work(state, from, min(from+chunk, n))
			}
		})
	}
	wait.Wait()
	return ctx.Err()
}
