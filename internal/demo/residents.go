package demo

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/enquiry"
)

// residents ask, complain and report scams, by every way there is; the desk
// answers some of them, and some wait when the demo is made.
func (w *walker) residents() error {
	kept := make(map[string]string) // where the enquiry of each matter is
	for _, all := range [][]matter{first, waiting} {
		for _, m := range all {
			if err := w.matter(m, kept); err != nil {
				return fmt.Errorf("%s: %w", m.key, err)
			}
		}
	}
	for _, s := range desk {
		if _, err := w.as(agentTwo, s.day+" 23:30").post("/enquiry-figures/shifts", "day", s.day, "channel", s.channel, "begins", s.from, "ends", s.to, "people", s.people, "who", s.who); err != nil {
			return err
		}
	}
	if err := w.onPaper(); err != nil {
		return err
	}
	return w.scams()
}

// moment reads a moment of the tables: of the story, or some days before the
// demo is made.
func (w *walker) moment(text string) int64 {
	rest, ok := strings.CutPrefix(text, "D-")
	if !ok {
		return at(text)
	}
	days, clock, _ := strings.Cut(rest, " ")
	n, err := strconv.Atoi(days)
	if err != nil {
		panic(err) // our own tables, which a test reads whole
	}
	return at(w.today.In(london).AddDate(0, 0, -n).Format(time.DateOnly) + " " + clock)
}

func (w *walker) when(who actor, text string) *walker {
	w.who, w.now = who, w.moment(text)
	return w
}

// matter has somebody get in touch, and the desk do what it did. One without a
// channel goes on with what came before, whose key begins its own.
func (w *walker) matter(m matter, kept map[string]string) (err error) {
	path := ""
	if m.who == told {
		m.who = w.first
	}
	switch m.channel {
	case enquiry.ByForm:
		path, err = w.asks(m)
	case enquiry.ByMail:
		path, err = w.writes(m)
	case "":
		path = kept[strings.TrimSuffix(m.key, "-answer")]
	default:
		path, err = w.when(agent, m.at).post("/enquiries/new", append(m.who.fields(), "channel", string(m.channel), "kind", string(m.kind), "topic", m.topic, "words", m.words, "vulnerable", yes(m.vulnerable))...)
	}
	if err != nil {
		return err
	}
	kept[m.key] = path
	for _, s := range m.steps {
		if err := w.when(s.who, s.at).step(path, s); err != nil {
			return fmt.Errorf("%s at %s: %w", s.act, s.at, err)
		}
	}
	return nil
}

func (r resident) fields() []string {
	return []string{"name", r.name, "email", r.email, "phone", r.phone, "postcode", r.postcode, "safe", r.safe}
}

func yes(b bool) string {
	if b {
		return "yes"
	}
	return ""
}

// step is one act on an enquiry as it stands.
func (w *walker) step(path string, s step) error {
	var v struct {
		Version int64 `json:"version"`
	}
	if err := w.look(path, &v); err != nil {
		return err
	}
	form := []string{"version", strconv.FormatInt(v.Version, 10)}
	act := s.act
	switch s.act {
	case "contact", "answer":
		act, form = "note", append(form, "what", s.act, "words", s.text, "way", "phone")
	case "extend":
		form = append(form, "extend_why", s.text, "extend_way", "email")
	case "pause":
		form = append(form, "pause", string(enquiry.ForIdentity), "pause_way", "phone")
	case "stage":
		form = append(form, "stage_why", s.text)
	}
	_, err := w.post(path+"/"+act, form...)
	return err
}

// printed is a reference as the public site shows it.
var printed = regexp.MustCompile(`[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}`)

// onSite sends a form of the public site, and gives the reference that it was
// answered with.
func (w *walker) onSite(path, sort string, body io.Reader) (reference string, err error) {
	r, err := http.NewRequestWithContext(w.ctx, http.MethodPost, path, body)
	if err != nil {
		return "", err
	}
	w.calls++
	r.Header.Set("Content-Type", sort)
	r.RemoteAddr = fmt.Sprintf("192.0.2.%d:4000", w.calls%250)
	a := answered(w.site, r)
	if reference = printed.FindString(a.String()); a.status != http.StatusOK || reference == "" {
		return "", fmt.Errorf("%s on the public site answered %d: %w", path, a.status, reeve.Invalid)
	}
	return reference, nil
}

