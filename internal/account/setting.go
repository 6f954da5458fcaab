package account

import "time"

// settings are what an administrator sets for everybody who signs in.
type settings struct {
	Idle    int64 // minutes after which an unused session ends
	Longest int64 // hours after which every session ends
	Factor  bool  // everybody needs a second factor
	Version int64
}

const (
	defaultIdle    = 30
	defaultLongest = 12
)

func (s settings) idle() time.Duration    { return time.Duration(s.Idle) * time.Minute }
func (s settings) longest() time.Duration { return time.Duration(s.Longest) * time.Hour }

func unix(seconds int64) time.Time { return time.Unix(seconds, 0) }
