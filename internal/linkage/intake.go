package linkage

import (
	"cmp"
	"slices"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/lex"
)

// Intake takes in records and mentions one by one and keeps of each only the
// compact features that linkage compares, so that a caller may read them from a
// store and let them go. It is not safe for use by several goroutines.
type Intake struct {
	words    *words
	records  *profiles
	recMeta  []recordMeta
	mentions *profiles
	menMeta  []mentionMeta
	hints    []reeve.RecordID // of all mentions; hintAt in their meta
}

// recordMeta is what is kept of a register row beside its profile.
type recordMeta struct {
	key       string // Record.Key: rows with one key are one human by definition
	id        reeve.RecordID
	line      int
	from, to  int32 // of the address, YYYYMMDD
	lines     uint32
	addrType  uint32
	household uint32 // source_household_id with its system
	place     bool   // the row names no human: an address list
	newest    int16  // the latest year that the row gives for itself
	adult     bool   // of a register that lists adults alone
	edition   int16  // the year that its register is of, 0 if unknown
	sealed    bool   // a protected identity: never joined with another by the machine
}

// mentionMeta is what is kept of a mention beside its profile.
type mentionMeta struct {
	id       string
	digest   uint32
	ordinal  int32
	place    spot
	said     int32
	hintAt   uint32
	hintN    uint16
	capacity reeve.Capacity
	sole     bool
}

// spot is a reeve.Place without its label.
type spot struct {
	block      uint32
	row, col   int32
	start, end uint32
}

func spotOf(p reeve.Place) spot { return spot{p.Block, p.Row, p.Col, p.Start, p.End} }

func (s spot) place() reeve.Place {
	return reeve.Place{Block: s.block, Row: s.row, Col: s.col, Start: s.start, End: s.end}
}

// NewIntake makes an empty intake.
func NewIntake() *Intake {
	return &Intake{words: newWords(), records: newProfiles(1024, 0), mentions: newProfiles(1024, 0)}
}

// Record takes in one register row; id is its number in the caller's order.
func (in *Intake) Record(id reeve.RecordID, r *reeve.Record) {
	p := in.records
	surname := r.Surname
	in.addName(p, r.Forename, r.Middle, surname)
	if r.KnownAs != "" {
		in.addName(p, r.KnownAs, "", surname)
	}
	if r.PreviousSurname != "" {
		in.addName(p, r.Forename, r.Middle, r.PreviousSurname)
	}
	p.addBorn(r.Born)
	lines := strings.TrimSpace(strings.Join(nonEmpty(append(slices.Clone(r.Address), r.Town)), ", "))
	p.addHome(in.recordHome(r))
	for _, id := range recordIDs(r) {
		in.addID(p, id)
	}
	p.finish(ageSpan{})
	m := recordMeta{key: r.Key(), id: id, line: r.Line, from: int32(r.AddressFrom.Number()), to: int32(r.AddressTo.Number()),
		place: r.Surname == "" && r.Forename == "", sealed: sealed(r), newest: max(r.Updated.Year, r.AddressFrom.Year), adult: r.Kind == "electoral" || r.Kind == "ctax", edition: int16(r.Edition)}
	if r.Postcode != "" {
		lines = strings.TrimPrefix(lines+", "+r.Postcode, ", ")
	}
	m.lines, m.addrType = in.words.intern(lines), in.words.intern(strings.ToLower(r.AddressType))
	if r.Household != "" {
		m.household = in.words.intern("\x03" + r.System + "\x00" + r.Household)
	}
	in.recMeta = append(in.recMeta, m)
}

// sealed reports the records whose person may have an old and a new identity.
func sealed(r *reeve.Record) bool {
	return r.Restricted || r.AnonymousElector || slices.Contains(r.Signals, reeve.SignalProtectedPerson) || slices.Contains(r.Signals, reeve.SignalSafeAddress)
}

func (in *Intake) recordHome(r *reeve.Record) home {
	a := lex.ParseAddress(r.Address...)
	a.UPRN = strings.TrimLeft(strings.TrimSpace(r.UPRN), "0")
	if pc, ok := lex.NormPostcode(r.Postcode); ok {
		a.Postcode = pc
	}
	return in.home(a)
}

