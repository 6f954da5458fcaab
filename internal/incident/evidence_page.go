package incident

import (
	"fmt"
	"strconv"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/web"
)

func (m *Room) evidenceSection() web.Section {
	routes := []web.Route{
		see("/evidence", web.ObjectEvidence, m.evidenceList),
		see("/evidence/{id}", web.ObjectEvidence, m.evidenceOne),
		see("/evidence/labels", web.ObjectEvidence, m.evidenceLabels),
		see("/evidence/{id}/sheet", web.ObjectEvidence, m.evidenceSheet),
		{Pattern: "GET /evidence/digest", Verb: web.Write, Object: web.ObjectEvidence, Do: m.digestForm},
		{Pattern: "POST /evidence/digest", Verb: web.Write, Object: web.ObjectEvidence, Large: mostDigested, Do: m.digestFile},
	}
	routes = append(routes, both("/evidence/bundle", web.Export, web.ObjectEvidence, m.evidenceBundle)...)
	routes = append(routes, both("/evidence/new", web.Write, web.ObjectEvidence, m.evidenceEdit)...)
	routes = append(routes, both("/evidence/{id}/edit", web.Write, web.ObjectEvidence, m.evidenceEdit)...)
	routes = append(routes, both("/evidence/{id}/move", web.Write, web.ObjectEvidence, m.evidenceMove)...)
	routes = append(routes, both("/evidence/{id}/sign/{move}", web.Write, web.ObjectEvidence, m.moveSign)...)
	routes = append(routes, both("/evidence/{id}/refuse/{move}", web.Write, web.ObjectEvidence, m.moveRefuse)...)
	return web.Section{Path: "/evidence", Object: web.ObjectEvidence, Routes: routes}
}

