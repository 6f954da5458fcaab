package detect

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/lex"
)

// Set is the compiled detectors and vocabulary. It does not change after New
// and may be used from several goroutines.
type Set struct {
	terms  []term // by Word.ID - 1
	words  []lex.Word
	digits [64][]*near // detectors that look at runs of n digits
	mixed  [64][]*near // at runs of n letters and digits
	masks  map[reeve.Kind]uint64
	custom []*custom
	print  string
}

// near is a detector with the bit that its words of context carry.
type near struct {
	*Detector
	mask uint64
}

// term is what one phrase of the vocabulary means; it may mean several things.
type term struct {
	near   uint64  // bits of the detectors it is context of
	stands *slot   // it says who somebody is: "social worker", "mother"
	means  []int32 // rows of circumstanceRows
	cue    cue     // it tells the type of a document
	not    bool    // it says that a number is none of ours: invoice, meter
}

// New compiles the detectors, with a council's own behind them.
func New(own []Custom) (*Set, error) {
	s := &Set{masks: make(map[reeve.Kind]uint64)}
	terms := make(map[string]*term)
	for i, d := range detectors {
		s.add(d, 1<<i, terms)
	}
	for i, c := range own {
		if len(detectors)+i >= 64 {
			return nil, fmt.Errorf("compile detectors: %w: more than %d of your own", reeve.Invalid, 64-len(detectors))
		}
		compiled, err := compileCustom(c)
		if err != nil {
			return nil, err
		}
		compiled.mask = 1 << (len(detectors) + i)
		addNear(terms, c.Near, compiled.mask)
		s.custom = append(s.custom, compiled)
	}
	addVocabulary(terms)
	s.number(terms)
	s.print = fingerprint(own)
	return s, nil
}

func (s *Set) add(d *Detector, mask uint64, terms map[string]*term) {
	if _, ok := s.masks[d.Kind]; !ok {
		s.masks[d.Kind] = mask
	}
	addNear(terms, d.Near, mask)
	n := &near{d, mask}
	for i := range 64 {
		if d.Shape.Digits>>i&1 != 0 {
			s.digits[i] = append(s.digits[i], n)
		}
		if d.Shape.Mixed>>i&1 != 0 {
			s.mixed[i] = append(s.mixed[i], n)
		}
	}
}

func addNear(terms map[string]*term, list string, mask uint64) {
	for _, p := range phrases(list) {
		termOf(terms, p).near |= mask
	}
}

func termOf(terms map[string]*term, phrase string) *term {
	t := terms[phrase]
	if t == nil {
		t = new(term)
		terms[phrase] = t
	}
	return t
}

// addVocabulary adds the wordings of circumstances, the words for people, the
// cues of document types, and what numbers are when they are none of ours.
func addVocabulary(terms map[string]*term) {
	for i, row := range circumstanceRows {
		for _, p := range phrases(row.words) {
			t := termOf(terms, p)
			t.means = append(t.means, int32(i))
		}
	}
	for _, row := range slotRows {
		for _, p := range phrases(row.names) {
			if labelOnly[p] {
				continue
			}
			if t := termOf(terms, p); t.stands == nil {
				t.stands = &slot{key: canonical(p), stand: row.stand, capacity: row.capacity}
			}
		}
	}
	for _, row := range cueRows {
		for _, p := range phrases(row.words) {
			termOf(terms, p).cue = row.cue
		}
	}
	for _, p := range phrases(otherNumbers) {
		termOf(terms, p).not = true
	}
}

// number gives the phrases their ids in order of their text.
func (s *Set) number(terms map[string]*term) {
	texts := make([]string, 0, len(terms))
	for t := range terms {
		texts = append(texts, t)
	}
	slices.Sort(texts)
	for i, t := range texts {
		s.words = append(s.words, lex.Word{ID: uint32(i + 1), Text: t})
		s.terms = append(s.terms, *terms[t])
	}
}

// Words is the vocabulary that lex.Compile must mark for this set.
func (s *Set) Words() []lex.Word { return slices.Clone(s.words) }

// Fingerprint changes whenever a rule, a wording or a custom detector does, so
// that a later run knows what to look at again.
func (s *Set) Fingerprint() string { return s.print }

// term gives the meaning of a word mark.
func (s *Set) term(m lex.Mark) *term {
	if m.Kind != lex.MarkWord || m.ID == 0 || int(m.ID) > len(s.terms) {
		return nil
	}
	return &s.terms[m.ID-1]
}

func fingerprint(own []Custom) string {
	h := sha256.New()
	for _, d := range detectors {
		fmt.Fprintf(h, "%s|%s|%s|%s\n", d.Kind, d.Rule, d.Near, d.Headers)
	}
	for _, r := range circumstanceRows {
		fmt.Fprintf(h, "%s|%s|%d|%s\n", r.kind, r.signal, r.weight, r.words)
	}
	for _, r := range fieldRows {
		fmt.Fprintf(h, "%d|%s|%s|%s\n", r.part, r.kind, r.signal, r.names)
	}
	for _, r := range slotRows {
		fmt.Fprintf(h, "%d|%s\n", r.stand, r.names)
	}
	for _, c := range own {
		fmt.Fprintf(h, "%+v\n", c)
	}
	fmt.Fprint(h, engine, otherNumbers, cueRows, strings.Join(voiceWords, "|"))
	return hex.EncodeToString(h.Sum(nil))[:16]
}

// engine is raised when the rules of scope, of labels or of tables change.
const engine = "detect/3"

// labelOnly are words for people that are too common, or mean too much else, to
// be marked in prose; as labels and headers they count.
var labelOnly = wordSet(`re|your|present|person|subject|legal|preferred|ex|pa|ep|ot|joint|second|from|to|cc|bcc|owner|leader|signed|member|contact 1|contact 2|chair|director|agent|principal|clerk|
	reference|distribution|ip|personal details|sender|professional|recipient|main contact|employee|subject of referral|guest|visitor|candidate|leaver|apologies|registrar|contractor|engineer|judge|
	customer|customers|volunteer|worker|employees|supplier|vendor|author|manager|officer|attendees|in attendance|elector|citizen|learner|baby|consultant|trainer|owner|pach|hv|su|yp|ds|di|
	supervisor|advisor|adviser|practitioner|deputy|tutor|warden|caretaker|approver|debtor|payee|caller|beneficiary|yours sincerely|complainant|occupier|occupant|licensee|respondent`)

// otherNumbers say that the number beside them is not a person's.
const otherNumbers = `order number|order no|order|purchase order|po number|po no|invoice|invoice number|invoice no|meter|meter number|meter serial|meter no|meter reading|serial|serial number|serial no|mpan|mprn|isbn|issn|
	company number|company no|registered number|registered in england|charity number|charity no|charity|part number|part no|product code|product|model|tracking number|tracking|version|batch|
	quantity|cost code|cost centre|budget code|gl code|asset|asset number|barcode|sku|delivery note|quote|quotation|contract number|registered charity|fax|licence key|product key|build|
	stock code|item number|item no|catalogue|warranty|policy number|tender|receipt|transaction id|reg charity|paragraph|grid reference|extension number|engine number|chassis|chassis number`
