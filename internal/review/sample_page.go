package review

import (
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/sweep"
	"github.com/reeve-council/reeve/internal/web"
)

func (m *Room) sampleSection() web.Section {
	return web.Section{
		Path: "/samples", Object: web.ObjectSample,
		Routes: []web.Route{
			{Pattern: "GET /samples", Verb: web.See, Object: web.ObjectSample, Do: m.samples},
			{Pattern: "POST /samples", Verb: web.Write, Object: web.ObjectSample, Do: m.drawSample},
			{Pattern: "GET /samples/method", Verb: web.See, Object: web.ObjectSample, Do: m.sampleMethod},
			{Pattern: "GET /samples/{id}", Verb: web.See, Object: web.ObjectSample, Do: m.samplePage},
			{Pattern: "GET /samples/{id}/next", Verb: web.Judge, Object: web.ObjectSample, Do: m.nextSample},
			{Pattern: "GET /samples/{id}/{n}", Verb: web.Judge, Object: web.ObjectSample, Do: m.blind},
			{Pattern: "POST /samples/{id}/{n}", Verb: web.Judge, Object: web.ObjectSample, Do: m.answerBlind},
			{Pattern: "POST /samples/{id}/finish", Verb: web.Approve, Object: web.ObjectSample, Do: m.finishSample},
		},
	}
}

var (
	samplesPage      = web.NewPage[samplesView](pages, "samples.html")
	sampleOnePage    = web.NewPage[sampleView](pages, "sample.html")
	blindPage        = web.NewPage[blindView](pages, "sample_blind.html")
	sampleMethodPage = web.NewPage[methodOfSamples](pages, "sample_method.html")
)

// samplesView lists samples, and is the form for another.
type samplesView struct {
	Samples []sampleLine     `json:"samples"`
	Sorts   []sampleSort     `json:"-"`
	Tiers   []choice         `json:"-"`
	Sizes   []sampleSize     `json:"-"`
	Writes  bool             `json:"-"`
	Typed   sampleTyped      `json:"-"`
	Errors  []web.FieldError `json:"-"`
}

type sampleTyped struct{ Sort, Tier, Size, Why string }

type sampleLine struct {
	sample
	Title  string         `json:"title"`
	Path   string         `json:"-"`
	Whole  *stratumResult `json:"result"` // nil before it is finished
	Counts string         `json:"-"`
}

var sampleTiers = []choice{{"", "Any tier"}, {string(reeve.TierStrong), "Strong"}, {string(reeve.TierLikely), "Likely"}, {string(reeve.TierPossible), "Possible"}}

// wholeCaseOnly refuses visitors of some councils: samples are of the whole case.
func wholeCaseOnly(r *web.Request) error {
	if r.Visitor.Councils != nil {
		return reeve.WithHint(fmt.Errorf("see samples: %w", reeve.Denied), "Samples are drawn from the whole case: they are for those who see every council.")
	}
	return nil
}

func lineOfSample(s sample) sampleLine {
	sort, _ := sampleSortOf(s.Sort)
	l := sampleLine{sample: s, Title: sort.Title, Path: "/samples/" + strconv.FormatInt(s.ID, 10)}
	if s.Tier != "" {
		l.Title += ", " + tierWords(reeve.Tier(s.Tier))
	}
	if all := keptResults(&s); len(all) > 0 {
		l.Whole = &all[0]
	}
	return l
}

// keptResults are the results of a finished sample, as they were kept.
func keptResults(s *sample) (all []stratumResult) {
	if s.Ended == 0 || json.Unmarshal([]byte(s.Result), &all) != nil {
		return nil
	}
	return all
}

func (m *Room) samplesView(r *web.Request) (v samplesView, err error) {
	if err := wholeCaseOnly(r); err != nil {
		return v, err
	}
	v = samplesView{Sorts: sampleSorts, Tiers: sampleTiers, Sizes: sampleSizes, Writes: r.May(web.Act{Verb: web.Write, Object: web.ObjectSample}),
		Typed: sampleTyped{Sort: sampleItems, Size: strconv.FormatInt(sizeFor(0.01), 10)}}
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		all, err := readSamples(tx)
		v.Samples = each(all, lineOfSample)
		return err
	})
	return v, err
}

