package plain

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestReadCards(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"vcard", "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:S=C3=A4mple;Zo=\r\n=C3=AB\r\nTEL;HOME:07700 900123\r\nitem1.ADR;TYPE=home:;;12 Invented Road;Anytown;;AB1 2CD;\r\nBDAY:1961-03-12\r\nNOTE:calls\\, often\\nlate\r\nEND:VCARD\r\nBEGIN:VCARD\r\nFN:Ann\r\n  Example\r\nEMAIL;TYPE=internet:ann@example.org\r\nEND:VCARD\r\n",
			"Name: Sämple, Zoë\nTelephone home: 07700 900123\nAddress home: 12 Invented Road, Anytown, AB1 2CD\nDate of birth: 1961-03-12\nNote: calls, often, late\n\nFull name: Ann Example\nEmail: ann@example.org\n\n"},
		{"calendar", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Home visit\nATTENDEE;CN=\"Ann: Example\":mailto:ann@example.org\nDTSTART;TZID=Europe/London:20240503T100000\nEND:VEVENT\nEND:VCALENDAR\n",
			"Summary: Home visit\nAttendee: ann@example.org\nAttendee name: Ann: Example\nStart: 20240503T100000\n\n"},
	} {
		got, _ := run(t, ReadCards, c.in)
		if diff := cmp.Diff(c.want, got.text()); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

func TestReadLDIF(t *testing.T) {
	got, _ := run(t, ReadLDIF, "version: 1\n\ndn: cn=Ann,ou=Staff,\n dc=example\ncn:: Wm/Dqw==\nmail: ann@example.org\n\ndn: cn=Bob\n")
	want := "version: 1\n\ndn: cn=Ann,ou=Staff,dc=example\ncn: Zoë\nmail: ann@example.org\n\ndn: cn=Bob\n"
	if diff := cmp.Diff(want, got.text()); diff != "" {
		t.Error(diff)
	}
}
