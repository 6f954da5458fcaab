package sweep

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/detect"
	"github.com/reeve-council/reeve/internal/linkage"
	"github.com/reeve-council/reeve/internal/risk"
)

// resolution is one resolving of the whole case: who is who, and what of each
// was exposed. It holds mentions and findings in compact form only.
type resolution struct {
	c        *Case
	records  []reeve.Record // people, then places of the gazetteer
	docs     map[int64]*docFacts
	byNumber []*docFacts
	byDigest map[string]*docFacts
	byMark   map[string]mentionAt
	result   *linkage.Result
	people   map[string]*subject
	order    []*subject
	set      caseSettings
	params   *linkage.Params // kept ones, nil to fit them
	hazards  []hazard
	perilous map[string]bool // households of hazards
	kinds    dictionary
	signals  dictionary
	nameless []reeve.Record    // anonymous electors: they put an address on hold
	passing  bool              // these lists are not the run's last: they give no ids for good
	services map[string]string // what the names of folders told
}

// caseSettings is what holds for the whole case.
type caseSettings struct {
	council     string
	asOf        reeve.Date
	controllers []ControllerRule
}

// docFacts is what weighing needs to know of a document.
type docFacts struct {
	number     int // dense, from 0
	digest     string
	incomplete bool
	paths      []itemPath // every item that holds it, first (smallest) first
	topics     []detect.Topic
}

type itemPath struct{ exhibit, path string }

type mentionAt struct {
	document int64
	ordinal  int32
}

// subject is a person on the way to a row.
type subject struct {
	person    *reeve.Person
	tier      reeve.Tier
	best      float64
	linked    bool
	evidence  []slim
	input     risk.Input
	documents map[int64]bool
	names     []reeve.Name
	exposure  reeve.Exposure
	place     int64
	current   heldValues          // what registers hold now, where they also hold what has ended
	still     map[reeve.Kind]bool // kinds of which a value found is held now
}

// resolve links all mentions of the case to people, weighs them and writes the
// roll-ups that the lists are read from.
//
// Parameters are fitted anew by a sweep and kept; a decision uses those kept, so
// that it moves what it is about and nothing else.
func (c *Case) resolve(ctx context.Context, params *linkage.Params, phase func(string)) error {
	r := c.newResolution()
	r.params = params
	return r.run(ctx, phase)
}

// resolveForNow writes lists that stand until the scans of the case have been
// read. Ids are given when a sweep ends, so that they do not depend on when it
// was stopped.
func (c *Case) resolveForNow(ctx context.Context, phase func(string)) error {
	r := c.newResolution()
	r.passing = true
	return r.run(ctx, phase)
}

func (c *Case) newResolution() *resolution {
	return &resolution{c: c, byMark: make(map[string]mentionAt), people: make(map[string]*subject), services: make(map[string]string)}
}

