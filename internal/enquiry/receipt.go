package enquiry

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/job"
	"github.com/reeve-council/reeve/internal/mail"
	"github.com/reeve-council/reeve/internal/paper"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

// A receipt tells somebody that what they sent was taken: its reference, and
// nothing of what it says or of whom. It goes by e-mail where an address was
// given and mail is set up, and on paper to whoever stands at the counter.

// Sender sends a message; a mail.Server and a mail.Drop do.
type Sender interface {
	Send(ctx context.Context, m *mail.Message) error
}

// Receipt is how it stands with the e-mail about one enquiry or report.
type Receipt struct {
	State string `json:"state"` // "" where none is owed
	Why   string `json:"why"`
	At    int64  `json:"at"` // of the state, seconds UTC
}

// Failed reports whether somebody waits for a receipt that will not come.
func (r Receipt) Failed() bool { return r.State == "failed" }

// Words say how it stands.
func (r Receipt) Words() string {
	switch r.State {
	case "waiting":
		return "on its way"
	case "sent":
		return "sent " + momentWords(time.Unix(r.At, 0))
	case "failed":
		return "could not be sent: " + receiptFaults[r.Why]
	case "withheld":
		return "not sent: " + receiptFaults[r.Why]
	}
	return "none: they gave no e-mail address, or no mail is set up"
}

// receiptFaults are why a receipt was not sent.
var receiptFaults = map[string]string{
	"safe":    "they said how it is safe to be in touch, or are worried about their safety. Ask before you write",
	"many":    "the address had several today already",
	"address": "the mail server does not take the address",
	"denied":  "the mail server refuses us: tell whoever looks after mail",
	"tired":   "the mail server could not be reached in two days",
}

// withheld is why no receipt is sent for a submission; "" where one may be. An
// inbox may be read by somebody else at home: whoever is afraid, or said how it is
// safe to be in touch, gets no mail by itself.
func withheld(s Submission) string {
	if s.Topic == "safety" || !s.Person.Safe.Empty() {
		return "safe"
	}
	return ""
}

// keepEnquiry keeps a submission that is a question, with its receipt.
func (m *Room) keepEnquiry(tx *db.Tx, s Submission) (id int64, added bool, err error) {
	id, added, err = addEnquiry(tx, s, m.Nation)
	if err == nil && added && m.Mail != nil {
		err = owe(tx, "enquiry", id, s)
	}
	return id, added, err
}

// keepReport keeps a submission that is a report, with its receipt. Who forwards
// a scam by mail gets none: its sender is easily forged.
func (m *Room) keepReport(tx *db.Tx, s Submission) (id int64, added bool, err error) {
	id, added, err = addReport(tx, s)
	if err == nil && added && m.Mail != nil && s.Digest == "" {
		err = owe(tx, "scam", id, s)
	}
	return id, added, err
}

const (
	batchReceipts = 50
	mostReceipts  = 3  // to one address in a day
	mostTries     = 48 // of one receipt, an hour apart at most
)

// acknowledge sends the receipts that are due, a batch in one act. A receipt that
// was sent when the process died is sent again under the same message id.
func (m *Room) acknowledge(ctx context.Context, _ *job.Work) error {
	if m.Mail == nil {
		return nil
	}
	for {
		var due []owed
		err := m.db.Read(ctx, func(tx *db.Tx) (err error) {
			due, err = dueReceipts(tx, m.Now().Unix(), batchReceipts)
			return err
		})
		if err != nil || len(due) == 0 {
			return err
		}
		tried, sent, failed := 0, int64(0), int64(0)
		for i := range due {
			if err := m.sendReceipt(ctx, &due[i]); err != nil {
				return err
			}
			if tried = i + 1; due[i].state == "waiting" {
				break // the server is not there: the others wait as well
			}
			if due[i].state == "sent" {
				sent++
			} else {
				failed++
			}
		}
		err = m.program(ctx, func(tx *db.Tx) (leaf record.Leaf, err error) {
			if sent+failed > 0 {
				leaf = record.Leaf{Verb: "acknowledge", Object: "enquiries", Rows: sent, Line: fmt.Sprintf("Told %d people by e-mail that we have what they sent; %d could not be told", sent, failed)}
			}
			return leaf, settle(tx, due[:tried], m.Now().Unix())
		})
		if err != nil {
			return fmt.Errorf("settle receipts: %w", err)
		}
		if due[tried-1].state == "waiting" {
			return nil
		}
	}
}

