package notice

import (
	"cmp"
	"errors"
	"slices"
	"sync"

	"github.com/reeve-council/reeve"
)

// trouble names of a channel, as the page of channels shows them. They are ours
// or the channel's names of errors: never a text that the channel sent.
const (
	troubleUnsure = "no-answer"
	troubleWait   = "asked-to-wait"
	troubleDenied = "not-allowed"
	troubleDown   = "not-reached"
	troubleOther  = "other"
)

// lastTrouble is one sort of trouble with a channel since the program started.
type lastTrouble struct {
	Name  string `json:"name"`
	Words string `json:"words"`
	Hint  string `json:"hint"`
	Times int64  `json:"times"`
	Last  int64  `json:"last"` // UTC seconds
}

// watch remembers what channels said of late. It forgets with the process: what
// became of messages is in the tables.
type watch struct {
	mu  sync.Mutex
	all map[string]map[string]*lastTrouble // by channel and name
}

// note takes what came of a hand-over, or of a question; nil is no trouble.
func (w *watch) note(channel string, err error, now int64) {
	if err == nil || errors.Is(err, reeve.NotFound) {
		return
	}
	name := troubleName(err)
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.all == nil {
		w.all = make(map[string]map[string]*lastTrouble)
	}
	if w.all[channel] == nil {
		w.all[channel] = make(map[string]*lastTrouble)
	}
	x := w.all[channel][name]
	if x == nil {
		x = &lastTrouble{Name: name}
		w.all[channel][name] = x
	}
	x.Times, x.Last, x.Hint = x.Times+1, now, reeve.HintOf(err)
}

func troubleName(err error) string {
	var refusal Refusal
	var wait Wait
	switch {
	case errors.As(err, &refusal):
		return refusal.Name
	case errors.Is(err, ErrUnsure):
		return troubleUnsure
	case errors.As(err, &wait):
		return troubleWait
	case errors.Is(err, reeve.Denied):
		return troubleDenied
	case errors.Is(err, reeve.Unavailable):
		return troubleDown
	}
	return troubleOther
}

// of gives the troubles of a channel, the newest first.
func (w *watch) of(channel string) []lastTrouble {
	w.mu.Lock()
	defer w.mu.Unlock()
	var all []lastTrouble
	for _, x := range w.all[channel] {
		y := *x
		y.Words = cmp.Or(troubleWords[x.Name], said(x.Name))
		all = append(all, y)
	}
	slices.SortFunc(all, func(a, b lastTrouble) int { return cmp.Or(cmp.Compare(b.Last, a.Last), cmp.Compare(a.Name, b.Name)) })
	return all
}

var troubleWords = map[string]string{
	troubleUnsure: "It did not answer, so the message may have been taken", troubleWait: "It asked us to wait", troubleDenied: "It does not let us send",
	troubleDown: "It could not be reached", troubleOther: "Something else went wrong",
	"ValidationError": "A message was refused: its address or number is not valid (ValidationError)", "BadRequestError": "A message was refused (BadRequestError)",
	"mail-refused": "The mail server refused a message for good", "mail-refused-for-now": "The mail server would not take a message for its recipient",
	"link-in-text": "A message held a link in somebody’s name",
}
