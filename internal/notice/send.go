package notice

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/job"
	"github.com/reeve-council/reeve/internal/record"
)

const (
	sendPage    = 40               // messages that are marked as leaving at once
	sendWorkers = 4                // messages that are handed over at once
	longestWait = time.Minute      // a longer wait is the queue's
	handTime    = 25 * time.Second // for one hand-over
)

// sender is one go of handing over the messages of a run. Two of them never
// hand over the same message: each marks its own before.
type sender struct {
	m       *Room
	run     run
	channel Channel
	id      string
	tests   bool        // test messages alone
	claimed time.Time   // when the messages in hand were marked
	crowded atomic.Bool // another run is telling somebody of them at this moment
	pace    pace
}

// errLater ends a go that has to wait longer than it may hold a worker.
type errLater struct{ at time.Time }

func (e errLater) Error() string { return "the rest leaves later" }

// sendRun hands over what is left of a run. It may die at any moment: what it
// was handing over then is looked up by the next one before anything is tried
// again.
func (m *Room) sendRun(ctx context.Context, w *job.Work) error {
	var args runArgs
	if err := json.Unmarshal(w.Args, &args); err != nil {
		return job.Refuse(fmt.Errorf("send run: %w", reeve.Invalid))
	}
	err := m.send(ctx, args.Run)
	var later errLater
	if !errors.As(err, &later) {
		if err != nil && (errors.Is(err, reeve.Denied) || w.Attempt >= sendAttempts) {
			return m.pauseStuck(ctx, args.Run, err)
		}
		return err
	}
	return m.db.WriteDurable(ctx, func(tx *db.Tx) error {
		_, err := job.Enqueue(tx, sendJob, args, runKey(args.Run), job.After(later.at))
		return err
	})
}

// pauseStuck pauses a run that cannot go on by itself, and says why: nobody looks
// at jobs, and a run that says that it is being sent and is not tells nobody.
func (m *Room) pauseStuck(ctx context.Context, id int64, trouble error) error {
	why := cmp.Or(troubleWords[troubleName(trouble)], troubleWords[troubleOther]) + "."
	if hint := reeve.HintOf(trouble); hint != "" {
		why += " To mend it: " + hint + "."
	}
	paused := false
	err := m.keep(ctx, func(tx *db.Tx) (record.Leaf, error) {
		r, err := readRun(tx, id)
		if err != nil || r.State != Sending {
			return record.Leaf{}, err
		}
		paused = true
		return record.Leaf{Verb: "pause", Object: runObject(id), Line: "The run was paused: it could not go on by itself"}, moveRun(tx, &r, Paused, why, m.Now().Unix())
	})
	if err == nil && !paused {
		return trouble
	}
	return err
}

// send works until nothing is left, the run is paused or stopped, or the channel
// takes no more for longer than a minute.
func (m *Room) send(ctx context.Context, id int64) error {
	s := &sender{m: m, id: newReference()}
	err := m.db.Read(ctx, func(tx *db.Tx) (err error) { s.run, err = readRun(tx, id); return err })
	if err != nil || s.run.Way.byPeople() || !slices.Contains([]State{Sending, Signed, Stopped}, s.run.State) {
		return err
	}
	s.tests = s.run.State == Signed
	if s.channel, err = m.channel(s.run.Channel); err != nil {
		return err
	}
	s.pace = pace{most: s.channel.Limits().Minute}
	for {
		done, err := s.round(ctx)
		if done || err != nil {
			return err
		}
	}
}

// round looks up what is in doubt, hands over the next messages, and tells
// whether nothing is left.
func (s *sender) round(ctx context.Context) (done bool, err error) {
	doubts, err := s.settle(ctx)
	if err != nil {
		return false, err
	}
	state, err := s.state(ctx)
	if err != nil || state != s.run.State {
		return true, err
	}
	if state == Stopped { // nothing leaves; what was leaving is looked up
		return doubts == 0, pause(ctx, 200*time.Millisecond)
	}
	if err := s.quota(ctx); err != nil {
		return false, s.hold(ctx, err)
	}
	var all []frozenMessage
	err = s.m.db.WriteDurable(ctx, func(tx *db.Tx) (err error) {
		s.claimed = time.Now()
		all, err = claim(tx, s.run.ID, s.tests, s.id, s.claimed.Unix(), s.room())
		return err
	})
	if err != nil {
		return false, err
	}
	if len(all) == 0 {
		if doubts > 0 {
			return false, pause(ctx, 200*time.Millisecond)
		}
		return s.end(ctx)
	}
	results, waits := s.handOver(ctx, all)
	if err := s.keep(ctx, results); err != nil {
		return false, err
	}
	if s.crowded.Swap(false) { // not in step with the other run
		if err := pause(ctx, 50*time.Millisecond+rand.N(meeting)); err != nil {
			return false, err
		}
	}
	return false, s.hold(ctx, waits)
}

