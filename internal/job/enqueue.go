package job

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

// Enqueue puts a job of a kind into the queue, in the caller's transaction, and
// gives its number; args are kept as JSON, at most 64 KiB. When a job with the
// same key waits already, its number is given and nothing is changed.
func Enqueue(tx *db.Tx, kind string, args any, opt ...Option) (int64, error) {
	o := order{}
	for _, set := range opt {
		set(&o)
	}
	id, err := enqueue(tx, kind, args, o, time.Now())
	if err != nil {
		return 0, fmt.Errorf("enqueue %s: %w", kind, err)
	}
	return id, nil
}

func enqueue(tx *db.Tx, kind string, args any, o order, now time.Time) (int64, error) {
	if kind == "" {
		return 0, fmt.Errorf("a job without a kind: %w", reeve.Invalid)
	}
	text, err := json.Marshal(args)
	if err != nil {
		return 0, fmt.Errorf("arguments that are no JSON: %w", reeve.Invalid)
	}
	if len(text) > maxArgs {
		return 0, fmt.Errorf("arguments of %d bytes, at most %d: %w", len(text), maxArgs, reeve.Invalid)
	}
	due := max(now.Unix(), o.after.Unix())
	for range 100 {
		// Insert does nothing both when the key waits and, once in a very long
		// while, when the number is taken; asking for the key tells which.
		id := number(now)
		added, err := insert(tx, id, kind, o.key, string(text), due, now.Unix())
		if err != nil || added {
			return id, err
		}
		if o.key == "" {
			continue
		}
		id, err = waitingWith(tx, kind, o.key)
		if !errors.Is(err, reeve.NotFound) { // not there: it has begun meanwhile
			return id, err
		}
	}
	return 0, fmt.Errorf("no free number: %w", reeve.Unavailable)
}

// number gives a job number: the millisecond and ten random bits. It grows with
// time, needs no counter that transactions would wait for, and stays below 2^53,
// which JSON numbers hold exactly.
func number(now time.Time) int64 {
	return now.UnixMilli()<<10 | rand.Int64N(1<<10)
}
