package account

import (
	"slices"
	"strings"
	"time"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/web"
)

// Token lets a program ask in a user's name, for a part of what they may, until
// a day. It never sees personal values in clear, opens what is sealed, approves,
// closes, deletes or administers.
type Token struct {
	ID     string
	Holder string
	Name   string // what the user calls it
	Verbs  []web.Verb
	Made   int64
	Until  int64
	Seen   int64
}

// tokenPrefix lets scanners of leaked secrets know a token when they see one.
const tokenPrefix = "reeve_"

// tokenVerbs are what a token can be made for. See is always among them.
var tokenVerbs = []web.Verb{web.See, web.Export, web.Write, web.Judge}

func verbsOf(text string) []web.Verb {
	all := []web.Verb{} // never nil: that would be everything
	for _, v := range tokenVerbs {
		if slices.Contains(strings.Fields(text), string(v)) {
			all = append(all, v)
		}
	}
	return all
}

func joinVerbs(list []web.Verb) string {
	words := make([]string, len(list))
	for i, v := range list {
		words[i] = string(v)
	}
	return strings.Join(words, " ")
}

// byToken finds the visitor of a token; stale tells that its last use should be
// written down.
func (m *Room) byToken(tx *db.Tx, hash string, now time.Time) (v *web.Visitor, stale bool, err error) {
	t, err := findToken(tx, hash, now.Unix())
	if err != nil {
		return nil, false, err
	}
	v, err = m.visitor(tx, t.Holder)
	if err != nil {
		return nil, false, err
	}
	v.Verbs, v.Token, v.Session = t.Verbs, true, t.ID
	return v, now.Sub(unix(t.Seen)) >= seenStep, nil
}