// find takes in what waits on disk, and gives where a reference is.
func (w *walker) find(reference string) (string, error) {
	if err := w.work("enquiry.intake", nil); err != nil {
		return "", err
	}
	w.who = agent
	path, err := w.post("/enquiries/find", "reference", reference)
	if err == nil && strings.Contains(path, "missing") {
		err = fmt.Errorf("find what was sent: %w", reeve.NotFound)
	}
	return path, err
}

// asks is a question through the form of the public site.
func (w *walker) asks(m matter) (string, error) {
	w.now = w.moment(m.at)
	form := url.Values{"kind": {string(m.kind)}, "topic": {m.topic}, "words": {m.words}, "once": {m.key}}
	for i, f := 0, m.who.fields(); i < len(f); i += 2 {
		form.Set(f[i], f[i+1])
	}
	if m.vulnerable {
		form.Set("vulnerable", "yes")
	}
	reference, err := w.onSite("/ask", "application/x-www-form-urlencoded", strings.NewReader(form.Encode()))
	if err != nil {
		return "", err
	}
	return w.find(reference)
}

// writes is a mail that is dropped into the folder for enquiries. A request about
// rights that came by mail is typed in by whoever opens the mailbox, with its day:
// the program takes every mail for a question.
func (w *walker) writes(m matter) (string, error) {
	if m.kind != enquiry.Question {
		return w.when(records, m.at).post("/enquiries/new", append(m.who.fields(), "channel", string(enquiry.ByMail), "kind", string(m.kind), "topic", m.topic, "words", m.words)...)
	}
	before, err := w.newest(m.at)
	if err != nil {
		return "", err
	}
	text := fmt.Sprintf("From: %q <%s>\r\nTo: enquiries@norvale.example.org\r\nSubject: A question\r\n\r\n%s\r\n", m.who.name, m.who.email, m.words)
	if err := w.drop("enquiries", m.key, text); err != nil {
		return "", err
	}
	after, err := w.newest(m.at)
	if err == nil && after == before {
		err = fmt.Errorf("take in mail: %w", reeve.NotFound)
	}
	return fmt.Sprint("/enquiries/", after), err
}

// newest is the highest number in the queue.
func (w *walker) newest(when string) (last int64, err error) {
	var v struct {
		Enquiries []struct {
			ID int64 `json:"id"`
		} `json:"enquiries"`
	}
	err = w.when(agent, when).look("/enquiries", &v)
	for _, e := range v.Enquiries {
		last = max(last, e.ID)
	}
	return last, err
}

// drop puts a mail into one of the two folders and has it taken in.
func (w *walker) drop(box, name, text string) error {
	path := filepath.Join(w.kase.Dir, "inbox", box, name+".eml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		return err
	}
	whole := time.Unix(w.now, 0).Add(-time.Minute)
	return errors.Join(os.Chtimes(path, whole, whole), w.work("enquiry.mail", nil))
}

// onPaper: blank forms went to the library while the systems were off; one came
// back filled in.
func (w *walker) onPaper() error {
	batch, err := w.as(agentTwo, "2025-11-25 08:30").post("/paper-forms", "forms", "10", "place", "Weir Street library")
	if err != nil {
		return err
	}
	a, err := w.ask(http.MethodGet, batch, nil)
	if err != nil {
		return err
	}
	number := regexp.MustCompile(`F\d{6}-[A-Z]`).FindString(a.String())
	path, err := w.as(agentTwo, "2025-11-27 16:10").post("/enquiries/new", append(gulsen.fields(), "channel", "paper", "kind", "question", "topic", "service", "form", number, "day", "2025-11-26",
		"words", "Is the library's computer safe to use?")...)
	if err != nil {
		return err
	}
	for _, s := range []step{{act: "take"}, {act: "answer", text: "Told her at the library desk: it is not on the council's network."}} {
		if err := w.step(path, s); err != nil {
			return err
		}
	}
	return nil
}

// scams are reported, read in the cage, grouped and judged. Of one group the
// public may know, another waits for a second person.
func (w *walker) scams() error {
	reports := make([]string, len(scams))
	for i, s := range scams {
		var err error
		if s.who == told {
			s.who = w.first
		}
		if reports[i], err = w.reports(i, s); err != nil {
			return fmt.Errorf("report %d: %w", i, err)
		}
		if s.judged == "" {
			continue
		}
		w.who = agentTwo
		if err := w.onReport(reports[i], "/judge", "state", s.judged); err != nil {
			return err
		}
	}
	last := reports[len(reports)-1]
	if w.firstID != "" {
		w.who = dpo
		if _, err := w.post(last+"/person", "person", w.firstID, "tie_why", tied); err != nil {
			return err
		}
	}
	return w.seen(reports)
}

