package enquiry

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"path"
	"strings"
	"sync"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/web"
)

// Public are the routes for the public site: ask, report a scam, and follow what
// one asked. They set no cookie, know nobody, and write to the disk alone.
func (m *Room) Public() []web.Route {
	return []web.Route{
		{Pattern: "GET /ask", Do: m.askForm},
		{Pattern: "POST /ask", Do: m.askKeep},
		{Pattern: "GET /report-a-scam", Do: m.tellForm},
		{Pattern: "POST /report-a-scam", Do: m.tellKeep, Large: mostAttached},
		{Pattern: "GET /track", Do: m.trackForm},
		{Pattern: "POST /track", Do: m.track},
	}
}

var (
	askPage   = web.NewPage[askView](pages, "public_ask.html")
	tellPage  = web.NewPage[askView](pages, "public_scam.html")
	keptPage  = web.NewPage[keptView](pages, "public_kept.html")
	trackPage = web.NewPage[trackView](pages, "public_track.html")
)

// askView is a public form as it was typed.
type askView struct {
	Typed  typedForm
	Kinds  []choice
	Topics []choice
	Ways   []choice
	Most   int // files
	Errors []web.FieldError
}

// keptView says that something was taken, and its reference.
type keptView struct {
	Reference string
	Scam      bool
	Due       string
	Mailed    bool // a receipt will be sent
}

func emptyAsk() askView {
	return askView{Typed: typedForm{Once: newReference()}, Kinds: kinds, Topics: topics, Ways: ways, Most: mostFiles}
}

func (m *Room) askForm(*web.Request) (web.Answer, error) {
	return askPage.With("Ask a question", emptyAsk()), nil
}

func (m *Room) tellForm(*web.Request) (web.Answer, error) {
	return tellPage.With("Report a scam", emptyAsk()), nil
}

// errBusy is what a sender hears who sends too much, and everybody in a flood:
// nothing was taken, and it is said so.
var errBusy = reeve.WithHint(fmt.Errorf("take form: %w", reeve.Unavailable), "We did not get what you sent. Please wait ten minutes and send it again, or call us.")

// errFull is what a sender of files hears where they cannot be taken, and a
// report without them can.
var errFull = reeve.WithHint(fmt.Errorf("take files: %w", reeve.Unavailable), "We cannot take files now, and did not get what you sent. Please send it again without files, or call us.")

// askKeep takes a question.
func (m *Room) askKeep(r *web.Request) (web.Answer, error) {
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	v := emptyAsk()
	person, typed := readPerson(f)
	typed.Kind, typed.Topic = f.Said("kind"), f.Said("topic")
	s := Submission{At: r.Now.Unix(), Channel: ByForm, Person: person, Vulnerable: f.Ticked("vulnerable"),
		Kind:  Kind(f.Choice("kind", "Choose what you want", values(kinds)...)),
		Topic: f.Choice("topic", "Choose what it is about", values(topics)...)}
	typed.Words = f.Need("words", 4000, "Write your question")
	typed.Letter, typed.Vulnerable, typed.Once = f.Text("letter", 40), s.Vulnerable, f.Said("once")
	reachable(f, s.Kind, typed)
	spam(f)
	s.Words, s.Letter = private(typed.Words), private(typed.Letter)
	v.Typed, v.Errors = typed, f.Errors
	if !f.OK() {
		return askPage.With("Ask a question", v).Faulty(f), nil
	}
	reference, err := m.accept(r, f, s)
	if err != nil {
		return nil, err
	}
	_, due := dues(s.Kind, s.Vulnerable, r.Now, m.Nation)
	return keptPage.With("We have your question", keptView{Reference: spacedReference(reference), Due: due.In(london).Format("Monday 2 January 2006"), Mailed: m.mails(s)}), nil
}

// reachable asks for a way to answer, where there will be an answer.
func reachable(f *web.Form, k Kind, t typedForm) {
	if t.Email == "" && t.Phone == "" && t.Postcode == "" && k != Question {
		f.Fault("email", "Give us one way to reach you")
	}
}

// spam is the field that people do not see and programs fill in.
func spam(f *web.Form) {
	if f.Said("website") != "" {
		f.Fault("website", "Leave the last field empty. If you did not fill it in, your browser did: empty it and send again")
	}
}

