package review

import (
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// abodes are two people of a register: one with a home, one without.
func (c *townHall) abodes() {
	c.t.Helper()
	register := `source_system,source_person_id,surname,forename,date_of_birth,ni_number,address_1,town,postcode,role,council_code,safe_contact,updated_at
CRM,1,Brightwater,Katherine,1970-05-04,AA100001A,1 Weir Street,Norvale,ZE1 0AA,tenant,NVB,post,2026-01-05
CRM,2,Newland,Maria,1971-05-04,AA100002A,No fixed abode,Norvale,ZE1 0AA,tenant,NVB,post,2026-01-05
`
	folder := filepath.Join(c.dir, "files", "Housing")
	err := os.RemoveAll(folder)
	if err == nil {
		err = os.MkdirAll(folder, 0o700)
	}
	for name, text := range map[string]string{
		"a.txt": "Tenancy\nName: Katherine Brightwater\nDate of birth: 1970-05-04\nNational Insurance number: AA100001A\n",
		"b.txt": "Tenancy\nName: Maria Newland\nDate of birth: 1971-05-04\nNational Insurance number: AA100002A\n",
	} {
		if err == nil {
			err = os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600)
		}
	}
	if err == nil {
		err = os.WriteFile(filepath.Join(c.dir, "crm.csv"), []byte(register), 0o600)
	}
	if err != nil {
		c.t.Fatal(err)
	}
}

// TestNoFixedAbodeFromRegisterToRun: somebody whose register says "No fixed abode"
// is found by the sweep and stands on the list; their letter is refused by name
// before anybody signs, the page says what to do for them, and nothing of it ever
// leaves, test batch and run.
func TestNoFixedAbodeFromRegisterToRun(t *testing.T) {
	c := openTownHall(t, "", (*townHall).abodes)
	at := freezeNow(t, c.house)
	for i, who := range []string{"u1", "u2"} {
		want(t, post(t, c.house, at+"/approve", url.Values{"version": {strconv.Itoa(i + 1)}, "looked": {"1"}}, "X-Who", who), http.StatusSeeOther)
	}
	want(t, post(t, c.house, "/notices/wording", chainWording), http.StatusSeeOther)
	w := post(t, c.house, "/notices/runs", url.Values{"title": {"Letters"}, "list": {"1"}, "template": {"personal"}, "bands": {""}, "way": {"post"}, "channel": {"notify"}, "on": {"2026-01-19"}})
	want(t, w, http.StatusSeeOther)
	path := w.Header().Get("Location")
	id, err := strconv.ParseInt(path[strings.LastIndexByte(path, '/')+1:], 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	c.act("u1", path, "freeze")
	c.work("notice.check", id)
	want(t, get(t, c.house, path), http.StatusOK, "no fixed abode (no-fixed-abode-address)", "People of no fixed abode", "named worker", "day centre", "waits for signatures")
	s := c.run(path)
	if _, states := s.leftOut(); states["faulty"] != 1 || states["ready"] != 1 {
		t.Errorf("before anybody signed: %v", states)
	}
	c.act("u1", path, "sign")
	c.act("u2", path, "sign")
	c.act("u1", path, "test")
	c.work("notice.send", id)
	c.act("u1", path, "start")
	c.work("notice.send", id)
	s = c.run(path)
	if _, states := s.leftOut(); states["faulty"] != 1 || states["left"] != 1 {
		t.Errorf("after the run: %v", states)
	}
	if printed := c.printed(); !strings.Contains(printed, "1 Weir Street") || strings.Contains(strings.ToLower(printed), "fixed abode") || strings.Contains(printed, "Maria") {
		t.Errorf("the letters that left read:\n%s", printed)
	}
}
