package enquiry

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/job"
	"github.com/reeve-council/reeve/internal/mail"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/sweep"
)

// Bounds on one run of a job.
const (
	batchForms = 100 // forms in one transaction
	batchBytes = 32 << 20
	batchMails = 20
	batchReads = 50 // reports
	mostWords  = 20_000
)

func digestOf(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// takeIn puts the forms that wait on disk into the database, oldest first, until
// none waits. A file goes only after the transaction that holds it.
func (m *Room) takeIn(ctx context.Context, _ *job.Work) error {
	for {
		names, err := m.spool.names(batchForms)
		if err != nil || len(names) == 0 {
			return err
		}
		if err := m.takeBatch(ctx, names); err != nil {
			return err
		}
	}
}

func (m *Room) takeBatch(ctx context.Context, names []string) error {
	var subs []Submission
	size := 0
	for i, name := range names {
		if size > batchBytes {
			names = names[:i]
			break
		}
		sub, err := m.spool.take(name)
		if errors.Is(err, reeve.Invalid) {
			m.Log.ErrorContext(ctx, "a form that waited is not whole and was put aside")
			continue
		}
		if err != nil {
			return err
		}
		subs, size = append(subs, sub), size+sub.size()
	}
	if err := m.program(ctx, func(tx *db.Tx) (record.Leaf, error) { return m.keepAll(tx, subs) }); err != nil {
		return fmt.Errorf("take in forms: %w", err)
	}
	for _, name := range names {
		if err := m.spool.drop(name); err != nil {
			return err
		}
	}
	return nil
}

// keepAll keeps submissions and gives the leaf of it; none if nothing was new.
func (m *Room) keepAll(tx *db.Tx, subs []Submission) (record.Leaf, error) {
	h := sha256.New()
	n := int64(0)
	for _, s := range subs {
		added, err := m.keep(tx, s)
		if err != nil {
			return record.Leaf{}, err
		}
		if added {
			n++
			h.Write([]byte(s.Reference + "\n"))
		}
	}
	if n == 0 {
		return record.Leaf{}, nil
	}
	return record.Leaf{Verb: "take-in", Object: "enquiries", Rows: n, Digest: hex.EncodeToString(h.Sum(nil)), Line: fmt.Sprintf("Took in %d enquiries and reports from the public", n)}, nil
}

// keep puts one submission where it belongs.
func (m *Room) keep(tx *db.Tx, s Submission) (added bool, err error) {
	if s.Scam != nil {
		_, added, err = m.keepReport(tx, s)
	} else {
		_, added, err = m.keepEnquiry(tx, s)
	}
	return added, err
}

// takeMail takes in the messages that were dropped into the two folders.
func (m *Room) takeMail(ctx context.Context, _ *job.Work) error {
	for _, box := range []struct {
		inbox *mail.Inbox
		make  func(*sweep.One, []byte) Submission
	}{{m.asked, askedByMail}, {m.scams, reportedByMail}} {
		arrived, err := box.inbox.List(m.Now(), batchMails)
		if err != nil {
			return err
		}
		for _, a := range arrived {
			if err := m.takeOne(ctx, box.inbox, a, box.make); err != nil {
				return err
			}
		}
	}
	return nil
}

// takeOne reads one message in the cage and keeps what it says. A message that
// was kept when the process died before it was moved is known by its digest.
func (m *Room) takeOne(ctx context.Context, box *mail.Inbox, a mail.Arrived, build func(*sweep.One, []byte) Submission) error {
	body, err := readFile(a.Path)
	if errors.Is(err, reeve.Invalid) {
		return m.refuse(box, a, asideLarge)
	}
	if err != nil {
		return err
	}
	one, err := m.readBytes(ctx, body)
	if err != nil {
		return err
	}
	if one.Mail == nil && one.Outcome.Type != "msg" {
		return m.refuse(box, a, asideNoMail)
	}
	s := build(one, body)
	s.Reference, s.At, s.Channel, s.Digest = newReference(), m.Now().Unix(), ByMail, digestOf(body)
	err = m.program(ctx, func(tx *db.Tx) (record.Leaf, error) { return m.keepAll(tx, []Submission{s}) })
	if err != nil {
		return fmt.Errorf("take in mail: %w", err)
	}
	_, err = box.Move(a, mail.Taken, s.Digest[:takenDigest]+"-"+newReference()) // the same mail may be dropped twice
	return err
}

// mostMail is how large a message that is dropped may be.
const mostMail = 25 << 20

func readFile(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read mail: %w", reeve.Unavailable)
	}
	defer f.Close()
	body, err := io.ReadAll(io.LimitReader(f, mostMail+1))
	if err != nil {
		return nil, fmt.Errorf("read mail: %w", reeve.Unavailable)
	}
	if len(body) > mostMail {
		return nil, fmt.Errorf("read mail: it is too large: %w", reeve.Invalid)
	}
	return body, nil
}

