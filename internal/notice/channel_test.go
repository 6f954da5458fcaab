package notice

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/mail"
	"github.com/reeve-council/reeve/internal/mail/mailtest"
	"github.com/reeve-council/reeve/internal/notice/simulator"
)

// channelTest is what the suite needs of a channel.
type channelTest struct {
	channel Channel
	ways    []Way
	asks    bool         // can be asked for a reference
	once    bool         // a parcel that is sent again is not taken twice
	taken   func() int   // how many parcels it took
	full    func()       // lets it take nothing more for now; nil: it is never full
	doubt   func() error // a parcel whose fate is not known; nil: there is none
}

// channelTests are all channels. A new one needs a line here.
var channelTests = map[string]func(t *testing.T) channelTest{
	"notify":      notifyTest,
	"practice":    practiceTest,
	"print-house": folderTest,
	"mail":        mailServerTest,
	"mail-drop":   mailDropTest,
}

func notifyTest(t *testing.T) channelTest {
	sim, n := practice(t, simulator.Options{Minute: 20, Speed: 1})
	c := channelTest{channel: n, ways: []Way{Post, Email, Text}, asks: true, taken: func() int { return len(sim.Taken()) }}
	c.full = func() {
		for range 20 {
			_, _ = n.Send(t.Context(), parcels(t, n, 9)[1]) // until it says no
		}
	}
	c.doubt = func() error {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		_, err := n.Send(ctx, parcels(t, n, 3)[0])
		return err
	}
	return c
}

func practiceTest(t *testing.T) channelTest {
	p, err := NewPractice(t.TempDir(), 1)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Close() })
	return channelTest{channel: p, ways: []Way{Post, Email, Text}, asks: true, taken: func() int { return len(p.Taken()) }}
}

func folderTest(t *testing.T) channelTest {
	dir := filepath.Join(t.TempDir(), "letters")
	f, err := NewFolder(dir, notifyPence)
	if err != nil {
		t.Fatal(err)
	}
	return channelTest{channel: f, ways: []Way{Post}, asks: true, once: true, taken: func() int { return filesIn(t, dir) }}
}

func filesIn(t *testing.T, dir string) int {
	all, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		t.Fatal(err)
	}
	return len(all)
}

var testSender = mail.Address{Mail: "data@council.example.org"}

func mailDropTest(t *testing.T) channelTest {
	dir := filepath.Join(t.TempDir(), "mail")
	d, err := mail.NewDrop(dir)
	if err != nil {
		t.Fatal(err)
	}
	c := NewMail(MailOptions{Out: d, From: testSender, Domain: "council.example.org"})
	return channelTest{channel: c, ways: []Way{Email}, asks: true, once: true, taken: func() int { return filesIn(t, dir) }}
}

// mailServer is the channel to a mail server of the tests.
func mailServer(t *testing.T) (*Mail, *mailtest.Server) {
	t.Helper()
	p := mailtest.New(t, mailtest.STARTTLS)
	out, err := mail.NewServer(mail.Settings{Host: "127.0.0.1", Port: p.Port, Roots: p.Roots, Timeout: 5 * time.Second, Hello: "desk.example.org"})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { out.Close() })
	return NewMail(MailOptions{Out: out, From: testSender, Domain: "council.example.org"}), p
}

func mailServerTest(t *testing.T) channelTest {
	c, p := mailServer(t)
	return channelTest{channel: c, ways: []Way{Email}, taken: func() int { return len(p.Mails()) },
		full: func() { p.Answer("MAIL", "451 too many from data@council.example.org") },
		doubt: func() error {
			p.Answer(".", "")
			defer p.Usual()
			_, err := c.Send(t.Context(), parcels(t, c, 3)[0])
			return err
		}}
}

