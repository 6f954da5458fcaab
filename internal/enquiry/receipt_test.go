package enquiry

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/mail"
	"github.com/reeve-council/reeve/internal/sweep"
)

// mailServer keeps what it is given, and refuses what it is told to.
type mailServer struct {
	sent []*mail.Message
	err  error
}

func (s *mailServer) Send(_ context.Context, m *mail.Message) error {
	if s.err == nil {
		s.sent = append(s.sent, m)
	}
	return s.err
}

// TestReceipts on both databases: the reference and nothing else goes out, once,
// and not to whoever could be hurt by it.
func TestReceipts(t *testing.T) {
	eachCase(t, func(t *testing.T, c *sweep.Case) {
		server := &mailServer{}
		m, h := testRoom(t, Deps{Case: c, Mail: server, From: mail.Address{Mail: "help@council.example.org"}, Limits: Limits{Sender: 100}})
		site := public(t, m)
		plain := publicQuestion(1)
		plain.Set("name", "Zebedee Quillfeather")
		w := post(t, site, "/ask", plain)
		want(t, w, 200, "We will also send it to your e-mail address")
		afraid := publicQuestion(2)
		afraid.Set("topic", "safety")
		want(t, post(t, site, "/ask", afraid), 200)
		careful := publicQuestion(3)
		careful.Set("safe", "Only call on Tuesdays")
		if w := post(t, site, "/ask", careful); strings.Contains(w.Body.String(), "also send it") {
			t.Error("whoever says how it is safe to be in touch is told that a mail comes")
		}
		want(t, tell(t, site, "192.0.2.1:1", map[string]string{"way": "text", "words": "Pay now", "email": "p9@example.org"}, nil), 200)
		run(t, m)
		for range 2 {
			if err := m.acknowledge(t.Context(), nil); err != nil {
				t.Fatal(err)
			}
		}
		if len(server.sent) != 2 {
			t.Fatalf("%d mails", len(server.sent))
		}
		for _, sent := range server.sent {
			if !sent.Automatic || !printed.MatchString(sent.Text) || strings.Contains(sent.Text+sent.Subject+sent.ID, "Quillfeather") || strings.Contains(sent.Text, "Question 1?") || strings.Contains(sent.Text, "://") {
				t.Errorf("the receipt says %s", sent.Text)
			}
		}
		if text := server.sent[0].Text + server.sent[1].Text; !strings.Contains(text, "7726") || !strings.Contains(text, "report@phishing.gov.uk") {
			t.Error("who reported a scam is not told where to forward it")
		}
		want(t, get(t, h, "/enquiries/1"), 200, "Receipt by e-mail", "sent 12 January 2026")
		want(t, get(t, h, "/enquiries/2"), 200, "worried about their safety")
		want(t, get(t, h, "/enquiry-figures"), 200, "<b>2</b> sent", "<b>2</b> withheld")
	})
}

// TestReceiptsThatFail are seen; a server that is away for a while fails nobody.
func TestReceiptsThatFail(t *testing.T) {
	c := emptyCase(t)
	server := &mailServer{err: fmt.Errorf("send: %w", reeve.Unavailable)}
	now := testNow
	m, h := testRoom(t, Deps{Case: c, Mail: server, From: mail.Address{Mail: "help@council.example.org"}, Now: func() time.Time { return now }})
	want(t, post(t, h, "/enquiries/new", typedEnquiry()), 303)
	send := func() {
		t.Helper()
		if err := m.acknowledge(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
	}
	send()
	want(t, get(t, h, "/enquiries/1"), 200, "on its way")
	server.err = nil
	send()
	if len(server.sent) != 0 {
		t.Error("tried again at once")
	}
	server.err = fmt.Errorf("send: %w", reeve.Invalid)
	now = now.Add(2 * time.Hour)
	send()
	want(t, get(t, h, "/enquiries/1"), 200, "could not be sent: the mail server does not take the address")
	want(t, get(t, h, "/enquiry-figures"), 200, "<b>1</b> could not be sent")

	server.err = fmt.Errorf("send: %w", reeve.Unavailable)
	want(t, post(t, h, "/enquiries/new", typedEnquiry("email", "other@example.org")), 303)
	for range mostTries {
		now = now.Add(2 * time.Hour)
		send()
	}
	want(t, get(t, h, "/enquiries/2"), 200, "could not be reached in two days")
}

// TestReceiptsAreNoFlood: who types somebody else's address again and again sends
// them three mails a day.
func TestReceiptsAreNoFlood(t *testing.T) {
	server := &mailServer{}
	m, h := testRoom(t, Deps{Case: emptyCase(t), Mail: server, From: mail.Address{Mail: "help@council.example.org"}})
	for i := range 3 * mostReceipts {
		want(t, post(t, h, "/enquiries/new", typedEnquiry("words", fmt.Sprint("Again ", i))), 303)
	}
	if err := m.acknowledge(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	if len(server.sent) != mostReceipts {
		t.Errorf("%d mails to one address", len(server.sent))
	}
}

// TestPaperReceipt says nothing of whom or what it is about.
func TestPaperReceipt(t *testing.T) {
	_, h := testRoom(t, Deps{Case: emptyCase(t)})
	want(t, post(t, h, "/enquiries/new", typedEnquiry("channel", "walk-in")), 303)
	if w := get(t, h, "/enquiries/1/receipt"); w.Code != 200 || w.Header().Get("Content-Type") != "application/pdf" || !strings.HasPrefix(w.Body.String(), "%PDF") {
		t.Errorf("status %d, %s", w.Code, w.Header().Get("Content-Type"))
	}
	var b strings.Builder
	if err := receiptPaper("ABCDEFGHIJKL", testNow.Unix(), "Monday 19 January 2026", false, testNow).WriteText(&b); err != nil {
		t.Fatal(err)
	}
	if text := b.String(); !strings.Contains(text, "ABCD-EFGH-IJKL") || !strings.Contains(text, "Monday 19 January 2026") || strings.Contains(strings.ToLower(text), "question") {
		t.Errorf("the receipt says %s", text)
	}
	want(t, post(t, h, "/scams/new", url.Values{"way": {"call"}, "words": {"They rang"}, "channel": {"walk-in"}}), 303)
	if w := get(t, h, "/scam-receipts/1"); w.Code != 200 || !strings.HasPrefix(w.Body.String(), "%PDF") {
		t.Errorf("status %d", w.Code)
	}
}
