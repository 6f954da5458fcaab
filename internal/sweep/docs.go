package sweep

import (
	"crypto/sha256"
	"encoding/hex"
	"sync"

	"github.com/reeve-council/reeve"
)

// docs knows every document of the case by digest, and who is reading which,
// so that no bytes are read twice however many copies there are.
type docs struct {
	mu     sync.Mutex
	known  map[sum]*docState
	nextID int64
}

// sum is a SHA-256 in 32 bytes, as maps of a million keep it; the zero sum
// stands for bytes that could not be had.
type sum [sha256.Size]byte

func sumOf(digest string) (s sum) {
	if _, err := hex.Decode(s[:], []byte(digest)); err != nil {
		return sum{}
	}
	return s
}

type docState struct {
	id        int64
	done      bool // read, and its row kept
	busy      bool
	container bool
	whole     bool // a container all of whose members are known to be done
	retry     bool // to be read again: timed out, or encrypted and there are new passwords
}

// claim is the answer to "may I read these bytes?".
type claim struct {
	id    int64
	done  bool // nothing to do: known, or somebody is reading them
	again bool // known, but unpack again: members were lost with the last run
	stale bool // rows of an earlier attempt must be cleared first
}

// claim gives a document to one reader.
func (d *docs) claim(digest string) claim {
	d.mu.Lock()
	defer d.mu.Unlock()
	key := sumOf(digest)
	s, ok := d.known[key]
	switch {
	case !ok:
		d.nextID++
		d.known[key] = &docState{id: d.nextID, busy: true}
		return claim{id: d.nextID}
	case s.busy:
		return claim{id: s.id, done: true}
	case s.done && s.retry:
		s.busy = true
		return claim{id: s.id, stale: true}
	case s.done && s.container && !s.whole:
		s.busy = true
		return claim{id: s.id, again: true}
	case s.done:
		return claim{id: s.id, done: true}
	}
	s.busy = true
	return claim{id: s.id, stale: true}
}

// finished notes that a document has been read in this run.
func (d *docs) finished(digest string, id int64, o reeve.Outcome) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.known[sumOf(digest)] = &docState{id: id, done: true, container: o.Container, whole: true}
}

// release gives a document back unread.
func (d *docs) release(digest string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if s, ok := d.known[sumOf(digest)]; ok {
		s.busy = false
	}
}

// complete reports whether a document and everything in it has been read.
func (d *docs) complete(digest sum) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	s, ok := d.known[digest]
	return ok && s.done && !s.retry && (!s.container || s.whole)
}

// settle works out, from the members of every container, which containers are
// whole: a kill between a container's row and its members' leaves it to be
// unpacked again.
func (d *docs) settle(members map[int64][]sum) {
	state := make(map[sum]int) // 1 being looked at, 2 whole, 3 not
	var whole func(sum) bool
	whole = func(digest sum) bool {
		if digest == (sum{}) {
			return true
		}
		switch state[digest] {
		case 1, 2:
			return true
		case 3:
			return false
		}
		s, ok := d.known[digest]
		if !ok || !s.done {
			state[digest] = 3
			return false
		}
		state[digest] = 1
		good := true
		for _, m := range members[s.id] {
			good = whole(m) && good
		}
		s.whole = good
		state[digest] = 2
		if !good {
			state[digest] = 3
		}
		return good
	}
	for digest := range d.known {
		whole(digest)
	}
}