func (r *resolution) run(ctx context.Context, phase func(string)) error {
	for _, step := range []struct {
		name string
		do   func(context.Context) error
	}{
		{"linking", r.link},
		{"weighing", r.weigh},
		{"writing lists", r.write},
		{"counting", r.c.tallyItems},
	} {
		phase(step.name)
		if err := step.do(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (r *resolution) link(ctx context.Context) error {
	if err := r.loadSettings(ctx); err != nil {
		return err
	}
	all, err := r.c.records(ctx)
	if err != nil {
		return err
	}
	people, places := linkage.Complete(all)
	r.records = append(people, places...)
	keep := r.c.newShelf(ctx)
	if err := keep.records(r.records); err != nil {
		return err
	}
	if err := r.loadDocuments(ctx); err != nil {
		return err
	}
	intake := linkage.NewIntake()
	for i := range r.records {
		intake.Record(reeve.RecordID(i), &r.records[i])
		if r.records[i].AnonymousElector {
			r.nameless = append(r.nameless, r.records[i])
		}
	}
	task := linkage.Task{Params: r.params, AsOf: r.set.asOf, Folder: r.folder, Keep: keep}
	err = r.c.DB.Read(ctx, func(tx *db.Tx) error {
		if err := r.loadMentions(tx, intake); err != nil {
			return err
		}
		var err error
		if task.Known, err = loadKnown(tx); err != nil {
			return err
		}
		task.Decisions, err = loadDecisions(tx)
		return err
	})
	if err != nil {
		return fmt.Errorf("read mentions: %w", err)
	}
	if r.result, err = intake.Resolve(ctx, task); err != nil {
		return fmt.Errorf("link mentions: %w", err)
	}
	if err := keep.flush(); err != nil {
		return err
	}
	kept, err := json.Marshal(r.result.Params)
	if err != nil {
		return fmt.Errorf("keep parameters: %w", err)
	}
	return r.c.keepSettings(ctx, map[string]string{settingParams: string(kept)})
}

func (r *resolution) loadSettings(ctx context.Context) error {
	have, err := r.c.settings(ctx)
	if err != nil {
		return err
	}
	return r.set.read(have)
}

func (s *caseSettings) read(have map[string]string) (err error) {
	s.council, s.controllers = have[settingCouncil], decodeControllers(have[settingControllers])
	s.asOf, err = reeve.ParseISODate(have[settingAsOf])
	return err
}

// loadDocuments brings to mind every document that some item still holds.
func (r *resolution) loadDocuments(ctx context.Context) error {
	r.docs, r.byDigest = make(map[int64]*docFacts), make(map[string]*docFacts)
	err := r.c.DB.Read(ctx, func(tx *db.Tx) error { return tx.Each(r.document, documentSelect+" ORDER BY e.name, i.path") })
	if err != nil {
		return fmt.Errorf("read documents: %w", err)
	}
	r.findTopics(0)
	return nil
}

const documentSelect = `SELECT d.id, d.digest, d.status, e.name, i.path FROM item i JOIN exhibit e ON e.id = i.exhibit JOIN document d ON d.digest = i.digest`

// document takes a row of documentSelect. Rows come in the order of exhibit and
// path.
func (r *resolution) document(row db.Row) error {
	var id int64
	var digest, status, exhibit, path string
	if err := row.Scan(&id, &digest, &status, &exhibit, &path); err != nil {
		return err
	}
	d := r.docs[id]
	if d == nil {
		d = &docFacts{number: len(r.docs), digest: digest, incomplete: reeve.Status(status) != reeve.StatusRead}
		r.docs[id] = d
		r.byNumber = append(r.byNumber, d)
		r.byDigest[digest] = d
	}
	d.paths = append(d.paths, itemPath{exhibit, path})
	return nil
}

// findTopics reads the names of folders and files of the documents from a number
// on.
func (r *resolution) findTopics(from int) {
	for _, d := range r.byNumber[from:] {
		for _, p := range d.paths {
			for _, t := range detect.Folder(p.path) {
				if !slices.ContainsFunc(d.topics, func(have detect.Topic) bool { return have.Kind == t.Kind && have.Signal == t.Signal }) {
					d.topics = append(d.topics, t)
				}
			}
		}
	}
}

// folder is the folder of a document's first item, for the prior of bare names.
func (r *resolution) folder(digest string) string {
	if d := r.byDigest[digest]; d != nil {
		return folderOf(d.paths[0])
	}
	return ""
}

func folderOf(p itemPath) string {
	if i := strings.LastIndexByte(p.path, '/'); i >= 0 {
		return p.exhibit + "/" + p.path[:i]
	}
	return p.exhibit
}

func (r *resolution) loadMentions(tx *db.Tx, intake *linkage.Intake) error {
	return tx.Each(func(row db.Row) error {
		var at mentionAt
		var mark string
		var data []byte
		if err := row.Scan(&at.document, &at.ordinal, &mark, &data); err != nil {
			return err
		}
		d := r.docs[at.document]
		if d == nil {
			return nil
		}
		m, err := decodeMention(data)
		if err != nil {
			return err
		}
		m.ID, m.Ordinal, m.Digest = mark, int(at.ordinal), d.digest
		r.byMark[mark] = at
		intake.Mention(&m)
		return nil
	}, "SELECT document, ordinal, mark, data FROM mention ORDER BY mark")
}

// Keys of register persons hold a NUL byte, which no database stores as text.
const keyMark = "\x1f"

func storeKey(k string) string { return strings.ReplaceAll(k, "\x00", keyMark) }
func readKey(k string) string  { return strings.ReplaceAll(k, keyMark, "\x00") }

func loadKnown(tx *db.Tx) ([]linkage.IDAssignment, error) {
	return db.All(tx, scanKnown, "SELECT person, mark FROM given_id ORDER BY mark")
}

func scanKnown(row db.Row) (a linkage.IDAssignment, err error) {
	err = row.Scan(&a.ID, &a.Key)
	a.Key = readKey(a.Key)
	return a, err
}

// loadLog reads all decisions as they were made, those withdrawn and the
// withdrawals too.
func loadLog(tx *db.Tx) ([]reeve.Decision, error) {
	return db.All(tx, func(row db.Row) (d reeve.Decision, err error) {
		var a, b string
		if err = row.Scan(&d.ID, &d.What, &d.A, &d.B, &a, &b, &d.Why, &d.Actor, &d.At); err != nil {
			return d, err
		}
		if err = json.Unmarshal([]byte(a), &d.KeysA); err == nil {
			err = json.Unmarshal([]byte(b), &d.KeysB)
		}
		for _, keys := range [][]string{d.KeysA, d.KeysB} {
			for i := range keys {
				keys[i] = readKey(keys[i])
			}
		}
		return d, err
	}, "SELECT id, what, a, b, keys_a, keys_b, why, actor, at FROM decision ORDER BY id")
}

// loadDecisions reads the decisions that stand.
func loadDecisions(tx *db.Tx) ([]reeve.Decision, error) {
	log, err := loadLog(tx)
	return standing(log), err
}

// standing leaves out what was withdrawn, and the withdrawals. A withdrawal may
// itself be withdrawn: then what it was about stands again.
func standing(log []reeve.Decision) []reeve.Decision {
	gone := make(map[string]bool)
	var out []reeve.Decision
	for i := len(log) - 1; i >= 0; i-- {
		d := log[i]
		switch {
		case gone[strconv.FormatInt(d.ID, 10)]:
		case d.What == withdrawn:
			gone[d.A] = true
		default:
			out = append(out, d)
		}
	}
	slices.Reverse(out)
	return out
}