// askedByMail makes an enquiry of a message.
func askedByMail(one *sweep.One, _ []byte) Submission {
	name, from, subject := headOf(one)
	words := wordsOf(one)
	if subject != "" {
		words = subject + "\n\n" + words
	}
	return Submission{Kind: Question, Topic: "other", Person: personOf(name, from, "", "", ""), Words: private(cutText(words, mostWords))}
}

// reportedByMail makes a report of a message that somebody forwarded: the whole
// of it is kept, and read again as any file of a report.
func reportedByMail(one *sweep.One, body []byte) Submission {
	name, from, _ := headOf(one)
	return Submission{Kind: Question, Person: personOf(name, from, "", "", ""), Words: private(""),
		Scam: &ScamSubmission{Way: "email", Files: []File{{Name: private("message.eml"), Body: body}}}}
}

// headOf is who a message is from and what it is about; of a message without a
// head of that form, from its text.
func headOf(one *sweep.One) (name, from, subject string) {
	if one.Mail != nil {
		return one.Mail.FromName, one.Mail.From, one.Mail.Subject
	}
	for _, b := range one.Blocks {
		if b.Layer != reeve.LayerHeader {
			continue
		}
		for line := range strings.Lines(b.Text) {
			label, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
			switch label {
			case "From":
				name, from, _ = strings.Cut(strings.TrimSuffix(value, ">"), " <")
			case "Subject":
				subject = value
			}
		}
	}
	return name, from, subject
}

// wordsOf is the text of a file, without the fields of a message's head.
func wordsOf(one *sweep.One) string {
	var b strings.Builder
	for _, block := range one.Blocks {
		if block.Layer == reeve.LayerHeader || block.Layer == reeve.LayerMetadata {
			continue
		}
		b.WriteString(block.Text)
		for _, row := range block.Rows {
			b.WriteString(strings.Join(row, " ") + "\n")
		}
		if b.Len() > 4*mostWords {
			break
		}
	}
	return cutText(strings.TrimSpace(b.String()), mostWords)
}

// cutText bounds a text in bytes, between characters.
func cutText(s string, most int) string {
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "…"
}

// readBytes reads bytes in the cage.
func (m *Room) readBytes(ctx context.Context, body []byte) (*sweep.One, error) {
	box, err := m.cage.open()
	if err != nil {
		return nil, err
	}
	f, err := os.CreateTemp(m.loose, "*")
	if err != nil {
		return nil, fmt.Errorf("read attachment: %w", reeve.Unavailable)
	}
	defer os.Remove(f.Name())
	defer f.Close()
	if _, err := f.Write(body); err != nil {
		return nil, fmt.Errorf("read attachment: %w", reeve.Unavailable)
	}
	return box.ReadOne(ctx, f)
}

