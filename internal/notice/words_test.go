package notice

import "testing"

// TestCarriedRunsAreNotSent: a run that people carry is under way, and ends; it
// is never said to be sent.
func TestCarriedRunsAreNotSent(t *testing.T) {
	for _, w := range []Way{Hand, Call, Worker} {
		for s, want := range map[State]string{Sending: "under way", Done: "ended", Paused: "paused", Checked: "waits for signatures"} {
			if got := (&run{Way: w, State: s}).line().StateWords; got != want {
				t.Errorf("a %s run that is %s says %q, want %q", w, s, got, want)
			}
		}
	}
	for _, w := range []Way{Post, Email, Text} {
		if sent, done := stateWord(Sending, w), stateWord(Done, w); sent != "being sent" || done != "sent" {
			t.Errorf("a run by %s says %q, then %q", w, sent, done)
		}
	}
}