// late tells whether what is in hand may not be handed over any more, by the
// clock that was written down and by the one that nobody sets: a machine that
// slept knows it by the first, one whose clock was set back by the second.
func (s *sender) late() bool {
	now := time.Now()
	return max(now.Sub(s.claimed), now.Round(0).Sub(s.claimed.Round(0))) > s.mayHand()
}

// room is how many messages may be marked now: no more than the day still takes.
func (s *sender) room() int { return min(sendPage, s.pace.left) }

// state reads where the run stands.
func (s *sender) state(ctx context.Context) (st State, err error) {
	err = s.m.db.Read(ctx, func(tx *db.Tx) error {
		r, err := readRun(tx, s.run.ID)
		st = r.State
		return err
	})
	return st, err
}

// quota counts what left today, by the channel's clock; Wait until midnight when
// the day is full.
func (s *sender) quota(ctx context.Context) error {
	now := s.channel.Now().UTC()
	var all, ofRun int64
	err := s.m.db.Read(ctx, func(tx *db.Tx) (err error) {
		all, ofRun, err = leftOn(tx, s.run.Channel, s.run.Way, now.Format(time.DateOnly), s.run.ID)
		return err
	})
	if err != nil {
		return err
	}
	s.pace.left = sendPage
	day := int64(s.channel.Limits().day(s.run.Way))
	if day > 0 {
		s.pace.left = int(min(int64(s.pace.left), day-all))
	}
	if s.run.Quota > 0 && !s.tests {
		s.pace.left = int(min(int64(s.pace.left), s.run.Quota-ofRun))
	}
	if s.pace.left <= 0 {
		return Wait{now.Truncate(24 * time.Hour).Add(24 * time.Hour), "the quota of the day"}
	}
	return nil
}

// hold waits as a channel asks; what takes longer is left to the queue.
func (s *sender) hold(ctx context.Context, err error) error {
	var w Wait
	if !errors.As(err, &w) {
		return err
	}
	d := max(s.channel.Wait(w.Until), 0)
	if d > longestWait {
		return errLater{time.Now().Add(d)}
	}
	return pause(ctx, d)
}

func pause(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}

// handOver hands messages over, some at once. The error is what stopped it: a
// Wait, or trouble after which the rest goes back.
func (s *sender) handOver(ctx context.Context, all []frozenMessage) ([]result, error) {
	results := make([]result, len(all))
	var mu sync.Mutex
	var stop error
	var wait sync.WaitGroup
	for k := range sendWorkers {
		wait.Go(func() {
			for i := k; i < len(all); i += sendWorkers {
				mu.Lock()
				stopped := stop
				mu.Unlock()
				x := &all[i]
				if stopped != nil || ctx.Err() != nil {
					results[i] = s.back(x)
					continue
				}
				r, err := s.handOne(ctx, x)
				results[i] = r
				if err != nil {
					mu.Lock()
					stop = err
					mu.Unlock()
				}
			}
		})
	}
	wait.Wait()
	return results, stop
}

// back is the result of a message that goes back to the list.
func (s *sender) back(x *frozenMessage) result {
	return result{n: x.N, person: x.Recipient.Person, ref: x.Recipient.Reference, holder: s.id, state: msgReady}
}

// handOne asks the guard, makes the message, and hands it over.
func (s *sender) handOne(ctx context.Context, x *frozenMessage) (result, error) {
	out := s.back(x)
	reason, ok, back, err := s.ask(ctx, x)
	if err != nil || !ok {
		if err == nil && !back {
			out.state = "" // not ours any more: its state is somebody else's to write
		}
		return out, err
	}
	if reason != "" {
		out.state, out.why = msgRefused, string(reason)
		return out, nil
	}
	p, err := s.run.render(x)
	if err != nil {
		out.state, out.why = msgRefused, faultName(err)
		return out, nil
	}
	if err := s.pace.wait(ctx, s.channel); err != nil || s.late() {
		return out, err
	}
	hand, cancel := context.WithTimeout(ctx, handTime)
	defer cancel()
	receipt, err := s.channel.Send(hand, p)
	s.m.watch.note(s.run.Channel, err, s.m.Now().Unix())
	out.sides = int64(p.Sides)
	var refusal Refusal
	switch {
	case err == nil:
		out.state, out.receipt = msgLeft, receipt
	case errors.As(err, &refusal):
		out.state, out.why = msgRefused, refusal.Name
		return out, nil
	case errors.Is(err, ErrUnsure):
		out.state = msgLeaving // looked up when that is settled
		return out, nil
	}
	return out, err
}