// readReports reads the files of reports in the cage, and groups the reports.
func (m *Room) readReports(ctx context.Context, _ *job.Work) error {
	for {
		var waiting []Report
		err := m.db.Read(ctx, func(tx *db.Tx) (err error) {
			waiting, err = unreadReports(tx, batchReads)
			return err
		})
		if err != nil || len(waiting) == 0 {
			return err
		}
		found := make([]reading, len(waiting))
		for i, r := range waiting {
			if found[i], err = m.readReport(ctx, r); err != nil {
				return err
			}
		}
		err = m.program(ctx, func(tx *db.Tx) (record.Leaf, error) {
			for i, r := range waiting {
				if err := keepReading(tx, r, found[i]); err != nil {
					return record.Leaf{}, err
				}
			}
			return record.Leaf{Verb: "read", Object: "scam-reports", Rows: int64(len(waiting)), Line: fmt.Sprintf("Read %d reports of scams and grouped them", len(waiting))}, nil
		})
		if err != nil {
			return fmt.Errorf("read reports: %w", err)
		}
	}
}

// readReport reads what hangs on one report. The message that it is about is the
// innermost one: somebody forwards a mail that holds it.
func (m *Room) readReport(ctx context.Context, r Report) (found reading, err error) {
	var files []ReportFile
	var bodies [][]byte
	err = m.db.Read(ctx, func(tx *db.Tx) (err error) {
		if files, err = filesOf(tx, r.ID); err != nil {
			return err
		}
		for _, f := range files {
			body, err := bodyOf(tx, f.Digest)
			if err != nil {
				return err
			}
			bodies = append(bodies, body)
		}
		return nil
	})
	if err != nil {
		return found, err
	}
	found.message = reportMessage(r)
	for i, body := range bodies {
		one, err := m.readBytes(ctx, body)
		if err != nil {
			return found, err
		}
		found.state = append(found.state, ReportFile{Type: one.Outcome.Type, Status: string(one.Outcome.Status)})
		found.outcome = string(one.Outcome.Status)
		if err := m.addReading(ctx, &found, one, files[i], 0); err != nil {
			return found, err
		}
	}
	return found, nil
}

// mostInside is how deep messages in messages are followed.
const mostInside = 3

// addReading adds what one file said to the reading of a report.
func (m *Room) addReading(ctx context.Context, found *reading, one *sweep.One, file ReportFile, depth int) error {
	msg := &found.message
	if one.Mail != nil || one.Outcome.Type == "msg" {
		takeMessage(msg, one)
	} else {
		msg.Words = cutText(strings.TrimSpace(msg.Words+"\n"+wordsOf(one)), mostWords)
		msg.Names = append(msg.Names, nameOf(file))
	}
	for _, p := range one.Parts {
		inside := ReportFile{Name: private(p.Name), Digest: p.Digest, Size: p.Size}
		if p.Body == nil || depth >= mostInside || len(found.files) >= 10*mostFiles {
			found.files = append(found.files, inside)
			msg.Names = append(msg.Names, p.Name)
			continue
		}
		inner, err := m.readBytes(ctx, p.Body)
		if err != nil {
			return err
		}
		inside.Type, inside.Status = inner.Outcome.Type, string(inner.Outcome.Status)
		found.files = append(found.files, inside)
		if inner.Mail != nil || inner.Outcome.Type == "msg" {
			if err := m.addReading(ctx, found, inner, inside, depth+1); err != nil {
				return err
			}
			continue
		}
		msg.Names = append(msg.Names, p.Name)
	}
	return nil
}

// takeMessage makes a message the one that the report is about.
func takeMessage(msg *Message, one *sweep.One) {
	name, from, subject := headOf(one)
	words := wordsOf(one)
	*msg = Message{FromName: name, From: from, Subject: cutText(subject, 500), Words: words, Names: msg.Names}
	if h := one.Mail; h != nil {
		msg.ReplyTo, msg.Bounce, msg.Checks = h.ReplyTo, h.ReturnPath, h.Checks
		msg.Links = slices.Clone(h.Links)
	}
}