// parcels makes a parcel for each way of a channel.
func parcels(t testing.TB, c Channel, n int) []*Parcel {
	t.Helper()
	var all []*Parcel
	for i, w := range c.Ways() {
		r := testRecipient(n*10 + i)
		r.Reference = newReference()
		r.Email, r.Phone = reeve.Private(reeve.KindEmail, "ada.brook@example.org"), reeve.Private(reeve.KindPhone, "07700 900123")
		p, err := render(w, testTemplate(t, "personal"), r, testWording(), testCoverage, testOn)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
	return all
}

// TestChannels is what every channel must do: take a parcel and give a receipt;
// know it by our reference, or say that it cannot; say that it never took another;
// refuse what cannot be sent, by name; say until when it takes nothing more; tell
// what is in doubt from what failed; and put nothing personal into an error.
func TestChannels(t *testing.T) {
	for name, open := range channelTests {
		t.Run(name, func(t *testing.T) {
			x := open(t)
			if got := x.channel.Ways(); !slices.Equal(got, x.ways) || x.channel.Name() == "" {
				t.Errorf("%s, %v", x.channel.Name(), got)
			}
			taking(t, x)
			refusing(t, x)
			doubting(t, x)
			fillingUp(t, x)
		})
	}
}

// named holds an error to naming nobody.
func named(t *testing.T, err error) {
	t.Helper()
	for _, s := range []string{"Brook", "ada", "07700", "council.example.org"} {
		if err != nil && strings.Contains(err.Error()+reeve.HintOf(err), s) {
			t.Errorf("the error names %q: %v", s, err)
		}
	}
}

func taking(t *testing.T, x channelTest) {
	t.Helper()
	all := parcels(t, x.channel, 1)
	for i, p := range all {
		r, err := x.channel.Send(t.Context(), p)
		if err != nil || r.ID == "" || r.At == 0 || statuses[r.Status] == "" || x.taken() != i+1 {
			t.Fatalf("%s: %+v, %d taken, %v", p.Way, r, x.taken(), err)
		}
		found, err := x.channel.Find(t.Context(), p.Reference)
		if x.asks && (err != nil || found.ID != r.ID || statuses[found.Status] == "") || !x.asks && !errors.Is(err, reeve.Unavailable) {
			t.Errorf("%s: asked for: %+v, %v", p.Way, found, err)
		}
		if x.once {
			if again, err := x.channel.Send(t.Context(), p); err != nil || again.ID != r.ID || x.taken() != i+1 {
				t.Errorf("%s: sent again: %+v, %d taken, %v", p.Way, again, x.taken(), err)
			}
		}
	}
	if _, err := x.channel.Find(t.Context(), newReference()); x.asks && !errors.Is(err, reeve.NotFound) || err == nil {
		t.Errorf("asked for what was never sent: %v", err)
	}
}

func refusing(t *testing.T, x channelTest) {
	t.Helper()
	before := x.taken()
	for _, p := range parcels(t, x.channel, 2) {
		p.PDF, p.To, p.Subject = nil, reeve.Private(reeve.KindEmail, "Łucja Brook"), "x\r\nBcc: y"
		_, err := x.channel.Send(t.Context(), p)
		var refusal Refusal
		if !errors.As(err, &refusal) || !errors.Is(err, reeve.Invalid) || refusal.Name == "" || errors.Is(err, ErrUnsure) {
			t.Errorf("%s: a parcel that cannot be sent: %v", p.Way, err)
		}
		named(t, err)
	}
	if x.taken() != before {
		t.Errorf("%d of them were taken", x.taken()-before)
	}
}

func doubting(t *testing.T, x channelTest) {
	t.Helper()
	if x.doubt == nil {
		return
	}
	err := x.doubt()
	if !errors.Is(err, ErrUnsure) || !errors.Is(err, reeve.Unavailable) {
		t.Errorf("what may have been taken: %v", err)
	}
	named(t, err)
}

func fillingUp(t *testing.T, x channelTest) {
	t.Helper()
	if x.full == nil {
		return
	}
	x.full()
	before := x.taken()
	_, err := x.channel.Send(t.Context(), parcels(t, x.channel, 4)[0])
	var w Wait
	if !errors.As(err, &w) || !errors.Is(err, reeve.Unavailable) || errors.Is(err, ErrUnsure) || w.Until.Before(x.channel.Now()) || x.channel.Wait(w.Until) > 10*time.Minute {
		t.Errorf("full: %v", err)
	}
	if x.taken() != before {
		t.Error("taken all the same")
	}
	named(t, err)
}
