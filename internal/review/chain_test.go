package review

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/db/dbtest"
	"github.com/reeve-council/reeve/internal/job"
	"github.com/reeve-council/reeve/internal/mail"
	"github.com/reeve-council/reeve/internal/mail/mailtest"
	"github.com/reeve-council/reeve/internal/notice"
	"github.com/reeve-council/reeve/internal/notice/simulator"
	"github.com/reeve-council/reeve/internal/sweep"
	"github.com/reeve-council/reeve/internal/web"
)

// chainPeople are the rows of a register: forename, date of birth, e-mail,
// telephone, safe contact, and signals. Each lives alone, and a file about each is
// in the exhibit.
var chainPeople = []struct{ name, born, email, phone, safe, codes, sealed string }{
	{"Ada", "1970-05-04", "ada@example.org", "", "email", "", ""},
	{"Ben", "1971-05-04", "house@example.org", "", "email", "", ""}, // the mailbox is Cyril's too
	{"Cyril", "1972-05-04", "House@Example.org", "", "post", "", ""},
	{"Dora", "2012-05-04", "dora@example.org", "", "email", "", ""},                 // a child
	{"Edwina", "1974-05-04", "edwina@example.org", "", "email", "DA", ""},           // on hold
	{"Finn", "1975-05-04", "finn@example.org", "07700 900106", "phone", "", ""},     // a text message
	{"Greta", "1976-05-04", "", "020 7946 0107", "phone", "", ""},                   // no mobile
	{"Hal", "1977-05-04", "refused", "", "email", "", ""},                           // no address
	{"Isolde", "1978-05-04", "isolde@example.org", "07700 900109", "email", "", ""}, // changes hers after the run was signed
	{"Jo", "1979-05-04", "jo@example.org", "07700 900110", "email", "", "Y"},        // sealed
	{"Kit", "1980-05-04", "kit@example.org", "07700 900111", "phone", "", ""},       // a text message
}

// townHall is a case from its sweep to what left for its people.
type townHall struct {
	t       *testing.T
	dir     string
	kase    *sweep.Case
	house   http.Handler
	notices *notice.Room
	post    *mailtest.Server
	texts   *textLog
}

// textLog writes down to which numbers the simulator was asked to send, and which
// letters it was given.
type textLog struct {
	mu      sync.Mutex
	numbers []string
	letters [][]byte // PDF
	next    http.Handler
}

func (l *textLog) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	var asked struct {
		Number string `json:"phone_number"`
		Letter []byte `json:"content"`
	}
	if err == nil && json.Unmarshal(body, &asked) == nil {
		l.mu.Lock()
		if asked.Number != "" {
			l.numbers = append(l.numbers, asked.Number)
		}
		if asked.Letter != nil {
			l.letters = append(l.letters, asked.Letter)
		}
		l.mu.Unlock()
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	l.next.ServeHTTP(w, r)
}

// sent are the numbers so far, in order of number, from the nth message on.
func (l *textLog) sent(from int) []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Sorted(slices.Values(l.numbers[from:]))
}

// sweepAll sweeps the exhibit and the register as they lie on the disk now.
func (c *townHall) sweepAll() {
	c.t.Helper()
	_, err := c.kase.Sweep(c.t.Context(), sweep.Options{Council: "NVB", NoOCR: true, AsOf: reeve.Date{Year: 2026, Month: 1, Day: 12},
		Exhibits: []sweep.ExhibitFlag{{Path: filepath.Join(c.dir, "files"), Name: "fileserver", Taken: reeve.TakenLikely}}, Registers: []sweep.RegisterFlag{{Path: filepath.Join(c.dir, "crm.csv")}}})
	if err != nil {
		c.t.Fatal(err)
	}
}

// writeFiles writes exhibit and register.
func (c *townHall) writeFiles() {
	c.t.Helper()
	var register strings.Builder
	register.WriteString("source_system,source_person_id,surname,forename,date_of_birth,ni_number,email,phone,address_1,town,postcode,role,council_code,safe_contact,vulnerable_codes,restricted,updated_at\n")
	folder := filepath.Join(c.dir, "files", "Housing")
	err := os.MkdirAll(folder, 0o700)
	for i, p := range chainPeople {
		nino := fmt.Sprintf("AA%06dA", 100_000+i)
		fmt.Fprintf(&register, "CRM,%d,Fellowes,%s,%s,%s,%s,%s,%d Weir Street,Norvale,ZE1 0AA,tenant,NVB,%s,%s,%s,2026-01-05\n", i, p.name, p.born, nino, p.email, p.phone, i+1, p.safe, p.codes, p.sealed)
		if err == nil {
			err = os.WriteFile(filepath.Join(folder, p.name+".txt"), fmt.Appendf(nil, "Tenancy\nName: %s Fellowes\nDate of birth: %s\nNational Insurance number: %s\n", p.name, p.born, nino), 0o600)
		}
	}
	if err == nil {
		err = os.WriteFile(filepath.Join(c.dir, "crm.csv"), []byte(register.String()), 0o600)
	}
	if err != nil {
		c.t.Fatal(err)
	}
}