func (m *Room) samples(r *web.Request) (web.Answer, error) {
	v, err := m.samplesView(r)
	if err != nil {
		return nil, err
	}
	return samplesPage.With("Samples", v), nil
}

// Columns and EachRow make the samples with their results a table.
func (v samplesView) Columns() []string {
	return []string{"sample", "sort", "tier", "seed", "size", "population", "judged", "misses", "unsure", "share_low", "share_high", "below", "finished"}
}

func (v samplesView) EachRow(emit func(...any) error) error {
	for _, s := range v.Samples {
		w := stratumResult{}
		if s.Whole != nil {
			w = *s.Whole
		}
		if err := emit(s.ID, s.Sort, s.Tier, s.Seed, s.Size, s.Population, s.Judged, w.Misses, w.Unsure, w.Share.Low, w.Share.High, w.Below, s.Ended); err != nil {
			return err
		}
	}
	return nil
}

// largestSample bounds what people are asked to judge.
const largestSample = 10_000

// drawSample draws a sample with a seed that nobody chose and that is on record.
func (m *Room) drawSample(r *web.Request) (web.Answer, error) {
	v, err := m.samplesView(r)
	if err != nil {
		return nil, err
	}
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	v.Typed = sampleTyped{f.Said("sort"), f.Said("tier"), f.Said("size"), f.Said("why")}
	s := &sample{Sort: f.Choice("sort", "Choose what to sample", each(sampleSorts, func(s sampleSort) string { return s.Code })...),
		Size: f.Number("size", "Enter how many to draw, from 1 to 10,000", 1, largestSample), Why: f.Need("why", 1000, "Say what the sample is to show"),
		By: r.Visitor.ID, ByName: r.Visitor.Name, At: r.Now.Unix()}
	if s.Sort == samplePrecision {
		s.Tier = f.Choice("tier", "Choose a tier of the list", values(sampleTiers)...)
	}
	var items []sampleItem
	if f.OK() {
		if items, err = m.population(r, s); err != nil {
			return nil, err
		}
		if len(items) == 0 {
			f.Fault("sort", "There is nothing to draw from: no item or link is of this sort")
		}
	}
	if !f.OK() {
		v.Errors = f.Errors
		return samplesPage.With("Samples", v).Faulty(f), nil
	}
	err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		err := addSample(tx, s, items)
		return record.Leaf{Verb: "draw", Object: sampleThing(s.ID), Rows: s.Size, Digest: digestOf(each(items, func(i sampleItem) string { return i.Thing })),
			Line: fmt.Sprintf("sample %d, %s: %d of %d, seed %s", s.ID, s.Sort, s.Size, s.Population, s.Seed)}, err
	})
	if err != nil {
		return nil, err
	}
	return web.Redirect(lineOfSample(*s).Path, "Drawn. Judge each without looking at what the machine says."), nil
}

func sampleThing(id int64) string { return "sample:" + strconv.FormatInt(id, 10) }

// population draws, and fills in from how many and with which seed.
func (m *Room) population(r *web.Request, s *sample) ([]sampleItem, error) {
	stamp, err := m.kase.Stamp(r.Context())
	if err != nil {
		return nil, err
	}
	seed := make([]byte, 16)
	if _, err := rand.Read(seed); err != nil {
		return nil, err
	}
	s.Stamp, s.Seed = stamp.String(), hex.EncodeToString(seed)
	var items []sampleItem
	err = m.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		items, s.Population, err = drawFrom(tx, s)
		return err
	})
	s.Size = int64(len(items))
	return items, err
}

