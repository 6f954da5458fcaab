package publish

import "testing"

// TestWhatNobodyCanKnowIsRefused: the site is held to the words that no notice may
// say, and may still warn of links.
func TestWhatNobodyCanKnowIsRefused(t *testing.T) {
	for text, refused := range map[string]bool{"Nothing about you was copied.": true, "Your details remain safe.": true, "You have not been directly affected.": true, "Residents are unaffected.": true,
		"No letter from us does not mean that you are not affected.": false, "Do not click on links.": false, "We are still checking about 4 % of the files.": false} {
		if faults := checkWords(text); (len(faults) > 0) != refused {
			t.Errorf("%q: %q", text, faults)
		}
	}
}
