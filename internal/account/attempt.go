package account

import (
	"fmt"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

// pace says how attempts at the door are slowed down: so many are free, then
// the wait doubles from a second up to the longest; lock is after how many it
// stays shut until an administrator opens it, 0 for never.
type pace struct {
	free    int
	longest time.Duration
	lock    int
}

// namePace bounds guessing at one name, known or not: nothing in it tells which.
// addressPace slows one address that tries many names; an office may share one,
// so it is never shut.
var (
	namePace    = pace{free: 3, longest: time.Minute, lock: 10}
	addressPace = pace{free: 30, longest: 10 * time.Second}
)

// forget is after how long attempts at a door that nobody opened are forgotten.
const (
	forgetTries = 24 * time.Hour
	forgetLock  = 30 * 24 * time.Hour
)

// wait gives how long to wait after so many failures; shut is for good.
func (p pace) wait(failures int) (wait time.Duration, shut bool) {
	switch {
	case p.lock > 0 && failures >= p.lock:
		return 0, true
	case failures < p.free:
		return 0, false
	}
	return min(p.longest, time.Second<<min(failures-p.free, 20)), false
}

// held is the answer to an attempt that came too soon.
type held struct {
	wait time.Duration
	shut bool
}

// words says it to whoever stands at the door. It is the same for names that
// are there and names that are not.
func (h held) words() string {
	if h.shut {
		return "There were too many attempts with this sign-in name. Ask an administrator to unlock it"
	}
	if seconds := int((h.wait + time.Second - 1) / time.Second); seconds > 1 {
		return fmt.Sprintf("Wait %d seconds, then try again", seconds)
	}
	return "Wait a second, then try again"
}

// charge counts an attempt before it is looked at, so that many at once cannot
// slip through; success takes the count back (forgive). An attempt that came
// too soon is not counted, and held says so.
func (m *Room) charge(tx *db.Tx, name, address string, now time.Time) (*held, error) {
	if err := tx.Serialise("account: attempt"); err != nil {
		return nil, err
	}
	if err := clearAttempts(tx, now); err != nil {
		return nil, err
	}
	doors, err := m.doors(name, address)
	if err != nil {
		return nil, err
	}
	for _, d := range doors {
		failures, last, err := readAttempts(tx, d.mark)
		if err != nil {
			return nil, err
		}
		wait, shut := d.pace.wait(failures)
		if left := unix(last).Add(wait).Sub(now); shut || failures >= d.pace.free && left > 0 {
			return &held{left, shut}, nil
		}
	}
	for _, d := range doors {
		if err := addAttempt(tx, d.mark, now.Unix()); err != nil {
			return nil, err
		}
	}
	return nil, nil
}

// door is what attempts are counted by.
type door struct {
	mark string
	pace pace
}

func (m *Room) doors(name, address string) ([]door, error) {
	byName, err := m.mark("name", foldSignIn(name))
	if err != nil {
		return nil, err
	}
	byAddress, err := m.mark("address", address)
	if err != nil {
		return nil, err
	}
	return []door{{byName, namePace}, {byAddress, addressPace}}, nil
}

// forgive takes back what was counted against a name and its address, when
// somebody is in.
func (m *Room) forgive(tx *db.Tx, name, address string) error {
	doors, err := m.doors(name, address)
	if err != nil {
		return err
	}
	const steps = 2 // password and code were one attempt each
	if err := dropAttempts(tx, doors[0].mark); err != nil {
		return err
	}
	return lessAttempts(tx, doors[1].mark, steps)
}

// locked reports whether a name is shut.
func (m *Room) locked(tx *db.Tx, name string) (bool, error) {
	mark, err := m.mark("name", foldSignIn(name))
	if err != nil {
		return false, err
	}
	failures, _, err := readAttempts(tx, mark)
	_, shut := namePace.wait(failures)
	return shut, err
}

// unlock opens a name again; reeve.Conflict if it is not shut.
func (m *Room) unlock(tx *db.Tx, name string) error {
	shut, err := m.locked(tx, name)
	if err == nil && !shut {
		err = fmt.Errorf("unlock user: %w", reeve.Conflict)
	}
	if err != nil {
		return err
	}
	mark, err := m.mark("name", foldSignIn(name))
	if err != nil {
		return err
	}
	return dropAttempts(tx, mark)
}