func (m *Room) evidenceList(r *web.Request) (web.Answer, error) {
	s := sheet{Heading: "Register of evidence", Back: "/clocks", Lead: "What is kept to prove what happened: which bytes, who has them, and every hand through which they went."}
	held := false
	err := m.db.Read(r.Context(), func(tx *db.Tx) error {
		councils, err := Councils(tx)
		if err != nil {
			return err
		}
		s.Filters = councilFilters(r, councils)
		q := query{order: "x.id DESC", limit: pageSize + 1, skip: pageOf(r) * pageSize}
		if c := r.Ask("council"); c != "" {
			q.where, q.args = "x.council = ?", []any{c}
		}
		all, err := evidences.list(tx, SightOf(r, web.ObjectEvidence), q)
		if err != nil {
			return err
		}
		if s.turn(r, pageOf(r), len(all) > pageSize); len(all) > pageSize {
			all = all[:pageSize]
		}
		s.Items, held = all, len(all) > 0
		s.fillEvidence(all, councilNames(councils))
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("list evidence: %w", err)
	}
	if r.May(web.Act{Verb: web.Write, Object: web.ObjectEvidence}) {
		s.Acts = append(s.Acts, leads("Register a piece", "/evidence/new"), leads("Reckon the digest of a file first", "/evidence/digest"))
	}
	if held {
		s.Acts = append(s.Acts, leads("Labels to print (PDF)", "/evidence/labels"))
	}
	if r.May(web.Act{Verb: web.Export, Object: web.ObjectEvidence}) {
		s.Acts = append(s.Acts, leads("Bundle for the police", "/evidence/bundle"))
	}
	return s.page(), nil
}

func (s *sheet) fillEvidence(all []Evidence, names map[string]string) {
	t := table{Columns: []string{"Piece", "What", "Taken", "Digest", "Who has it", "Stands"}, Empty: "Nothing is registered yet."}
	s.columns = []string{"piece", "council", "title", "kind", "source", "acquired", "sha256", "size", "seal", "place", "holder", "state", "tlp"}
	for _, e := range all {
		digest := cell{Text: shortDigest(e.SHA256)}
		if e.Size > 0 {
			digest.Small = digits(e.Size) + " bytes"
		}
		t.Rows = append(t.Rows, []cell{{Text: e.Label(), Path: path("/evidence", e.ID), Small: councilWords(names, e.Council)}, {Text: e.Title, Small: choiceText(evidenceSorts, e.Sort)},
			{Text: shown(e.Acquired), Small: "by " + e.AcquiredBy}, digest, {Text: e.Holder, Small: e.Place}, e.tag()})
		s.lines = append(s.lines, []any{e.Label(), e.Council, e.Title, e.Sort, e.Source, e.Acquired, e.SHA256, e.Size, e.Seal, e.Place, e.Holder, e.State, string(e.TLP)})
	}
	s.Tables = []table{t}
}

// shortDigest is enough of a digest to compare by eye.
func shortDigest(hex string) string {
	if len(hex) < 16 {
		return hex
	}
	return hex[:8] + " … " + hex[len(hex)-8:]
}

// evidenceOf finds the piece of an address.
func (m *Room) evidenceOf(r *web.Request) (e Evidence, err error) {
	id, err := r.Number("id")
	if err != nil {
		return e, err
	}
	err = m.db.Read(r.Context(), func(tx *db.Tx) error {
		e, err = evidences.find(tx, SightOf(r, web.ObjectEvidence), id)
		return err
	})
	return e, err
}

func (m *Room) evidenceOne(r *web.Request) (web.Answer, error) {
	e, err := m.evidenceOf(r)
	if err != nil {
		return nil, err
	}
	s := sheet{Heading: e.Label() + ": " + e.Title, Back: "/evidence", Tags: []cell{e.tag(), tlpTag(e.TLP)}}
	if err := m.db.Read(r.Context(), func(tx *db.Tx) error { return e.fill(tx, r, &s) }); err != nil {
		return nil, err
	}
	return s.page(), nil
}

func (e Evidence) fill(tx *db.Tx, r *web.Request, s *sheet) error {
	councils, err := Councils(tx)
	if err != nil {
		return err
	}
	chain, err := moves.under(tx, e.ID)
	if err != nil {
		return err
	}
	sight := SightOf(r, web.ObjectEvidence)
	versions, err := evidences.versions(tx, sight, e.ID)
	if err != nil {
		return err
	}
	twin, err := sameBytes(tx, sight, e)
	if err != nil {
		return err
	}
	s.Items = struct {
		Evidence Evidence `json:"evidence"`
		Chain    []Move   `json:"chain"`
	}{e, chain}
	s.Facts = e.facts(councilNames(councils))
	if twin > 0 {
		s.Facts = append(s.Facts, factOf("Same bytes as", leads(fmt.Sprintf("E-%d", twin), path("/evidence", twin))))
	}
	s.Tables = []table{e.chainTable(chain), versionTable(versions, func(v Evidence) string { return v.Holder + ", " + v.Place + ", seal " + v.Seal + ". " + v.Why })}
	s.Acts = e.acts(r, waits(chain))
	return nil
}

func (e Evidence) facts(names map[string]string) []factRow {
	size := ""
	if e.Size > 0 {
		size = digits(e.Size) + " bytes"
	}
	return facts(
		factOf("What it is", says(choiceText(evidenceSorts, e.Sort))), factOf("From", says(e.Source)),
		factOf("Taken", says(shown(e.Acquired)+" by "+e.AcquiredBy)), textFact("How", e.Method), factOf("Tool", says(e.Tool)), factOf("Clock of the machine", says(e.ClockState)),
		factOf("SHA-256", says(e.SHA256)), factOf("Other digest", says(e.OtherHash)), factOf("Size", says(size)),
		factOf("Seal", says(e.Seal)), factOf("Place", says(e.Place)), factOf("Who has it", says(e.Holder)), textFact("Purpose", e.Purpose), markFact(names, e.Mark))
}

func (e Evidence) chainTable(chain []Move) table {
	t := table{Title: "Chain of custody", ID: "chain", Columns: []string{"When", "From", "To", "Purpose", "Seal and place", "Stands"}, Empty: "It is where it was taken to; no hand-over yet."}
	for _, v := range chain {
		off := v.State == moveRefused
		stands := v.tag()
		if off {
			stands.Small = v.Why
		}
		seal := cell{Text: v.Seal, Small: v.Place}
		if v.Intact != "" {
			seal.Text += " (old seal: " + v.Intact + ")"
		}
		t.Rows = append(t.Rows, []cell{{Text: shown(v.At), Small: moveText(v.Sort), Struck: off}, sign(v.Giver, v.GiverPaper, v.GiverAt), sign(v.Taker, v.TakerPaper, v.TakerAt), says(v.Purpose), seal, stands})
	}
	return t
}

func moveText(sort string) string { return choiceText(moveChoices(), sort) }

// acts are what can be done with the piece by who asks.
func (e Evidence) acts(r *web.Request, waiting *Move) (all []cell) {
	at := path("/evidence", e.ID)
	if r.May(web.Act{Verb: web.Write, Object: web.ObjectEvidence, Council: e.Council, Degree: e.TLP.Degree()}) {
		switch {
		case waiting != nil && waiting.signerIs(r.Visitor.ID):
			all = append(all, leads("Sign the hand-over", at+"/sign/"+strconv.FormatInt(waiting.ID, 10)))
			fallthrough
		case waiting != nil:
			all = append(all, leads("End the hand-over without a signature", at+"/refuse/"+strconv.FormatInt(waiting.ID, 10)))
		case !e.Gone():
			all = append(all, leads("Hand it over, return or destroy it", at+"/move"))
		}
		all = append(all, leads("Correct it", at+"/edit"))
	}
	if e.TLP != Red {
		all = append(all, leads("Label to print (PDF)", "/evidence/labels?piece="+strconv.FormatInt(e.ID, 10)), leads("The whole chain to print and sign (PDF)", at+"/sheet"))
	}
	return all
}
