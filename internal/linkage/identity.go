package linkage

import (
	"cmp"
	"crypto/sha256"
	"encoding/base32"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/reeve-council/reeve"
)

// IDAssignment says that the human (or household) behind a key was given an id
// in an earlier run. The Assignments of one Result are the Known of the next
// Input.
type IDAssignment struct{ Key, ID string }

// Redirect leads from an id given earlier to where its human is now. A merge
// ends the old id; a split leaves the old id with the larger part and leads
// from it to the others too.
type Redirect struct {
	From, To string
	Why      string // "merged" or "split"
}

// shortID is a letter and the first twelve base32 characters of a SHA-256.
func shortID(letter string, parts ...string) string {
	sum := sha256.Sum256([]byte(strings.Join(parts, "\x00")))
	return letter + base32.StdEncoding.EncodeToString(sum[:])[:12]
}

// MentionID is the id of a mention: "M" + 12 base32 characters of the SHA-256
// of item digest, place of the first finding and ordinal in the document.
func MentionID(digest string, place reeve.Place, ordinal int) string {
	return shortID("M", digest, placeKey(place), strconv.Itoa(ordinal))
}

// placeKey writes a place so that it can be hashed.
func placeKey(p reeve.Place) string {
	return fmt.Sprintf("%d:%d:%d:%d:%d", p.Block, p.Row, p.Col, p.Start, p.End)
}

// owner is someone or something that needs an id: its keys, each with the
// weight it has in keeping an earlier id, and the text its first id is made of.
type owner struct {
	keys  []string
	loads []int
	seed  string
}

func (o *owner) registered() bool { return slices.Max(o.loads) >= recordLoad }

// naming is how ids are given. Where a decision is obeyed (steady), a register
// person of whom nothing was found before does not take over the id of someone
// on no register: mentions elsewhere name it as a rival by the id that its
// record gives it. Where a register is new, it does.
type naming struct {
	steady bool
	taken  func(id string) bool // ids given before to people who are not here; may be nil
}

// nameOwners gives every owner an id: one it had before, or a new one from its
// seed, unless that is taken. Owners must come in an order of their own content.
func nameOwners(letter string, owners []owner, known []IDAssignment, rule naming) (ids []string, redirects []Redirect) {
	had := make(map[string]string, len(known))
	used := make(map[string]bool, len(known))
	for _, k := range known {
		if strings.HasPrefix(k.ID, letter) {
			had[k.Key] = k.ID
			used[k.ID] = true
		}
	}
	claims := gatherClaims(owners, had)
	keeper := map[string]int{} // id -> owner that keeps its larger part
	for _, c := range claims {
		if _, held := keeper[c.id]; !held && !(rule.steady && c.load < recordLoad && owners[c.owner].registered()) {
			keeper[c.id] = c.owner
		}
	}
	ids = make([]string, len(owners))
	for _, c := range claims {
		if by, held := keeper[c.id]; held && by == c.owner && ids[c.owner] == "" {
			ids[c.owner] = c.id
		}
	}
	for i := range owners {
		if ids[i] == "" {
			ids[i] = freshID(letter, owners[i].seed, func(id string) bool { return used[id] || rule.taken != nil && rule.taken(id) })
			used[ids[i]] = true
		}
	}
	return ids, leads(claims, keeper, ids)
}

type claim struct {
	id    string
	owner int
	load  int
}

// gatherClaims lists which owner holds keys of which earlier id, the heaviest
// claims first.
func gatherClaims(owners []owner, had map[string]string) []claim {
	if len(had) == 0 {
		return nil
	}
	var claims []claim
	for i, o := range owners {
		loads := map[string]int{}
		said := map[string]int{} // by mentions: never as much as one register key
		for k, key := range o.keys {
			if id := had[key]; id != "" && (o.loads[k] > 1 || said[id] < recordLoad-1) {
				loads[id] += o.loads[k]
				said[id] += o.loads[k] % recordLoad
			}
		}
		for id, load := range loads {
			claims = append(claims, claim{id, i, load})
		}
	}
	slices.SortFunc(claims, func(a, b claim) int {
		return cmp.Or(cmp.Compare(b.load, a.load), strings.Compare(a.id, b.id), cmp.Compare(a.owner, b.owner))
	})
	return claims
}

func freshID(letter, seed string, used func(id string) bool) string {
	id := shortID(letter, seed)
	for n := 2; used(id); n++ {
		id = shortID(letter, seed, strconv.Itoa(n))
	}
	return id
}

// leads are the redirects that merges and splits leave, sorted.
func leads(claims []claim, keeper map[string]int, ids []string) []Redirect {
	var out []Redirect
	for _, c := range claims {
		now := ids[c.owner]
		by, held := keeper[c.id]
		switch {
		case now == c.id:
		case by == c.owner || !held:
			out = append(out, Redirect{c.id, now, "merged"})
		default:
			out = append(out, Redirect{c.id, now, "split"})
		}
	}
	slices.SortFunc(out, func(a, b Redirect) int { return cmp.Or(strings.Compare(a.From, b.From), strings.Compare(a.To, b.To)) })
	return slices.Compact(out)
}