// newTownHall sweeps a case, and opens the rooms over it with a mail server and a
// simulator of GOV.UK Notify.
func newTownHall(t *testing.T, address string) *townHall {
	t.Helper()
	return openTownHall(t, address, (*townHall).writeFiles)
}

// openTownHall is newTownHall with files and a register of a test's own.
func openTownHall(t *testing.T, address string, write func(*townHall)) *townHall {
	t.Helper()
	c := &townHall{t: t, dir: t.TempDir(), post: mailtest.New(t, mailtest.TLS)}
	write(c)
	var err error
	if c.kase, err = sweep.Make(t.Context(), filepath.Join(c.dir, "case"), address); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.kase.Close() })
	c.sweepAll()
	if err = migrateAll(t.Context(), c.kase.DB); err == nil {
		err = notice.Migrate(t.Context(), c.kase.DB)
	}
	if err != nil {
		t.Fatal(err)
	}
	room, _ := testRoom(t, Deps{Case: c.kase})
	c.notices = notice.New(notice.Deps{DB: c.kase.DB, Guard: room, Evidence: room, Channels: c.channels(), Now: func() time.Time { return testNow }})
	c.house, err = web.New(web.Options{Door: testDoor{}, Title: "Test case", Now: func() time.Time { return testNow }}, slices.Concat(room.Sections(), c.notices.Sections())...)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func (c *townHall) channels() []notice.Channel {
	c.t.Helper()
	out, err := mail.NewServer(mail.Settings{Host: "127.0.0.1", Port: c.post.Port, Security: mail.TLS, Roots: c.post.Roots, Timeout: 5 * time.Second, Hello: "desk.example.org"})
	if err != nil {
		c.t.Fatal(err)
	}
	c.t.Cleanup(func() { out.Close() })
	const key = "test-key-11111111-2222-3333-4444-555555555555-66666666-7777-8888-9999-000000000000"
	texts, err := simulator.Open(filepath.Join(c.dir, "texts.log"), simulator.Options{Key: key, Start: testNow, Speed: 1000})
	if err != nil {
		c.t.Fatal(err)
	}
	c.texts = &textLog{next: texts}
	server := httptest.NewServer(c.texts)
	c.t.Cleanup(func() { server.Close(); texts.Close() })
	notify, err := notice.NewNotify(notice.NotifyOptions{Base: server.URL, Key: key, Clock: texts, Mail: simulator.MailTemplate, Text: simulator.TextTemplate})
	if err != nil {
		c.t.Fatal(err)
	}
	return []notice.Channel{notice.NewMail(notice.MailOptions{Out: out, From: mail.Address{Mail: "notices@council.example.org"}, Domain: "council.example.org", Minute: 6000}), notify}
}

// work does what waits in the queue for a run.
func (c *townHall) work(kind string, run int64) {
	c.t.Helper()
	args, err := json.Marshal(map[string]int64{"run": run})
	if err != nil {
		c.t.Fatal(err)
	}
	for _, j := range c.notices.Jobs() {
		if j.Kind == kind {
			if err := j.Run(c.t.Context(), &job.Work{Args: args}); err != nil {
				c.t.Fatal(err)
			}
			return
		}
	}
	c.t.Fatalf("no job %s", kind)
}

// runState is what the page of a run tells.
type runState struct {
	Version int64
	Digest  string
	State   string
	People  int64
	Out     []struct {
		Code string
		N    int64
	} `json:"left_out"`
	States []struct {
		Code string
		N    int64
	}
}

func (c *townHall) run(path string) (s runState) {
	c.t.Helper()
	if err := json.Unmarshal(get(c.t, c.house, path+".json").Body.Bytes(), &s); err != nil {
		c.t.Fatal(err)
	}
	return s
}

// act does one thing to a run as somebody.
func (c *townHall) act(who, path, what string, more ...string) {
	c.t.Helper()
	s := c.run(path)
	form := url.Values{"version": {strconv.FormatInt(s.Version, 10)}, "digest": {s.Digest}, "read": {"yes"}}
	want(c.t, post(c.t, c.house, path+"/"+what, with(form, more...), "X-Who", who), http.StatusSeeOther)
}

// signed sets a run up, freezes and checks it, has two people sign it and looks at
// a test batch.
func (c *townHall) signed(title, way, channel string) (path string, id int64) {
	c.t.Helper()
	w := post(c.t, c.house, "/notices/runs", url.Values{"title": {title}, "list": {"1"}, "template": {"personal"}, "bands": {""}, "way": {way}, "channel": {channel}, "on": {"2026-01-19"}})
	want(c.t, w, http.StatusSeeOther)
	path = w.Header().Get("Location")
	id, err := strconv.ParseInt(path[strings.LastIndexByte(path, '/')+1:], 10, 64)
	if err != nil {
		c.t.Fatal(err)
	}
	c.act("u1", path, "freeze")
	c.work("notice.check", id)
	c.act("u1", path, "sign")
	c.act("u2", path, "sign")
	c.act("u1", path, "test")
	c.work("notice.send", id)
	return path, id
}