// drawFrom draws a sample from its population. What is kept while it goes is the
// tickets, and what they are.
func drawFrom(tx *db.Tx, s *sample) (items []sampleItem, population int64, err error) {
	l := &lottery{seed: s.Seed, n: int(s.Size)}
	type held struct {
		thing string
		item  int64
	}
	kept := make(map[int]held)
	err = eachOfPopulation(tx, s.Sort, reeve.Tier(s.Tier), func(thing string, item int64) {
		if at := int(population); l.add(thing, at) {
			kept[at] = held{thing, item}
		}
		population++
	})
	for n, at := range l.drawn() {
		i := sampleItem{N: int64(n + 1), Thing: kept[at].thing}
		if err == nil {
			err = describeDrawn(tx, s.Sort, kept[at].item, &i)
		}
		items = append(items, i)
	}
	return items, population, err
}

// sampleView is one sample: how far it is, and its result when it is finished.
type sampleView struct {
	Sample   sampleLine       `json:"sample"`
	Sort     sampleSort       `json:"-"`
	Results  []stratumResult  `json:"results"` // none before it is finished: nobody is swayed
	Finishes bool             `json:"-"`
	Judges   bool             `json:"-"`
	Left     int64            `json:"left"`
	Next     string           `json:"-"`
	Errors   []web.FieldError `json:"-"`
}

func (m *Room) sampleView(r *web.Request) (v sampleView, err error) {
	if err := wholeCaseOnly(r); err != nil {
		return v, err
	}
	id, err := r.Number("id")
	if err != nil {
		return v, err
	}
	var s sample
	err = m.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		s, err = readSample(tx, id)
		return err
	})
	v.Sample, v.Left = lineOfSample(s), s.Size-s.Judged
	v.Sort, _ = sampleSortOf(s.Sort)
	v.Results = keptResults(&s)
	v.Judges = s.Ended == 0 && r.May(web.Act{Verb: web.Judge, Object: web.ObjectSample})
	v.Finishes = s.Ended == 0 && r.May(web.Act{Verb: web.Approve, Object: web.ObjectSample})
	v.Next = v.Sample.Path + "/next"
	return v, err
}

func (m *Room) samplePage(r *web.Request) (web.Answer, error) {
	v, err := m.sampleView(r)
	if err != nil {
		return nil, err
	}
	return sampleOnePage.With("Sample "+strconv.FormatInt(v.Sample.ID, 10), v), nil
}

func (v sampleView) Columns() []string {
	return []string{"stratum", "judged", "misses", "unsure", "share_low", "share_high", "below", "worst_low", "worst_high"}
}

func (v sampleView) EachRow(emit func(...any) error) error {
	for _, s := range v.Results {
		if err := emit(s.Stratum, s.Judged, s.Misses, s.Unsure, s.Share.Low, s.Share.High, s.Below, s.Worst.Low, s.Worst.High); err != nil {
			return err
		}
	}
	return nil
}

// nextSample leads to the next thing that nobody has judged.
func (m *Room) nextSample(r *web.Request) (web.Answer, error) {
	v, err := m.sampleView(r)
	if err != nil {
		return nil, err
	}
	from, _ := strconv.ParseInt(r.Ask("from"), 10, 64)
	var n int64
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		n, err = openOfSample(tx, v.Sample.ID, from)
		return err
	})
	if err != nil {
		return nil, err
	}
	if n == 0 || v.Sample.Ended > 0 {
		return web.Redirect(v.Sample.Path, "Everything drawn is judged."), nil
	}
	return web.Redirect(v.Sample.Path+"/"+strconv.FormatInt(n, 10), ""), nil
}

