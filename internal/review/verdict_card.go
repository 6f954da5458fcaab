package review

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/web"
)

// verdictCard says on the start page what waits for a second or third person. It
// counts the whole case, so it stays away from visitors of some councils.
func (m *Room) verdictCard(ctx context.Context, v *web.Visitor) (web.CardText, error) {
	card := web.CardText{Title: "Queue", Text: "Judge what was found, the most vulnerable first.", Path: "/queue"}
	if v.Councils != nil {
		return card, nil
	}
	var n map[string]int64
	err := m.db.Read(ctx, func(tx *db.Tx) (err error) {
		n, err = countStates(tx)
		return err
	})
	if waiting, differ := n[stateWaiting], n[stateConflict]; waiting+differ > 0 {
		card.Big, card.Alarm = digits(waiting+differ), differ > 0
		card.Text = count(waiting, "verdict waits", "verdicts wait") + " for a second person, " + count(differ, "conflict", "conflicts") + " for a third."
		card.Path = "/queue/second"
		if differ > 0 {
			card.Path = "/queue/conflicts"
		}
	}
	return card, err
}

// thingsOf names what verdicts are about.
func thingsOf(all []verdict) []string {
	return each(all, func(v verdict) string { return v.About + ":" + v.Thing })
}

// digestOf is the SHA-256 of a list, sorted, one line each: by it anyone who has
// the list can show that an act was about it.
func digestOf(list []string) string {
	sum := sha256.Sum256([]byte(strings.Join(slices.Sorted(slices.Values(list)), "\n") + "\n"))
	return hex.EncodeToString(sum[:])
}