// accept takes a submission of the public within the limits, and gives it a
// reference: when it returns without an error, it is on disk. The same form sent
// twice, by a double press or a reload, is one submission.
func (m *Room) accept(r *web.Request, f *web.Form, s Submission) (reference string, err error) {
	if m.shut != nil {
		return "", errBusy
	}
	key := sameForm(f, r.PostForm, s)
	if reference, ok := m.sent.reference(key, r.Now); ok {
		return reference, nil
	}
	if !m.limit.form(web.Sender(r.Request), r.Now) {
		return "", errBusy
	}
	if !m.limit.attach(s.size(), r.Now) {
		return "", errFull
	}
	s.Reference = newReference()
	if err := m.spool.put(s); err != nil {
		if errors.Is(err, reeve.Unavailable) {
			m.Log.Warn("a form of the public was refused", "waiting", m.spool.waiting())
			return "", errBusy
		}
		return "", err
	}
	m.sent.add(key, s.Reference, r.Now)
	return s.Reference, nil
}

// sameForm is the same for a form that was made once and is sent again as it was.
func sameForm(f *web.Form, fields url.Values, s Submission) string {
	h := sha256.New()
	io.WriteString(h, f.Said("once")+"\n"+fields.Encode())
	if s.Scam != nil {
		for _, file := range s.Scam.Files {
			h.Write(file.Body)
		}
	}
	return string(h.Sum(nil))
}

// tellKeep takes a report of a scam, with what hangs on it.
func (m *Room) tellKeep(r *web.Request) (web.Answer, error) {
	free, ok := m.uploads.take(r.Request)
	if !ok {
		return nil, errFull
	}
	defer free()
	v := emptyAsk()
	s, f, err := m.readTold(r, &v)
	if err != nil {
		return nil, err
	}
	spam(f)
	v.Errors = f.Errors
	if !f.OK() {
		return tellPage.With("Report a scam", v).Faulty(f), nil
	}
	s.Channel = ByForm
	reference, err := m.accept(r, f, s)
	if err != nil {
		return nil, err
	}
	return keptPage.With("Thank you for telling us", keptView{Reference: spacedReference(reference), Scam: true, Mailed: m.mails(s)}), nil
}

// readTold reads the form of a report, the public's or an agent's.
func (m *Room) readTold(r *web.Request, v *askView) (Submission, *web.Form, error) {
	if err := r.ParseMultipartForm(mostAttached); err != nil && !errors.Is(err, http.ErrNotMultipart) {
		return Submission{}, nil, reeve.WithHint(fmt.Errorf("read form: %w", reeve.Invalid), "the files are too large, or the form was cut short: send it without files")
	}
	f, err := r.Fields()
	if err != nil {
		return Submission{}, nil, err
	}
	person, typed := readPerson(f)
	typed.Way = f.Choice("way", "Choose how it reached you", values(ways)...)
	typed.Sender = f.Text("sender", 300)
	typed.Words = f.Text("words", 4000)
	typed.Copied, typed.Vulnerable, typed.Once = f.Said("copied"), f.Ticked("vulnerable"), f.Said("once")
	files := m.readFiles(r, f)
	if typed.Words == "" && len(files) == 0 {
		f.Fault("words", "Write what it said, or add a file")
	}
	v.Typed = typed
	return Submission{At: r.Now.Unix(), Kind: Question, Topic: "other", Person: person, Words: private(typed.Words), Vulnerable: typed.Vulnerable,
		Scam: &ScamSubmission{Way: typed.Way, Sender: private(typed.Sender), Copied: f.Ticked("copied"), Files: files}}, f, nil
}

// readFiles reads the files of a form into memory, which the form itself bounds.
func (m *Room) readFiles(r *web.Request, f *web.Form) (files []File) {
	if r.MultipartForm == nil {
		return nil
	}
	for _, h := range r.MultipartForm.File["file"] {
		if h.Size == 0 && h.Filename == "" {
			continue
		}
		if len(files) == mostFiles || h.Size > mostFile {
			f.Fault("file", fmt.Sprintf("Send at most %d files, each of %d MB or less", mostFiles, mostFile>>20))
			return files
		}
		in, err := h.Open()
		if err != nil {
			f.Fault("file", "A file could not be read: send it again")
			return files
		}
		body, err := io.ReadAll(io.LimitReader(in, mostFile))
		in.Close()
		if err != nil {
			f.Fault("file", "A file could not be read: send it again")
			return files
		}
		files = append(files, File{Name: private(fileName(h.Filename)), Body: body})
	}
	return files
}

