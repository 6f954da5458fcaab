package sweep

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"os"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/sandbox"
)

// keeper receives the frames of one document: it scans and keeps its blocks,
// spools its members, and writes its row at the end.
type keeper struct {
	run     *run
	task    *task
	item    int64
	claim   claim
	scan    *scanner
	blocks  uint32
	members int
	open    *member
	outcome reeve.Outcome
	ended   bool
	fault   error // of the machine: the run must stop
}

// member is one member while its bytes arrive.
type member struct {
	name    string
	own     *reeve.Outcome // set when it could not be unpacked whole
	hash    hash.Hash
	size    int64
	spool   *os.File
	partial bool
}

func (r *run) newKeeper(t *task, item int64, c claim) *keeper {
	k := &keeper{run: r, task: t, item: item, claim: c}
	if c.stale {
		r.writer.clear(c.id)
	}
	if !c.again {
		k.scan = r.newScanner(c.id, t.digest)
	}
	return k
}

// frame is the pool's callback. An error it returns stops the reader; the
// first frame that arrives again after a retry starts the document anew.
func (k *keeper) frame(kind byte, payload []byte) error {
	var err error
	switch kind {
	case sandbox.Restart:
		k.restart()
	case frameBlock:
		err = k.block(payload)
	case frameMember:
		err = k.begin(payload)
	case frameData:
		err = k.data(payload)
	case frameEnd:
		err = k.end(payload)
	case frameOutcome:
		err = json.Unmarshal(payload, &k.outcome)
		k.ended = true
	default:
		err = fmt.Errorf("reader sent an unknown frame")
	}
	if err != nil && k.fault == nil {
		k.fault = err
	}
	return err
}

// restart forgets what the first attempt sent: its reader died, and another
// begins from the start.
func (k *keeper) restart() {
	k.closeMember()
	k.blocks, k.members, k.outcome, k.ended = 0, 0, reeve.Outcome{}, false
	if !k.claim.again {
		k.run.writer.clear(k.claim.id)
		k.scan = k.run.newScanner(k.claim.id, k.task.digest)
	}
}

// closeMember drops a member of which not all bytes came.
func (k *keeper) closeMember() {
	if k.open != nil && k.open.spool != nil {
		k.open.spool.Close()
		os.Remove(k.open.spool.Name())
	}
	k.open = nil
}

func (k *keeper) block(payload []byte) error {
	if k.claim.again {
		return nil
	}
	b, err := decodeBlock(payload)
	if err != nil {
		return err
	}
	n := k.blocks
	k.blocks++
	k.run.progress.text(len(payload))
	k.run.writer.content(k.claim.id, n, b.Layer, deflateBlock(payload))
	return k.scan.block(n, b)
}

func (k *keeper) begin(payload []byte) error {
	var head memberHead
	if err := json.Unmarshal(payload, &head); err != nil {
		return fmt.Errorf("read member: %w", err)
	}
	k.open = &member{name: head.Name, own: head.Outcome, hash: sha256.New()}
	return nil
}

func (k *keeper) data(payload []byte) error {
	m := k.open
	if m == nil {
		return errors.New("reader sent bytes of no member")
	}
	if m.spool == nil {
		f, err := os.CreateTemp(k.run.c.spool(), "m")
		if err != nil {
			return spoolError(err)
		}
		m.spool = f
	}
	m.hash.Write(payload)
	m.size += int64(len(payload))
	if _, err := m.spool.Write(payload); err != nil {
		return spoolError(err)
	}
	return nil
}

func spoolError(err error) error {
	return reeve.WithHint(fmt.Errorf("unpack into the case folder: %w", stripPath(err)),
		"Free some space on the case's disk and run the same command again: it goes on where it stopped.")
}

// stripPath keeps the operating system's words and leaves the path out.
func stripPath(err error) error {
	var pe *os.PathError
	if errors.As(err, &pe) {
		return pe.Err
	}
	return err
}

func (k *keeper) end(payload []byte) error {
	m := k.open
	k.open = nil
	if m == nil {
		return errors.New("reader closed no member")
	}
	var end memberEnd
	if err := json.Unmarshal(payload, &end); err != nil {
		return fmt.Errorf("read member: %w", err)
	}
	if end.Outcome != nil && m.own == nil {
		m.own, m.partial = end.Outcome, true
	}
	return k.queue(m)
}

// queue gives a member its rows and, when there are bytes to read, its turn.
func (k *keeper) queue(m *member) error {
	t := &task{exhibit: k.task.exhibit, path: k.task.path + "!/" + m.name, parent: k.item, size: m.size,
		ancestry: append(k.task.ancestry[:len(k.task.ancestry):len(k.task.ancestry)], k.task.digest), budget: k.task.budget}
	if m.spool != nil {
		t.disk, t.spooled = m.spool.Name(), true
		if err := m.spool.Close(); err != nil {
			return spoolError(err)
		}
	}
	k.task.budget.spend(m.size, 1)
	k.members++
	whole := m.own == nil
	if whole || m.partial && m.size > 0 {
		t.digest = hex.EncodeToString(m.hash.Sum(nil))
	}
	if !k.claim.again {
		k.run.writer.member(k.claim.id, k.members, m.name, t.digest, m.size, m.own)
	}
	switch {
	case whole && m.spool == nil: // an empty member: nothing to read
		f, err := os.CreateTemp(k.run.c.spool(), "m")
		if err != nil {
			return spoolError(err)
		}
		f.Close()
		t.disk, t.spooled = f.Name(), true
		k.run.push(t)
	case t.digest != "":
		t.cut = m.own
		k.run.push(t)
	default:
		t.discard()
		k.run.keep(itemRow(t, m.own))
	}
	return nil
}

// abandon drops what was kept of a document that was not finished; its rows
// are cleared by the next run.
func (k *keeper) abandon() {
	k.closeMember()
	k.run.docs.release(k.task.digest)
}

// finish writes the document's row: from here on its bytes are known.
func (k *keeper) finish() error {
	k.closeMember() // if the reader died in the middle of one
	if k.claim.again {
		k.run.docs.finished(k.task.digest, k.claim.id, k.outcome)
		return nil
	}
	if err := k.scan.close(); err != nil {
		return err
	}
	if !k.ended && k.blocks > 0 {
		k.outcome.Status = reeve.StatusPartlyRead
	}
	if k.scan.broken && k.outcome.Status == reeve.StatusRead {
		k.outcome.Status, k.outcome.Reason, k.outcome.Detail = reeve.StatusPartlyRead, reeve.ReasonCrash, "a detector failed on part of it"
	}
	k.outcome.Container = k.outcome.Container || k.members > 0
	k.run.writer.document(k.claim.id, k.task.digest, k.task.size, k.outcome, int(k.blocks), k.run.fingerprint, k.run.secrets)
	k.run.docs.finished(k.task.digest, k.claim.id, k.outcome)
	k.run.progress.item(k.task.size)
	return nil
}