// onReport is an act on a report or a group as it stands.
func (w *walker) onReport(path, act string, form ...string) error {
	var v struct {
		Version int64 `json:"version"`
	}
	if err := w.look(path, &v); err != nil {
		return err
	}
	_, err := w.post(path+act, append(form, "version", strconv.FormatInt(v.Version, 10))...)
	return err
}

// seen writes what the public may learn, and has a second person approve it.
func (w *walker) seen(reports []string) error {
	for _, s := range seen {
		var v struct {
			Cluster int64 `json:"cluster"`
		}
		if err := w.as(agentTwo, s.written).look(reports[s.report], &v); err != nil {
			return err
		}
		group := fmt.Sprint("/scams/groups/", v.Cluster)
		if err := w.onReport(group, "/draft", "public_title", s.title, "public_words", s.words); err != nil || s.approved == "" {
			if err != nil {
				return err
			}
			continue
		}
		if err := w.as(press, s.approved).onReport(group, "/approve"); err != nil {
			return err
		}
	}
	return nil
}

// reports sends one report, and gives where it is.
func (w *walker) reports(n int, s scam) (string, error) {
	w.now = w.moment(s.at)
	if s.dropped {
		err := w.drop("scams", fmt.Sprint("scam-", n), forwardedMail(s.who, s.mail, n))
		return fmt.Sprint("/scams/", n+1), errors.Join(err, w.work("enquiry.read", nil))
	}
	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	for i, f := 0, append(s.who.fields(), "way", s.way, "sender", s.sender, "words", s.words, "copied", yes(s.copied), "vulnerable", yes(s.vulnerable), "once", fmt.Sprint("scam-", n)); i < len(f); i += 2 {
		if err := form.WriteField(f[i], f[i+1]); err != nil {
			return "", err
		}
	}
	if s.mail != "" {
		file, err := form.CreateFormFile("file", "forwarded.eml")
		if err == nil {
			_, err = io.WriteString(file, forwardedMail(s.who, s.mail, n))
		}
		if err != nil {
			return "", err
		}
	}
	if err := form.Close(); err != nil {
		return "", err
	}
	reference, err := w.onSite("/report-a-scam", form.FormDataContentType(), &b)
	if err != nil {
		return "", err
	}
	path, err := w.find(reference)
	if err != nil {
		return "", err
	}
	return path, w.work("enquiry.read", nil)
}

// forwardedMail is a false mail of the council as a resident forwards it: attached
// to a message of their own, with a link that shows one address and leads to
// another, and a page that would run.
func forwardedMail(who resident, host string, n int) string {
	inner := fmt.Sprintf("From: \"Norvale Council Refunds\" <refunds@%[1]s>\r\nReply-To: claims@%[1]s\r\nTo: %[2]s\r\nSubject: Your council tax refund\r\n"+
		"Authentication-Results: mx.example.org; spf=fail\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=inner\r\n\r\n--inner\r\nContent-Type: text/html\r\n\r\n"+
		"<p>Dear resident, a council tax refund of %[3]d.40 pounds waits for you. Go to <a href=\"https://%[1]s/claim?id=%[3]d\">www.norvale.example.org</a> within 24 hours and enter your card number.</p>\r\n"+
		"--inner\r\nContent-Type: application/octet-stream; name=\"claim.html\"\r\nContent-Disposition: attachment; filename=\"claim.html\"\r\n\r\n<script>document.title = 'claim'</script>\r\n--inner--\r\n",
		host, who.email, 310+n)
	return fmt.Sprintf("From: %q <%s>\r\nTo: scams@norvale.example.org\r\nSubject: Fwd: is this you?\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=outer\r\n\r\n"+
		"--outer\r\nContent-Type: text/plain\r\n\r\nI got this today. Is it from you?\r\n--outer\r\nContent-Type: message/rfc822\r\nContent-Disposition: attachment; filename=\"refund.eml\"\r\n\r\n%s\r\n--outer--\r\n",
		who.name, who.email, inner)
}