// leastSourceID is the length from which a register's own number of a person (a
// staff or client number) is looked for in documents.
const leastSourceID = 5

// recordIDs are the identifying values of a register row in normal form.
func recordIDs(r *reeve.Record) []reeve.ID {
	out := make([]reeve.ID, 0, 8)
	add := func(k reeve.Kind, norm string) {
		if norm != "" {
			out = append(out, reeve.ID{Kind: k, Norm: norm})
		}
	}
	add(reeve.KindNINO, r.NINO)
	add(reeve.KindNHSNumber, r.NHS)
	add(reeve.KindUPN, r.UPN)
	add(reeve.KindEmail, r.Email)
	add(reeve.KindPhone, r.Phone)
	add(reeve.KindPhone, r.Phone2)
	if sort := lex.Digits(r.SortCode); len(sort) == 6 && r.AccountLast4 != "" {
		add(reeve.KindBankAccount, sort+"-"+r.AccountLast4)
	}
	if len(r.SourceID) >= leastSourceID {
		add(reeve.KindLocalRef, r.SourceID)
	}
	for _, ref := range r.Refs {
		if _, ok := fieldOfKind(ref.Kind); ok {
			add(ref.Kind, ref.Value)
		}
	}
	return out
}

// Mention takes in one mention.
func (in *Intake) Mention(m *reeve.Mention) {
	p := in.mentions
	for _, n := range m.Names {
		in.addName(p, n.Given, n.Middle, n.Surname)
	}
	for _, d := range m.Born {
		p.addBorn(d)
	}
	for _, a := range m.Addresses {
		p.addHome(in.home(a))
	}
	for _, id := range m.IDs {
		in.addID(p, id)
	}
	p.finish(spanOf(m.Age, m.AgeOn))
	hints := m.Records[:min(len(m.Records), mostHints)]
	in.menMeta = append(in.menMeta, mentionMeta{id: m.ID, digest: in.words.intern("\x04" + m.Digest), ordinal: int32(m.Ordinal),
		place: spotOf(m.First), said: int32(m.Said.Number()), hintAt: uint32(len(in.hints)), hintN: uint16(len(hints)), capacity: m.Capacity, sole: m.Sole})
	in.hints = append(in.hints, hints...)
}

// mostHints bounds the records that a scan saw for one mention: a common name
// has thousands, and the blocking keys find those that something else supports.
const mostHints = 64

// addName takes in one written form. Registers differ in whether further given
// names stand with the first or apart from it: here they are always apart.
func (in *Intake) addName(p *profiles, given, middle, surname string) {
	if first, more, ok := strings.Cut(strings.TrimSpace(given), " "); ok {
		given, middle = first, strings.TrimSpace(more+" "+middle)
	}
	p.addName(nameForm{in.words.name(given), in.words.name(middle), in.words.name(surname)})
}

func (in *Intake) home(a reeve.Address) home {
	w := in.words
	h := home{unit: w.intern(lex.Fold(a.Unit)), number: w.intern(lex.Fold(a.Number)), street: w.intern(lex.Fold(a.Street)), postcode: w.postcode(a.Postcode)}
	if a.UPRN != "" {
		h.uprn = w.intern("\x05" + strings.TrimLeft(a.UPRN, "0"))
	}
	return h
}

func (in *Intake) addID(p *profiles, id reeve.ID) {
	field, ok := fieldOfKind(id.Kind)
	norm := normalID(id)
	if !ok || norm == "" {
		return
	}
	kind := string(id.Kind)
	if field == fieldAccount || id.Kind == reeve.KindCHINumber {
		kind = fieldNames[field]
	}
	p.addID(idValue{field: field, loose: id.Kind == reeve.KindLocalRef || id.Kind == reeve.KindCaseRef, value: in.words.intern("\x06" + kind + "\x00" + norm), kind: in.words.intern("\x07" + kind)})
}

