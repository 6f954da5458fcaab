package linkage

import (
	"slices"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/lex"
)

// foldedName is a name ready to compare inside a document.
type foldedName struct {
	given, surname string
	sex            byte // 'm' or 'f' when the title tells
}

func foldName(n reeve.Name) foldedName {
	return foldedName{given: lex.Fold(n.Given), surname: lex.Fold(n.Surname), sex: titleSex(lex.Fold(n.Title))}
}

func titleSex(title string) byte {
	switch strings.TrimSuffix(title, ".") {
	case "mr", "sir", "master", "lord":
		return 'm'
	case "mrs", "miss", "ms", "lady", "dame":
		return 'f'
	}
	return 0
}

// full reports a given name of more than an initial and a surname.
func (n foldedName) full() bool { return len(n.given) > 1 && n.surname != "" }

// party is a human of the document in the making: some clumps and what they
// hold together.
type party struct {
	clumps []*clump
	names  []foldedName
	born   []reeve.Date
	ids    []reeve.ID
	asked  int // the question for which a crowd last offered it
}

func (p *party) add(c *clump) {
	p.clumps = append(p.clumps, c)
	p.names = appendNew(p.names, c.folded)
	p.born = appendNew(p.born, c.born)
	p.ids = appendNew(p.ids, c.ids)
}

// mostParties bounds the humans of one stretch that coreference looks back on;
// beyond it clumps stay apart, and resolving may still join them.
const mostParties = 2000

// corefer joins the clumps of one stretch that speak of one human. Full names
// come first, whatever their place; then what is partial (an initial, a surname
// with a title, a given name) goes to the one human it fits, and stays apart
// when it fits two. Groups are in order of their first clump.
func corefer(clumps []*clump) [][]*clump {
	parties := make([]*party, 0, len(clumps))
	home := make([]*party, len(clumps))
	joinable := newCrowd()
	settle := func(i int, p *party) {
		if p == nil {
			p = &party{}
			parties = append(parties, p)
			if !clumps[i].row && joinable.size < mostParties {
				joinable.join(p)
			}
		}
		p.add(clumps[i])
		if !clumps[i].row {
			joinable.learn(p, clumps[i])
		}
		home[i] = p
	}
	for i, c := range clumps {
		if c.row {
			settle(i, nil)
		} else if slices.ContainsFunc(c.folded, foldedName.full) || hasUnique(c.ids) {
			settle(i, theOne(joinable, c, fitsFull))
		}
	}
	for i, c := range clumps {
		if home[i] == nil {
			settle(i, theOne(joinable, c, fitsPart))
		}
	}
	return inOrder(clumps, home)
}

func inOrder(clumps []*clump, home []*party) [][]*clump {
	var out [][]*clump
	at := map[*party]int{}
	for i, p := range home {
		n, ok := at[p]
		if !ok {
			n = len(out)
			at[p] = n
			out = append(out, nil)
		}
		out[n] = append(out[n], clumps[i])
	}
	return out
}

// theOne gives the only party that the clump fits, nil for none or several.
func theOne(parties *crowd, c *clump, fits func(*party, *clump) bool) *party {
	var found *party
	for p := range parties.near(c) {
		if !fits(p, c) || p.conflicts(c) {
			continue
		}
		if found != nil {
			return nil
		}
		found = p
	}
	return found
}

func hasUnique(ids []reeve.ID) bool {
	return slices.ContainsFunc(ids, func(id reeve.ID) bool { return id.Kind.UniqueID() })
}

// conflicts reports that the clump cannot be the party's human: another date of
// birth, another value of a unique id, or another given name.
func (p *party) conflicts(c *clump) bool {
	for _, d := range c.born {
		if len(p.born) > 0 && !slices.ContainsFunc(p.born, func(e reeve.Date) bool { return nearDates(d, e) }) {
			return true
		}
	}
	for _, id := range c.ids {
		if !id.Kind.UniqueID() || slices.Contains(p.ids, id) {
			continue
		}
		if slices.ContainsFunc(p.ids, func(other reeve.ID) bool { return other.Kind == id.Kind }) {
			return true
		}
	}
	return slices.ContainsFunc(c.folded, func(n foldedName) bool { return slices.ContainsFunc(p.names, n.conflicts) })
}

func nearDates(a, b reeve.Date) bool {
	return dateLevel(int32(a.Number()), int32(b.Number())) <= bornPart
}

func (n foldedName) conflicts(o foldedName) bool {
	if n.sex != 0 && o.sex != 0 && n.sex != o.sex {
		return true
	}
	if n.given == "" || o.given == "" || strings.HasPrefix(n.given, o.given+" ") || strings.HasPrefix(o.given, n.given+" ") {
		return false
	}
	switch lex.SameGiven(n.given, o.given) {
	case lex.LikeNone:
		return true
	case lex.LikeClose, lex.LikeSound:
		return twoGivenNames(n.given, o.given)
	}
	return false
}

// alike reports that two full names share a part, in either place.
func (n foldedName) alike(o foldedName) bool {
	if !n.conflicts(o) {
		return true
	}
	for _, x := range [2]string{n.given, n.surname} {
		for _, y := range [2]string{o.given, o.surname} {
			if x == y || sameSurname(x, y) || sharePart(x, y) {
				return true
			}
		}
	}
	return false
}

// twoGivenNames reports that both are names people bear: Maria and Marie are
// two sisters, Maria and Marai a slip of the pen.
func twoGivenNames(a, b string) bool {
	_, okA := lex.IsGivenName(a)
	_, okB := lex.IsGivenName(b)
	return okA && okB
}

// fitsFull joins a full name to the same full name, and a unique id to itself.
func fitsFull(p *party, c *clump) bool {
	for _, id := range c.ids {
		if id.Kind.UniqueID() && slices.Contains(p.ids, id) {
			return true
		}
	}
	return slices.ContainsFunc(c.folded, func(n foldedName) bool {
		return n.full() && slices.ContainsFunc(p.names, func(o foldedName) bool { return o.full() && sameSurname(n.surname, o.surname) })
	})
}

// fitsPart joins "Mrs Khan", "A. Khan" and "Amina" to Amina Khan.
func fitsPart(p *party, c *clump) bool {
	return slices.ContainsFunc(c.folded, func(n foldedName) bool {
		return slices.ContainsFunc(p.names, func(o foldedName) bool {
			if n.surname == "" {
				return n.given != "" && n.given == o.given
			}
			return sameSurname(n.surname, o.surname)
		})
	})
}

// nearSurname is the length from which a surname may be one edit away.
const nearSurname = 5

func sameSurname(a, b string) bool {
	return a == b && a != "" || min(len(a), len(b)) >= nearSurname && lex.Distance(a, b, 1) <= 1
}
