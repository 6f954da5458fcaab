package review

import (
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/paper"
)

// formerNames are what stands of two people in the copied files, or in their
// register as earlier names, and must reach nobody.
var formerNames = []string{"Oldfield", "Vixen", "Formerly", "Marcus"}

// renamed are people who changed their names: the one married, the other lives
// under another forename and surname than the papers of that time.
func (c *townHall) renamed() {
	c.t.Helper()
	register := `source_system,source_person_id,surname,forename,known_as,previous_surname,date_of_birth,ni_number,email,phone,address_1,town,postcode,role,council_code,safe_contact,updated_at
CRM,1,Brightwater,Katherine,Kate,Oldfield,1970-05-04,AA100001A,kate@example.org,,1 Weir Street,Norvale,ZE1 0AA,tenant,NVB,email,2026-01-05
CRM,2,Newland,Maria,,Formerly,1971-05-04,AA100002A,maria@example.org,,2 Weir Street,Norvale,ZE1 0AA,tenant,NVB,post,2026-01-05
CRM,2,Formerly,Marcus,,,1971-05-04,AA100002A,,,9 Mill Lane,Norvale,ZE1 0AB,tenant,NVB,post,2012-01-05
`
	folder := filepath.Join(c.dir, "files", "Housing")
	err := os.RemoveAll(folder)
	if err == nil {
		err = os.MkdirAll(folder, 0o700)
	}
	for name, text := range map[string]string{
		"a.txt": "Tenancy\nName: Katherine Oldfield (also known as Kate Vixen)\nDate of birth: 1970-05-04\nNational Insurance number: AA100001A\n",
		"b.txt": "Tenancy\nName: Marcus Formerly\nDate of birth: 1971-05-04\nNational Insurance number: AA100002A\n",
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

// TestFormerNamesNeverAppear: people whose data is in the files under names that
// they do not bear any more are told under the name that their register gives
// them now. Nothing else is frozen, so that no channel could say it.
func TestFormerNamesNeverAppear(t *testing.T) {
	c := openTownHall(t, "", (*townHall).renamed)
	at := freezeNow(t, c.house)
	for i, who := range []string{"u1", "u2"} {
		want(t, post(t, c.house, at+"/approve", url.Values{"version": {strconv.Itoa(i + 1)}, "looked": {"1"}}, "X-Who", who), http.StatusSeeOther)
	}
	want(t, post(t, c.house, "/notices/wording", chainWording), http.StatusSeeOther)
	mails, mailRun := c.signed("E-mails", "email", "mail")
	letters, letterRun := c.signed("Letters", "post", "notify")
	tests := len(c.post.Mails())
	c.act("u1", mails, "start")
	c.work("notice.send", mailRun)
	sent := c.post.Mails()[tests:]
	if len(sent) != 1 || !strings.Contains(sent[0], "Katherine Brightwater") {
		t.Fatalf("%d mails: %s", len(sent), strings.Join(sent, "\n"))
	}
	if s := c.run(letters); s.People != 1 || s.State != "signed" {
		t.Fatalf("%d letters, %s", s.People, s.State)
	}
	told := strings.Join(sent, "\n")
	for _, page := range []string{mails, letters, mails + "/letters", letters + "/letters", "/notices/delivery", "/notices/hand"} {
		told += get(t, c.house, page).Body.String()
	}
	c.act("u1", letters, "start")
	c.work("notice.send", letterRun)
	printed := c.printed()
	if !strings.Contains(printed, "Maria Newland") || !strings.Contains(printed, "2 Weir Street") || !strings.Contains(printed, "National Insurance number") {
		t.Fatalf("the finished letters read:\n%s", printed)
	}
	told += printed
	frozen := c.frozen(mailRun, letterRun)
	if !strings.Contains(frozen, "Maria Newland") || !strings.Contains(frozen, "2 Weir Street") {
		t.Fatalf("the letter is not to the name and address of today: %s", frozen)
	}
	for _, name := range formerNames {
		if strings.Contains(told+frozen, name) {
			t.Errorf("%s appears", name)
		}
	}
	if strings.Contains(frozen, "Mill Lane") {
		t.Error("the former address is frozen")
	}
}

// printed is the text of every letter that left, test letters too, read out of the
// finished files as a printer has them.
func (c *townHall) printed() string {
	c.t.Helper()
	c.texts.mu.Lock()
	defer c.texts.mu.Unlock()
	var all strings.Builder
	for _, file := range c.texts.letters {
		read, err := paper.Read(file)
		if err != nil {
			c.t.Fatal(err)
		}
		for _, line := range read.Lines {
			fmt.Fprintln(&all, line.Text)
		}
	}
	return all.String()
}

// frozen is everything that two runs and their list hold of people.
func (c *townHall) frozen(runs ...int64) string {
	c.t.Helper()
	var all strings.Builder
	err := c.kase.DB.Read(c.t.Context(), func(tx *db.Tx) error {
		take := func(row db.Row) error {
			var a, b, c, d, e string
			err := row.Scan(&a, &b, &c, &d, &e)
			fmt.Fprintln(&all, a, b, c, d, e)
			return err
		}
		for _, run := range runs {
			if err := tx.Each(take, "SELECT name, about, lines, email, place FROM notice_message WHERE run = ? AND n > 0", run); err != nil {
				return err
			}
		}
		return tx.Each(take, "SELECT name, address, postcode, role, controller FROM review_version_person")
	})
	if err != nil {
		c.t.Fatal(err)
	}
	return all.String()
}
