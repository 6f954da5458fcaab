package enquiry

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/notice"
)

// TestWhoWasNotFoundIsToldWhatIsUnread: on the pages of the agent and in what a
// contact centre takes away, with the number that was released.
func TestWhoWasNotFoundIsToldWhatIsUnread(t *testing.T) {
	const about = "About 4 % are still being checked (as of 12 January 2026)."
	for _, c := range []struct {
		unread func(*db.Tx, int64) (string, error)
		says   string
	}{{nil, stillUnread}, {func(*db.Tx, int64) (string, error) { return about, nil }, about}} {
		_, h := testRoom(t, Deps{Case: emptyCase(t), Unread: c.unread})
		for _, path := range []string{"/scripts", "/calls"} {
			page := get(t, h, path).Body.String()
			for _, says := range []string{"We have not found you in the files we have been able to read so far.", c.says, "We will write if that changes."} {
				if !strings.Contains(page, says) || strings.Contains(page, "{unread}") {
					t.Errorf("%s does not say %q", path, says)
				}
			}
		}
		w := post(t, h, "/scripts/pack", nil)
		want(t, w, 200)
		if text := fileIn(t, w.Body.Bytes(), "scripts.txt"); !strings.Contains(strings.Join(strings.Fields(text), " "), c.says) || strings.Contains(text, "{unread}") {
			t.Errorf("taken away without %q:\n%s", c.says, text)
		}
	}
	if !strings.Contains(scripts[0].Say[2], "{unread}") {
		t.Error("what was filled in was kept")
	}
}

func fileIn(t *testing.T, archive []byte, name string) string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	text, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestScriptsNeverSayIt: what agents read aloud is held to what no notice says.
func TestScriptsNeverSayIt(t *testing.T) {
	for _, s := range scriptsWith(stillUnread) {
		for _, line := range s.Say {
			if bad, _ := notice.NeverSaid(line); bad != "" {
				t.Errorf("%s: %q", s.ID, bad)
			}
		}
	}
	for code, line := range speechTable {
		if bad, _ := notice.NeverSaid(line); bad != "" {
			t.Errorf("%s: %q", code, bad)
		}
	}
}
