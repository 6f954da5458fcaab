package notice

import (
	"fmt"
	"slices"

	"github.com/reeve-council/reeve"
)

// What people do themselves, at a door, on the telephone or through a worker,
// goes the way of every other message: it is marked as leaving in the name of
// whoever takes it, before anybody is told, and exactly one outcome ends that.

// byPeople tells whether people carry a notice, and no channel.
func (w Way) byPeople() bool { return w == Hand || w == Call || w == Worker }

// effect is what an outcome does to a message.
type effect int

const (
	goesBack   effect = iota // to the list; nothing was tried
	triesAgain               // to the list, until the tries of its way are used up
	givesUp                  // nobody was told, and this way is at an end
	holds                    // nobody was told, and nobody is to try: on hold at once
	tellsThem                // told
	isVerified               // still with the caller, who has checked who it is
)

// tryOutcome is one thing that can come of a try.
type tryOutcome struct {
	Way   Way
	Code  string
	Words string
	Does  effect

	// Elsewhere tells that the person is not where they were tried: nobody else
	// is to be looked for there either.
	Elsewhere bool
}

// Codes of outcomes that other rules name.
const (
	tryTold     = "told"
	tryVerified = "verified"
	tryNotSafe  = "not-safe"
	tryBack     = "given-back"
	tryWrong    = "withdrawn" // an outcome told was entered in error
)

// tryOutcomes are offered in this order.
var tryOutcomes = []tryOutcome{
	{Way: Call, Code: tryTold, Words: "They were told, after it was checked who they are", Does: tellsThem},
	{Way: Call, Code: "no-answer", Words: "Nobody answered, or a machine did; nothing was said of why", Does: triesAgain},
	{Way: Call, Code: "not-them", Words: "Somebody else answered, or it could not be checked who it was", Does: triesAgain},
	{Way: Call, Code: "later", Words: "They asked to be called at another time", Does: triesAgain},
	{Way: Call, Code: "wrong-number", Words: "The number is not theirs", Does: givesUp, Elsewhere: true},
	{Way: Call, Code: "asked-for-letter", Words: "They asked for a letter instead", Does: givesUp},
	{Way: Call, Code: "declined", Words: "They did not want to hear it", Does: givesUp},
	{Way: Call, Code: tryNotSafe, Words: "It was not safe to talk: hold at once", Does: holds},
	{Way: Call, Code: tryVerified, Words: "It was checked who they are", Does: isVerified},
	{Way: Call, Code: tryBack, Words: "Not tried: back to the list", Does: goesBack},
	{Way: Hand, Code: tryTold, Words: "Handed to the person themself", Does: tellsThem},
	{Way: Hand, Code: "not-in", Words: "Not in, or somebody else opened; nothing was left there", Does: triesAgain},
	{Way: Hand, Code: "declined", Words: "They did not take it", Does: givesUp},
	{Way: Hand, Code: "moved", Words: "They do not live there", Does: givesUp, Elsewhere: true},
	{Way: Hand, Code: tryNotSafe, Words: "It was not safe: hold at once", Does: holds},
	{Way: Hand, Code: tryBack, Words: "Not tried: back to the list", Does: goesBack},
	{Way: Worker, Code: tryTold, Words: "The worker told them", Does: tellsThem},
	{Way: Worker, Code: "not-yet", Words: "The worker could not tell them yet", Does: triesAgain},
	{Way: Worker, Code: "declined", Words: "They did not want to hear it", Does: givesUp},
	{Way: Worker, Code: "not-theirs", Words: "The worker is not theirs any more", Does: givesUp},
	{Way: Worker, Code: tryNotSafe, Words: "The worker says that it is not safe: hold at once", Does: holds},
	{Way: Worker, Code: tryBack, Words: "Not tried: back to the list", Does: goesBack},
}

// mostTries is how often a door is tried; then somebody has to find another way.
// A telephone and a worker are tried until somebody ends it.
var mostTries = map[Way]int64{Hand: 2}

// outcomesOf gives what can come of a try by a way; verified is no end.
func outcomesOf(w Way) (all []choice) {
	for _, o := range tryOutcomes {
		if o.Way == w && o.Does != isVerified {
			all = append(all, choice{Value: o.Code, Text: o.Words})
		}
	}
	return all
}

// outcomeOf finds an outcome by its code; reeve.Invalid for one that the way does
// not have.
func outcomeOf(w Way, code string) (tryOutcome, error) {
	i := slices.IndexFunc(tryOutcomes, func(o tryOutcome) bool { return o.Way == w && o.Code == code })
	if i < 0 {
		return tryOutcome{}, fmt.Errorf("keep outcome: %w", reeve.Invalid)
	}
	return tryOutcomes[i], nil
}

// toldStatus is how a message that people carried says that it arrived.
var toldStatus = map[Way]string{Call: "told-by-call", Hand: "told-in-person", Worker: "told-by-worker"}

// end is where an outcome leaves a message. tries counts this one; against is
// what the guard says now, by which nobody is to try again; stopped is a run that
// was stopped meanwhile. Told is told whatever the guard says since: what was
// said cannot be unsaid.
func (o tryOutcome) end(tries int64, against Reason, stopped bool) (state, why string) {
	switch {
	case o.Does == tellsThem:
		return msgLeft, ""
	case o.Does == holds:
		return msgRefused, string(OnHold)
	case against != "":
		return msgRefused, string(against)
	case o.Does == givesUp:
		return msgUnreached, o.Code
	case stopped:
		return msgStopped, ""
	case o.Does == triesAgain && mostTries[o.Way] > 0 && tries >= mostTries[o.Way]:
		return msgUnreached, o.Code
	}
	return msgReady, ""
}

// counts tells whether an outcome was a try.
func (o tryOutcome) counts() bool { return o.Does != goesBack && o.Does != isVerified }

// attempt is one try to tell somebody, or what was noted on the way.
type attempt struct {
	ID      int64  `json:"id"`
	Run     int64  `json:"run"`
	N       int64  `json:"n"`
	Person  string `json:"person"`
	Way     Way    `json:"way"`
	Outcome string `json:"outcome"`
	Words   string `json:"words"`
	Note    string `json:"note"`
	By      string `json:"by"`
	ByName  string `json:"by_name"`
	At      int64  `json:"at"`   // when it was made
	Kept    int64  `json:"kept"` // when it was written down
	Next    int64  `json:"next"` // not before this is it tried again; 0: at any time
	Against Reason `json:"against"`
}