// fileName is the name of a file without its folders, bounded.
func fileName(name string) string {
	name = path.Base(strings.ReplaceAll(strings.ToValidUTF8(name, ""), `\`, "/"))
	return cutText(strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, name), 200)
}

// trackView is how a matter stands, for whoever has its reference: no name, no
// word of what was asked or answered.
type trackView struct {
	Reference string
	Found     bool
	Asked     bool
	State     string
	Received  string
	Next      string
	Errors    []web.FieldError
}

func (m *Room) trackForm(*web.Request) (web.Answer, error) {
	return trackPage.With("Follow your question", trackView{}), nil
}

// track answers a reference; one that is not there, and one that was typed
// wrong, are told alike. The reference is in no address.
func (m *Room) track(r *web.Request) (web.Answer, error) {
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	v := trackView{Reference: f.Need("reference", 40, "Enter your reference, such as ABCD-EFGH-JKLM")}
	if v.Errors = f.Errors; !f.OK() {
		return trackPage.With("Follow your question", v).Faulty(f), nil
	}
	if !m.limit.look(web.Sender(r.Request), r.Now) {
		return nil, reeve.WithHint(fmt.Errorf("follow question: %w", reeve.Unavailable), "You asked about many references. Please wait ten minutes, or call us.")
	}
	v.Asked = true
	reference, ok := normReference(v.Reference)
	if !ok {
		return trackPage.With("Follow your question", v), nil
	}
	if m.sent.has(reference, r.Now) { // on disk, perhaps not in the list yet
		v.Found, v.State, v.Received = true, "We have it. Nobody has read it yet.", r.Now.In(london).Format("2 January 2006")
	}
	err = m.db.Read(r.Context(), func(tx *db.Tx) error { return v.fill(tx, reference, r.Now) })
	if err != nil {
		return nil, err
	}
	return trackPage.With("Follow your question", v), nil
}

// fill looks a reference up.
func (v *trackView) fill(tx *db.Tx, reference string, now time.Time) error {
	e, err := byReference(tx, reference)
	if errors.Is(err, reeve.NotFound) {
		report, err := oneReport(tx, "WHERE reference = ?", reference)
		if errors.Is(err, reeve.NotFound) {
			return nil
		}
		if err == nil {
			v.Found, v.State, v.Received = true, "We have your report. Thank you. We do not write back about each report. Forward e-mails to report@phishing.gov.uk and texts to 7726.", dayWords(report.Received)
		}
		return err
	}
	if err != nil {
		return err
	}
	v.Found, v.Received = true, dayWords(e.Received)
	if e.MergedInto > 0 {
		if e, err = readEnquiry(tx, e.MergedInto); err != nil {
			return err
		}
	}
	v.State = trackTable[e.State]
	if e.State.Live() {
		v.Next = "We aim to answer by the end of " + time.Unix(e.Due, 0).In(london).Format("Monday 2 January 2006") + "."
		if now.Unix() > e.Due {
			v.Next = "We are late with our answer, and we are sorry. You can call us."
		}
	}
	return nil
}

func dayWords(at int64) string { return time.Unix(at, 0).In(london).Format("2 January 2006") }

// trackTable says a state to whoever asked.
var trackTable = map[State]string{
	Fresh:    "We have it. Nobody has read it yet.",
	Open:     "Somebody is working on it.",
	Waiting:  "We asked you something and wait for your answer.",
	Answered: "We have answered. If you did not get our answer, call us.",
	Closed:   "It is closed. If you do not know why, call us.",
}

// sent remembers for an hour the forms that were accepted, so that one sent twice
// is taken once and can be followed at once.
type sent struct {
	mu    sync.Mutex
	forms map[string]taken
	ours  map[string]time.Time // references
}

// taken is a form that was accepted.
type taken struct {
	reference string
	at        time.Time
}

const mostSent = 100_000

func (s *sent) reference(key string, now time.Time) (string, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	t, ok := s.forms[key]
	return t.reference, ok && now.Sub(t.at) < time.Hour
}

func (s *sent) has(reference string, now time.Time) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	at, ok := s.ours[reference]
	return ok && now.Sub(at) < time.Hour
}

func (s *sent) add(key, reference string, now time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.forms == nil {
		s.forms, s.ours = make(map[string]taken), make(map[string]time.Time)
	}
	if len(s.forms) >= mostSent {
		maps.DeleteFunc(s.forms, func(_ string, t taken) bool { return now.Sub(t.at) >= time.Hour })
		maps.DeleteFunc(s.ours, func(_ string, at time.Time) bool { return now.Sub(at) >= time.Hour })
	}
	if len(s.forms) < mostSent {
		s.forms[key], s.ours[reference] = taken{reference, now}, now
	}
}
