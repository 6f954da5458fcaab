package publish

import (
	"strings"
	"testing"
)

// What residents must be told, row by row of the mission, and where it stands.
func TestMissionRows(t *testing.T) {
	g := fullRig(t)
	site := g.public(t)
	for _, row := range []struct{ id, path, says string }{
		{"M-16", "/what-happened", "We have moved staff to where they are needed most"},
		{"M-25", "/how-long", "It will take months"},
		{"M-38", "/how-long", "people must check what a computer finds"},
		{"M-45", "/protect-yourself", "Take more care than usual with calls, e-mails, texts, letters and visits"},
		{"M-46", "/protect-yourself", "They follow the advice of the National Cyber Security Centre"},
		{"M-47", "/protect-yourself", "Do not click on links, and do not open files"},
		{"M-48", "/protect-yourself/passwords", "Turn on the second step"},
		{"M-49", "/protect-yourself/bank", "Look at your account now, and then each week"},
		{"M-50", "/protect-yourself", "Do not give out details because somebody asks"},
		{"M-51", "/updates", "Staff are back online"},
		{"M-52", "/updates.atom", "Staff are back online"},
		{"M-53", "/what-happened", "What we are doing"},
		{"M-54", "/how-long", "Services come back one by one"},
		{"M-55", "/how-long", "Replies may take longer"},
		{"M-56", "/how-long", "There will be setbacks"},
		{"M-58", "/worried", "It is normal to feel upset"},
		{"M-60", "/protect-yourself/identity", "Someone may try to use your details to get a loan"},
		{"M-66", "/contact", "Homeless tonight"},
		{"M-68", "/faq", "What should I do first?"},
		{"R-11", "/banner", "Most services work again"},
		{"R-12", "/about/changes", "Questions and answers</a>, version 1"},
	} {
		body := strings.ReplaceAll(ask(t, site, "GET", row.path).Body.String(), "&#39;", "'")
		if !strings.Contains(body, row.says) {
			t.Errorf("%s: %s does not say %q", row.id, row.path, row.says)
		}
	}
}