// normalID brings the normal forms of one value from registers and from texts
// together: letters and digits alone (e-mail as it is), bank accounts as the
// sort code and the last four digits, UK phones without 44 or the first 0.
func normalID(id reeve.ID) string {
	switch id.Kind {
	case reeve.KindEmail:
		return strings.ToLower(strings.TrimSpace(id.Norm))
	case reeve.KindPhone:
		return normalPhone(id.Norm)
	case reeve.KindBankAccount:
		if d := lex.Digits(id.Norm); len(d) >= 14 {
			return d[:6] + d[len(d)-4:]
		}
	case reeve.KindNINO:
		if s := lex.Squeeze(id.Norm); len(s) >= 8 {
			return strings.ToUpper(s[:8]) // the last letter says nothing of who it is and is often left out
		}
	}
	return strings.ToUpper(lex.Squeeze(id.Norm))
}

func normalPhone(s string) string {
	d := lex.Digits(s)
	d = strings.TrimPrefix(d, "00")
	if len(d) > 10 {
		d = strings.TrimPrefix(d, "44")
	}
	d = strings.TrimPrefix(d, "0")
	if len(d) < 7 {
		return ""
	}
	return d
}

// spanOf gives the years of birth that a stated age allows.
func spanOf(age int, on reeve.Date) ageSpan {
	if age <= 0 || age > 120 || on.Year == 0 {
		return ageSpan{}
	}
	return ageSpan{from: on.Year - int16(age) - 1, to: on.Year - int16(age)}
}

func nonEmpty(list []string) []string {
	return slices.DeleteFunc(list, func(s string) bool { return strings.TrimSpace(s) == "" })
}

// settle puts records and mentions into an order of their own content, so that
// nothing after it depends on the order of input.
func (in *Intake) settle() {
	recs := order(len(in.recMeta), func(i, j int) int { return compareRecords(in, i, j) })
	in.records, in.recMeta = in.records.reorder(recs), permute(in.recMeta, recs)
	mens := order(len(in.menMeta), func(i, j int) int {
		return cmp.Or(strings.Compare(in.menMeta[i].id, in.menMeta[j].id), cmp.Compare(in.menMeta[i].ordinal, in.menMeta[j].ordinal))
	})
	in.mentions, in.menMeta = in.mentions.reorder(mens), permute(in.menMeta, mens)
	in.words.ids = nil // nothing is taken in any more
}

func compareRecords(in *Intake, i, j int) int {
	a, b := &in.recMeta[i], &in.recMeta[j]
	text := in.words.text
	return cmp.Or(strings.Compare(a.key, b.key), cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to), strings.Compare(text[a.lines], text[b.lines]),
		cmp.Compare(a.line, b.line), compareNames(text, in.records.namesOf(i), in.records.namesOf(j)), cmp.Compare(a.id, b.id))
}

func compareNames(text []string, a, b []nameForm) int {
	return slices.CompareFunc(a, b, func(x, y nameForm) int {
		return cmp.Or(strings.Compare(text[x.surname], text[y.surname]), strings.Compare(text[x.given], text[y.given]), strings.Compare(text[x.middle], text[y.middle]))
	})
}

func order(n int, compare func(i, j int) int) []uint32 {
	out := make([]uint32, n)
	for i := range out {
		out[i] = uint32(i)
	}
	slices.SortFunc(out, func(a, b uint32) int { return compare(int(a), int(b)) })
	return out
}

func permute[T any](list []T, by []uint32) []T {
	out := make([]T, len(list))
	for i, from := range by {
		out[i] = list[from]
	}
	return out
}

// reorder copies the profiles in a new order, into columns of exact size.
func (p *profiles) reorder(by []uint32) *profiles {
	out := newProfiles(len(by), p.stride)
	out.names, out.born = make([]nameForm, 0, len(p.names)), make([]int32, 0, len(p.born))
	out.homes, out.ids = make([]home, 0, len(p.homes)), make([]idValue, 0, len(p.ids))
	for _, from := range by {
		i := int(from)
		out.names = append(out.names, p.namesOf(i)...)
		out.born = append(out.born, p.bornOf(i)...)
		out.homes = append(out.homes, p.homesOf(i)...)
		out.ids = append(out.ids, p.idsOf(i)...)
		out.extras = append(out.extras, p.extrasOf(i)...)
		out.finish(p.ages[i])
	}
	return out
}