// finishSample freezes a sample of which everything is judged: its result is
// reckoned once and never changes.
func (m *Room) finishSample(r *web.Request) (web.Answer, error) {
	v, err := m.sampleView(r)
	if err != nil {
		return nil, err
	}
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	s := v.Sample.sample
	s.Version = f.Number("version", "", 1, 1<<53)
	if v.Left > 0 {
		f.Fault("finish", "Judge everything that was drawn first: leaving some out would choose the result")
	}
	if !f.OK() {
		v.Errors = f.Errors
		return sampleOnePage.With("Sample "+strconv.FormatInt(s.ID, 10), v).Faulty(f), nil
	}
	err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		items, err := readSampleItems(tx, s.ID)
		if err != nil {
			return record.Leaf{}, err
		}
		text, err := json.Marshal(results(s.Sort, items))
		if err != nil {
			return record.Leaf{}, err
		}
		s.Result, s.Digest, s.Ended, s.EndedBy = string(text), digestOf([]string{string(text)}), r.Now.Unix(), r.Visitor.ID
		whole := results(s.Sort, items)[0]
		return record.Leaf{Verb: "finish", Object: sampleThing(s.ID), Rows: s.Size, Digest: s.Digest,
			Line: fmt.Sprintf("sample %d, %s: %d misses among %d judged, %s", s.ID, s.Sort, whole.Misses, whole.Judged, whole.Limits())}, endSample(tx, &s)
	})
	if err != nil {
		return nil, err
	}
	return web.Redirect(v.Sample.Path, "Finished and frozen. The result is on record."), nil
}

// methodOfSamples is the page that says how samples are drawn and reckoned.
type methodOfSamples struct {
	Sorts []sampleSort `json:"sorts"`
	Sizes []sampleSize `json:"sizes"`
}

func (m *Room) sampleMethod(*web.Request) (web.Answer, error) {
	return sampleMethodPage.With("How samples are drawn and reckoned", methodOfSamples{sampleSorts, sampleSizes}), nil
}

// blindView is one thing of a sample without a word of what the machine says of
// it: no finding is marked, no tier and no probability is shown.
type blindView struct {
	Sample   sampleLine       `json:"sample"`
	Sort     sampleSort       `json:"sort"`
	N        int64            `json:"n"`
	Item     int64            `json:"item"`
	Who      *batchName       `json:"who"` // of a precision sample
	Blocks   []blindBlock     `json:"blocks"`
	More     string           `json:"more"` // where the item goes on
	Gone     bool             `json:"gone"` // it cannot be shown any more
	Answered bool             `json:"answered"`
	Mine     bool             `json:"-"`
	Thing    string           `json:"-"`
	Back     string           `json:"-"`
	Granted  bool             `json:"-"`
	Reveals  bool             `json:"-"`
	Errors   []web.FieldError `json:"-"`
}

// blindBlock is a piece of text or a table as read.
type blindBlock struct {
	Place  string              `json:"place"`
	Text   reeve.Sensitive     `json:"text"`
	Header []reeve.Sensitive   `json:"header"`
	Rows   [][]reeve.Sensitive `json:"rows"`
}

func (m *Room) blindView(r *web.Request) (v blindView, item sampleItem, err error) {
	whole, err := m.sampleView(r)
	if err != nil {
		return v, item, err
	}
	n, err := r.Number("n")
	if err != nil {
		return v, item, err
	}
	err = m.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		item, err = readSampleItem(tx, whole.Sample.ID, n)
		return err
	})
	if err != nil {
		return v, item, err
	}
	v = blindView{Sample: whole.Sample, Sort: whole.Sort, N: n, Thing: sampleThing(whole.Sample.ID), Answered: item.Answer != answerNone, Mine: item.By == r.Visitor.ID}
	v.Back = v.Sample.Path + "/" + strconv.FormatInt(n, 10)
	v.Granted = mayShow(r, v.Thing, web.ObjectSample)
	v.Reveals = !v.Granted && r.May(web.Act{Verb: web.SeePersonal, Object: web.ObjectSample})
	if v.Sort.Code == samplePrecision {
		err = m.blindLink(r, &v, item.Thing)
	} else {
		err = m.blindItem(r, &v, item.Thing)
	}
	if isNotFound(err) { // merged, set aside or sealed since it was drawn: nobody can tell
		v.Gone, err = true, nil
	}
	return v, item, err
}

