package enquiry

import (
	"cmp"
	"context"
	"embed"
	"log/slog"
	"sync"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/job"
	"github.com/reeve-council/reeve/internal/mail"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/sandbox"
	"github.com/reeve-council/reeve/internal/sweep"
	"github.com/reeve-council/reeve/internal/uk"
	"github.com/reeve-council/reeve/internal/web"
)

//go:embed pages
var pages embed.FS

// Deps are what the room needs from the program.
type Deps struct {
	Case *sweep.Case
	Log  *slog.Logger
	Now  func() time.Time // nil: time.Now

	// Folder is where forms wait for the database and mail is dropped; "": the
	// case's own folder.
	Folder string
	// Reader says how files from strangers are read.
	Reader sandbox.Options
	// Book gives the facts that may be said in public; nil: scripts hold none.
	Book Book
	// Unread is the sentence that says how much is still unread, by the figures
	// released at a moment, seconds UTC; nil: it has no number.
	Unread func(tx *db.Tx, now int64) (string, error)
	// Letters knows the letters that were sent; nil: no caller can be verified by
	// the reference of one.
	Letters Letters
	// Limits bound what the public may send; zero values are the usual ones.
	Limits Limits
	// Mail sends receipts, from From; nil: none are sent.
	Mail Sender
	From mail.Address
	// Nation is whose bank holidays count.
	Nation uk.Nation
}

// Book is what the room asks of the incident's book.
type Book interface {
	// Facts are what may be said in public now.
	Facts(tx *db.Tx) ([]Fact, error)
	// Cite notes that a script was built on a version of a fact.
	Cite(tx *db.Tx, version int64, id, title, path string) error
}

// Fact is one line of the book.
type Fact struct {
	Version int64  `json:"version"` // number of the fact's version
	Topic   string `json:"topic"`
	Text    string `json:"text"`
	AsOf    int64  `json:"as_of"` // seconds UTC
}

// Letters is what the room asks about letters.
type Letters interface {
	// Letter tells to whom the letter with a reference was sent, and when;
	// reeve.NotFound where none was.
	Letter(ctx context.Context, reference string) (person string, sent int64, err error)
}

// Room is the room: its pages, public routes and jobs over one case.
type Room struct {
	Deps
	kase    *sweep.Case
	db      *db.DB
	spool   *spool
	limit   *limiter
	scams   *mail.Inbox
	asked   *mail.Inbox
	cage    cage
	folder  string // of all the others
	loose   string // folder of files while they are read
	shut    error  // why the folders cannot be used
	sent    sent
	uploads uploads
}

// New makes the room and its folders. Its tables must have been migrated. Where
// a folder cannot be made, that is logged; public forms are then refused, and the
// jobs say why.
func New(d Deps) *Room {
	if d.Now == nil {
		d.Now = time.Now
	}
	if d.Log == nil {
		d.Log = slog.New(slog.DiscardHandler)
	}
	d.Limits = d.Limits.filled()
	m := &Room{Deps: d, kase: d.Case, db: d.Case.DB, limit: newLimiter(d.Limits)}
	m.cage.options = d.Reader
	m.cage.options.Workers = cmp.Or(d.Reader.Workers, 1)
	if m.shut = m.openFolders(cmp.Or(d.Folder, d.Case.Dir)); m.shut != nil {
		d.Log.Error("enquiries cannot be taken in", "error", m.shut)
	}
	return m
}

// Sections are the desks of the room. The menu has one line for residents and
// one for scams.
func (m *Room) Sections() []web.Section {
	return []web.Section{
		m.inboxSection(),
		m.refusedSection(),
		m.forgetSection(),
		m.enquirySection(),
		m.callSection(),
		m.scriptSection(),
		m.paperSection(),
		m.figureSection(),
		m.scamSection(),
	}
}

// Jobs are the handlers of the room's jobs.
func (m *Room) Jobs() []job.Handler {
	return []job.Handler{
		{Kind: "enquiry.intake", Every: 10 * time.Second, Run: m.open(m.takeIn)},
		{Kind: "enquiry.mail", Every: 30 * time.Second, Run: m.open(m.takeMail)},
		{Kind: "enquiry.receipt", Every: 20 * time.Second, Run: m.acknowledge},
		{Kind: "enquiry.read", Every: 30 * time.Second, Run: m.open(m.readReports)},
		{Kind: forgetKind, Run: m.open(m.forget)},
	}
}

// open is a job that needs the folders.
func (m *Room) open(do func(context.Context, *job.Work) error) func(context.Context, *job.Work) error {
	return func(ctx context.Context, w *job.Work) error {
		if m.shut != nil {
			return m.shut
		}
		return do(ctx, w)
	}
}

// Close ends the readers.
func (m *Room) Close() error { return m.cage.close() }

// act runs an act of a visitor in one transaction that survives a power cut,
// and writes the leaf that do returns last. The actor and the time are filled in.
func (m *Room) act(r *web.Request, do func(tx *db.Tx) (record.Leaf, error)) error {
	return record.Act(r.Context(), m.db, record.By{Actor: r.Visitor.ID, Time: r.Now.Unix()}, do)
}

// program runs an act of the program itself. Where do did nothing, it gives a
// leaf without a verb, and none is written.
func (m *Room) program(ctx context.Context, do func(tx *db.Tx) (record.Leaf, error)) error {
	return record.Work(ctx, m.db, record.By{Actor: "reeve", Time: m.Now().Unix()}, do)
}

// scopeOf is what of the case this room may ask about: never a sealed person,
// opened or not.
func scopeOf(v *web.Visitor) sweep.Scope {
	if v == nil {
		return sweep.Scope{Councils: []string{}}
	}
	return sweep.Scope{Councils: v.Councils}
}

// cage starts the readers when the first file comes.
type cage struct {
	mu      sync.Mutex
	options sandbox.Options
	box     *sweep.Letterbox
}

func (c *cage) open() (*sweep.Letterbox, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	var err error
	if c.box == nil {
		c.box, err = sweep.NewLetterbox(c.options)
	}
	return c.box, err
}

func (c *cage) close() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.box != nil {
		c.box.Close()
		c.box = nil
	}
	return nil
}

// private wraps what a resident wrote.
func private(text string) reeve.Sensitive { return reeve.Private(sweep.KindText, text) }