// ask rules on one message as it leaves. ok is false when it may not be handed
// over now; back tells whether this sender must give it back then.
func (s *sender) ask(ctx context.Context, x *frozenMessage) (reason Reason, ok, back bool, err error) {
	err = s.m.db.Read(ctx, func(tx *db.Tx) error {
		owned, sends, err := mine(tx, s.run.ID, x.N, s.id)
		if ok = owned && sends; err != nil || !ok || x.test() {
			back = owned
			return err
		}
		if !s.run.Kind.named() {
			reason, err = askHome(tx, &s.run, x)
			return err
		}
		if reason, err = s.m.standsAgainst(tx, &s.run, x); err != nil || reason != Told || x.Attempts >= mostMeetings {
			return err
		}
		met, err := meets(tx, x)
		if met {
			s.crowded.Store(true)
			reason, ok, back = "", false, true
		}
		return err
	})
	return reason, ok, back, err
}

// Two runs that tell one person at the same moment each see that the other is
// about to: both give way, and try again a little later, not in step, so that one
// of them tells the person and the other finds them told.
const (
	meeting      = 400 * time.Millisecond
	mostMeetings = 30
)

// keep writes what became of messages, in one leaf of the record.
func (s *sender) keep(ctx context.Context, all []result) error {
	var written []result
	left, refused := 0, 0
	for _, x := range all {
		if x.state == "" {
			continue
		}
		written = append(written, x)
		if x.state == msgLeft {
			left++
		}
		if x.state == msgRefused {
			refused++
		}
	}
	if len(written) == 0 {
		return nil
	}
	// What was handed over is written even when the process is told to end.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	return s.m.keep(ctx, func(tx *db.Tx) (record.Leaf, error) {
		if err := keepResults(tx, s.run.ID, written, s.m.Now().Unix()); err != nil {
			return record.Leaf{}, err
		}
		if left+refused == 0 {
			return record.Leaf{}, nil
		}
		return record.Leaf{Verb: "send", Object: runObject(s.run.ID), Line: fmt.Sprintf("%d messages left by %s, %d were refused; digest of the references %s", left, s.run.Channel, refused, digestOf(written))}, nil
	})
}

// mayHand is how long after it was marked a message may be handed over; later it
// goes back first. So the moment from which it can be looked up follows from when
// it was marked, which is written down, and not from when it was handed over,
// which dies with the process.
func (s *sender) mayHand() time.Duration {
	if d := s.channel.Limits().Settle / 3; d > 0 {
		return d
	}
	return handTime
}

// settle looks up what another sender was handing over when it ended, once
// nothing of that can still be taken. It tells how much is still in doubt.
func (s *sender) settle(ctx context.Context) (doubts int, err error) {
	var all []strayed
	err = s.m.db.Read(ctx, func(tx *db.Tx) (err error) {
		all, err = doubtful(tx, s.run.ID, s.id, sendPage)
		return err
	})
	if err != nil {
		return 0, err
	}
	var results []result
	settled := time.Now().Add(-cmp.Or(s.channel.Limits().Settle, handTime) - s.mayHand() - time.Second)
	for i := range all {
		if !time.Unix(all[i].claimed, 0).Before(settled) {
			doubts++
			continue
		}
		r, err := s.lookUp(ctx, &all[i])
		if err != nil {
			return doubts, err
		}
		results = append(results, r)
	}
	return doubts, s.keep(ctx, results)
}

// lookUp asks the channel what became of a reference.
func (s *sender) lookUp(ctx context.Context, x *strayed) (result, error) {
	out := result{n: x.N, person: x.Recipient.Person, ref: x.Recipient.Reference, sides: x.Sides, holder: x.holder}
	keeps := s.channel.Limits().Keeps
	receipt, err := s.channel.Find(ctx, x.Recipient.Reference)
	switch {
	case err == nil:
		out.state, out.receipt = msgLeft, receipt
	case errors.Is(err, reeve.NotFound) && keeps > 0 && time.Since(time.Unix(x.claimed, 0)) > keeps:
		out.state, out.why = msgUnsure, "the channel does not keep messages for so long" // somebody has to decide
	case errors.Is(err, reeve.NotFound):
		out.state = msgReady
	case errors.Is(err, reeve.Unavailable) && s.channel.Limits().Settle == 0:
		out.state, out.why = msgUnsure, "the channel cannot be asked" // somebody has to decide
	default:
		return out, err
	}
	return out, nil
}

// end closes a run of which nothing is left.
func (s *sender) end(ctx context.Context) (bool, error) {
	if s.tests {
		return true, nil
	}
	return true, s.m.keep(ctx, func(tx *db.Tx) (record.Leaf, error) {
		r, err := readRun(tx, s.run.ID)
		if err != nil || r.State != Sending {
			return record.Leaf{}, err
		}
		ready, leaving, err := waiting(tx, r.ID, false)
		if err != nil || ready+leaving > 0 {
			return record.Leaf{}, err
		}
		return record.Leaf{Verb: "finish", Object: runObject(r.ID), Line: "Everything that could leave has left"}, moveRun(tx, &r, Done, "", s.m.Now().Unix())
	})
}