// leftOut is why people are not in a run, and in which state messages are.
func (s *runState) leftOut() (out, states map[string]int64) {
	out, states = make(map[string]int64), make(map[string]int64)
	for _, l := range s.Out {
		out[l.Code] = l.N
	}
	for _, l := range s.States {
		states[l.Code] = l.N
	}
	return out, states
}

var chainWording = url.Values{"version": {"0"}, "name": {"Norvale Borough Council"}, "address": {"Town Hall\nWeir Street\nNorvale\nZE1 0AB"}, "phone": {"020 7946 0100"}, "mobile": {"07700 900199"}, "hours": {"Every day, 8am to 8pm"},
	"email": {"incident@norvale.example.org"}, "website": {"norvale.example.org"}, "check_page": {"norvale.example.org/check"}, "dpo": {"Tobias Reyes"}, "dpo_email": {"dpo@norvale.example.org"},
	"signatory": {"Rosalind Bloom"}, "role": {"Chief executive"}, "worker_line": {"020 7946 0110"}, "services": {"our housing and benefits services"},
	"happened":  {"On 24 November 2025 we saw that somebody had broken into our computer systems. They had copied files that hold personal data."},
	"measures":  {"We cut the systems off the same morning. We told the Information Commissioner's Office and the police."},
	"published": {"On 19 January 2026 we knew of no place where the files were published."}, "next": {"We go on reading the files. If we find more about you, we will write to you again."}}

// TestFromSweepToMessage: registers and files are swept, the list is frozen and
// approved, and an e-mail and a text leave for everybody who may have one, once:
// not for who is on hold, a child, sealed, without an address of their own, or
// changed it after two people had signed.
func TestFromSweepToMessage(t *testing.T) {
	for name, address := range map[string]func() string{"sqlite": func() string { return "" }, "postgres": func() string { return dbtest.PostgresAddress(t) }} {
		t.Run(name, func(t *testing.T) { tellEverybody(newTownHall(t, address())) })
	}
}

func tellEverybody(c *townHall) {
	t := c.t
	t.Helper()
	at := freezeNow(t, c.house)
	for i, who := range []string{"u1", "u2"} {
		want(t, post(t, c.house, at+"/approve", url.Values{"version": {strconv.Itoa(i + 1)}, "looked": {"1"}}, "X-Who", who), http.StatusSeeOther)
	}
	want(t, post(t, c.house, "/notices/wording", chainWording), http.StatusSeeOther)
	mails, mailRun := c.signed("E-mails", "email", "mail")
	texts, textRun := c.signed("Texts", "text", "notify")
	tests, testTexts := len(c.post.Mails()), len(c.texts.sent(0))
	if tests == 0 || testTexts == 0 {
		t.Fatalf("%d test mails, %d test texts", tests, testTexts)
	}

	chainPeople[8].email = "isolde.new@example.org"
	defer func() { chainPeople[8].email = "isolde@example.org" }()
	c.writeFiles()
	c.sweepAll()

	c.act("u1", mails, "start")
	c.act("u1", texts, "start")
	for range 2 { // a second go sends nothing again
		c.work("notice.send", mailRun)
		c.work("notice.send", textRun)
	}
	got := c.post.Mails()[tests:]
	if len(got) != 1 || !strings.Contains(got[0], "ada@example.org") || !strings.Contains(got[0], "Ada Fellowes") {
		t.Errorf("%d mails: %s", len(got), strings.Join(got, "\n"))
	}
	if numbers := c.texts.sent(testTexts); !slices.Equal(numbers, []string{"+447700900106", "+447700900111"}) {
		t.Errorf("texts to %v", numbers)
	}
	c.checkRuns(mails, texts, mailRun)
}

// checkRuns: whoever is not told is accounted for, with the reason.
func (c *townHall) checkRuns(mails, texts string, mailRun int64) {
	t := c.t
	t.Helper()
	s := c.run(mails)
	out, states := s.leftOut()
	if s.State != "done" || s.People != 2 || states["left"] != 1 || states["refused"] != 1 || out["shared-address"] != 1 || out["under-18"] != 1 || out["hold"] != 1 || out["no-address"] != 1 || out["other-way"] != 4 {
		t.Errorf("e-mails: %s, %d people, %v; left out %v", s.State, s.People, states, out)
	}
	s = c.run(texts)
	if out, states = s.leftOut(); s.State != "done" || s.People != 2 || states["left"] != 2 || out["no-address"] != 1 || out["under-18"] != 1 || out["hold"] != 1 {
		t.Errorf("texts: %s, %d people, %v; left out %v", s.State, s.People, states, out)
	}
	var reason, services, held string
	err := c.kase.DB.Read(t.Context(), func(tx *db.Tx) error {
		if err := tx.One([]any{&reason}, "SELECT reason FROM notice_refusal WHERE run = ?", mailRun); err != nil {
			return err
		}
		return tx.One([]any{&services, &held}, "SELECT services, held FROM notice_message WHERE run = ? AND n > 0 AND state = 'left'", mailRun)
	})
	if err != nil || reason != string(notice.Stale) || services != "housing" || held != "yes" {
		t.Errorf("refused as %q; services %q, held %q (%v)", reason, services, held, err)
	}
}
