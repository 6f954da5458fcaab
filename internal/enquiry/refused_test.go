package enquiry

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestRefusedIsShown: whatever came and could not be taken in is on a page and on
// the start page until a person says what became of it; names that strangers gave
// are not shown, and no name leads out of the folders.
func TestRefusedIsShown(t *testing.T) {
	now := time.Now().Add(time.Minute)
	c := emptyCase(t)
	m, h := testRoom(t, Deps{Case: c, Now: func() time.Time { return now }})
	want(t, get(t, h, "/enquiries/refused"), 200, "Nothing waits here")
	for name, text := range map[string]string{inboxFolder + "/enquiries/junk.eml": "\x7fELF\x02\x01\x01 no mail", inboxFolder + "/scams/Quillfeather complaint.txt": "Please help",
		spoolFolder + "/0000000000000000001-ABCDEFGHJKLM": "half a for"} {
		if err := os.WriteFile(filepath.Join(c.Dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	m.spool.reserve(int64(len("half a for"))) // as put counts what it writes
	run(t, m)
	page := get(t, h, "/enquiries/refused")
	want(t, page, 200, "could not be read as a message", "no .eml or .msg file", "not whole")
	if strings.Contains(page.Body.String(), "Quillfeather") {
		t.Error("a name that a stranger gave is shown")
	}
	if card, err := m.refusedCard(t.Context(), nil); err != nil || !card.Alarm || !strings.HasPrefix(card.Text, "3 ") {
		t.Errorf("%+v, %v", card, err)
	}
	all, err := m.aside()
	if err != nil || len(all) != 3 {
		t.Fatalf("%d, %v", len(all), err)
	}
	for _, bad := range []string{"", "../../case.json", "Quillfeather complaint.txt", "no-mail-x.eml"} {
		want(t, post(t, h, "/enquiries/refused", url.Values{"name": {bad}, "what": {"looked"}}), 404)
	}
	for _, f := range all {
		if f.Name == "" {
			continue
		}
		want(t, post(t, h, "/enquiries/refused", url.Values{"name": {f.Name}}), 400, "say what became of it")
		want(t, post(t, h, "/enquiries/refused", url.Values{"name": {f.Name}, "what": {"It was advertising"}}, "X-Deny", "write-enquiry"), 403)
		want(t, post(t, h, "/enquiries/refused", url.Values{"name": {f.Name}, "what": {"It was advertising"}}), 303)
		want(t, post(t, h, "/enquiries/refused", url.Values{"name": {f.Name}, "what": {"again"}}), 404)
	}
	if all, err = m.aside(); err != nil || len(all) != 1 {
		t.Errorf("%d are left: %v", len(all), err)
	}
	if verbs := strings.Join(leaves(t, c), " "); strings.Count(verbs, "settle") != 2 {
		t.Errorf("on record: %s", verbs)
	}
	run(t, m)
	if all, err = m.aside(); err != nil || len(all) != 1 || m.spool.waiting() != 0 {
		t.Errorf("what was settled came back: %d, %d wait, %v", len(all), m.spool.waiting(), err)
	}
	again, err := openSpool(m.spool.folder, m.Limits)
	if err != nil || again.waiting() != 0 {
		t.Errorf("%d wait after a start, %v", again.waiting(), err)
	}
}