// sendReceipt sends one and says how it went; the error is of a job that was told
// to stop.
func (m *Room) sendReceipt(ctx context.Context, o *owed) error {
	err := m.Mail.Send(ctx, receiptMail(*o, m.From, m.kase.ID(), m.Now()))
	if ctx.Err() != nil {
		return ctx.Err()
	}
	o.tries++
	switch {
	case err == nil:
		o.state, o.why = "sent", ""
	case errors.Is(err, reeve.Invalid):
		o.state, o.why = "failed", "address"
	case o.tries >= mostTries && errors.Is(err, reeve.Denied):
		o.state, o.why = "failed", "denied"
	case o.tries >= mostTries:
		o.state, o.why = "failed", "tired"
	default:
		o.due = m.Now().Add(min(time.Hour, time.Minute<<min(o.tries, 6))).Unix()
	}
	return nil
}

// receiptMail is the message: nothing in it but the reference is anybody's.
func receiptMail(o owed, from mail.Address, kase string, now time.Time) *mail.Message {
	text := strings.Join(receiptLines(o.about == "scam"), "\n\n")
	_, domain, _ := strings.Cut(from.Mail, "@")
	return &mail.Message{ID: fmt.Sprintf("receipt-%s-%d-%s@%s", o.about, o.id, kase, domain), From: from, To: o.to(),
		Subject: "We have your message", Date: now, Automatic: true,
		Text: "We have what you sent us.\n\nYour reference is " + spacedReference(o.reference) + ".\n\n" + text + "\n"}
}

// receiptLines are what every receipt says, on paper and by mail. There is no
// address to follow in them: so no copy of it can lead anywhere else.
func receiptLines(scam bool) []string {
	if scam {
		return []string{
			"Forward a suspicious e-mail to report@phishing.gov.uk. Forward a suspicious text to 7726.",
			"If you gave your bank details, call your bank now. You can dial 159.",
			"We read each report. We do not write back about each one.",
		}
	}
	return []string{
		"You can follow it on our website with this reference, or call us. Type our web address yourself.",
		"We will never ask you for a password, a PIN or full bank details.",
		"If you are in danger, call 999.",
	}
}

// receiptPaper is what somebody at the counter takes away. It may be seen at
// home: it says neither what was asked nor by whom.
func receiptPaper(reference string, received int64, due string, scam bool, now time.Time) *paper.Document {
	doc := &paper.Document{Title: "We have your message", Date: now, Footer: "Keep this paper. Nobody needs it but you."}
	doc.Blocks = append(doc.Blocks, paper.Heading{Level: 1, Text: "Your reference is " + spacedReference(reference)}, paper.Paragraph{Text: "We got it on " + dayWords(received) + "."})
	if due != "" {
		doc.Blocks = append(doc.Blocks, paper.Paragraph{Text: "We aim to answer by the end of " + due + "."})
	}
	for _, l := range receiptLines(scam) {
		doc.Blocks = append(doc.Blocks, paper.Paragraph{Text: l})
	}
	return doc
}

// printReceipt is the paper for an enquiry.
func (m *Room) printReceipt(r *web.Request) (web.Answer, error) {
	var e Enquiry
	err := m.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		e, err = asked(tx, r)
		return err
	})
	if err != nil {
		return nil, err
	}
	due := ""
	if e.State.Live() {
		due = time.Unix(e.Due, 0).In(london).Format("Monday 2 January 2006")
	}
	return paperFile(receiptPaper(e.Reference, e.Received, due, false, r.Now)), nil
}

// printReportReceipt is the paper for a report of a scam.
func (m *Room) printReportReceipt(r *web.Request) (web.Answer, error) {
	var v Report
	err := m.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		v, err = askedReport(tx, r)
		return err
	})
	if err != nil {
		return nil, err
	}
	return paperFile(receiptPaper(v.Reference, v.Received, "", true, r.Now)), nil
}

func paperFile(doc *paper.Document) web.File {
	return web.File{Name: "receipt.pdf", Type: "application/pdf", Pour: func(w http.ResponseWriter) error { return doc.WritePDF(w) }}
}

// mails reports whether the sender of a form is told by e-mail as well.
func (m *Room) mails(s Submission) bool {
	return m.Mail != nil && !s.Person.Email.Empty() && withheld(s) == ""
}