// blindItem shows the first blocks of an item, unmarked.
func (m *Room) blindItem(r *web.Request, v *blindView, thing string) (err error) {
	if v.Item, err = strconv.ParseInt(thing, 10, 64); err != nil {
		return errNoThing
	}
	item, err := m.kase.Item(r.Context(), v.Item, scopeOf(r.Visitor))
	if err != nil {
		return err
	}
	stopped, _, err := m.stopped(r, v.Item, "")
	if err != nil {
		return err
	}
	if item.Hidden || stopped != nil {
		return errNoThing
	}
	if !v.Granted {
		return nil
	}
	from, _ := strconv.Atoi(r.Ask("from"))
	blocks, err := m.kase.Blocks(r.Context(), item.Document, max(0, from), 0, scopeOf(r.Visitor))
	for i := range blocks {
		b := &blocks[i]
		v.Blocks = append(v.Blocks, blindBlock{Place: b.Part, Text: b.Text, Header: b.Header, Rows: b.Rows})
		v.More = ""
		if next := b.Next; b.More || b.N+1 < item.Blocks {
			v.More = v.Back + "?from=" + strconv.FormatInt(next, 10)
		}
	}
	return err
}

// blindLink shows the passages of a link and the register's person beside them.
func (m *Room) blindLink(r *web.Request, v *blindView, thing string) error {
	t, err := m.targetOf(r, aboutLink, thing)
	if err != nil {
		return err
	}
	p, err := m.kase.Person(r.Context(), t.Person, sweep.Scope{Councils: r.Visitor.Councils})
	if err != nil {
		return plainFault(err)
	}
	v.Who = &batchName{p.Name, p.Born, p.Address, p.Postcode}
	at := slices.IndexFunc(p.Links, func(l sweep.LinkView) bool { return l.Mention == t.Mark })
	if at < 0 || !v.Granted {
		return nil
	}
	v.Item = p.Links[at].Item
	for _, passage := range p.Links[at].Passages {
		b := blindBlock{Place: passage.Place, Text: passage.Text, Header: passage.Header}
		if len(passage.Row) > 0 {
			b.Rows = [][]reeve.Sensitive{passage.Row}
		}
		v.Blocks = append(v.Blocks, b)
	}
	return nil
}

func (m *Room) blind(r *web.Request) (web.Answer, error) {
	v, _, err := m.blindView(r)
	if err != nil {
		return nil, err
	}
	return blindPage.With(fmt.Sprintf("Sample %d, number %d", v.Sample.ID, v.N), v).Show(v.Granted), nil
}

// answerBlind keeps an answer and goes on to the next.
func (m *Room) answerBlind(r *web.Request) (web.Answer, error) {
	v, _, err := m.blindView(r)
	if err != nil {
		return nil, err
	}
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	answer := int64(answerUnsure)
	switch said := f.Said("answer"); {
	case said == "unsure" || v.Gone:
	case v.Sort.Counts:
		answer = f.Number("answer", "Enter how many people, from 0 to 100,000", 0, 100_000)
	case f.Choice("answer", "Choose an answer", "yes", "no") == "yes":
		answer = 1
	default:
		answer = 0
	}
	if !f.OK() {
		v.Errors = f.Errors
		return blindPage.With(fmt.Sprintf("Sample %d, number %d", v.Sample.ID, v.N), v).Show(v.Granted).Faulty(f), nil
	}
	err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		err := answerSample(tx, v.Sample.ID, v.N, answer, r.Visitor.ID, r.Now.Unix())
		return record.Leaf{Verb: "answer", Object: sampleThing(v.Sample.ID), Line: fmt.Sprintf("sample %d, number %d: answered", v.Sample.ID, v.N)}, err
	})
	if err != nil {
		return nil, err
	}
	return web.Redirect(fmt.Sprintf("%s/next?from=%d", v.Sample.Path, v.N+1), ""), nil
}
