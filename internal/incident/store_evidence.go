package incident

import (
	"github.com/reeve-council/reeve/internal/db"
)

var (
	evidences = shelf[Evidence, *Evidence]{"incident_evidence", KindEvidence,
		"title, sort, source, acquired, acquired_by, method, tool, clock_state, sha256, other_hash, size, seal, place, holder, purpose, state, why"}
	moves = shelf[Move, *Move]{"incident_move", KindHandOver,
		"parent, at, sort, giver, giver_user, giver_paper, giver_at, taker, taker_user, taker_paper, taker_at, purpose, place, seal, intact, state, why"}
)

func (e *Evidence) places() []any {
	return []any{&e.Title, &e.Sort, &e.Source, &e.Acquired, &e.AcquiredBy, &e.Method, &e.Tool, &e.ClockState, &e.SHA256, &e.OtherHash, &e.Size,
		&e.Seal, &e.Place, &e.Holder, &e.Purpose, &e.State, &e.Why}
}
func (e *Evidence) cells() []any {
	return []any{e.Title, e.Sort, e.Source, e.Acquired, e.AcquiredBy, e.Method, e.Tool, e.ClockState, e.SHA256, e.OtherHash, e.Size,
		e.Seal, e.Place, e.Holder, e.Purpose, e.State, e.Why}
}

func (v *Move) places() []any {
	return []any{&v.Parent, &v.At, &v.Sort, &v.Giver, &v.GiverUser, &v.GiverPaper, &v.GiverAt, &v.Taker, &v.TakerUser, &v.TakerPaper, &v.TakerAt,
		&v.Purpose, &v.Place, &v.Seal, &v.Intact, &v.State, &v.Why}
}
func (v *Move) cells() []any {
	return []any{v.Parent, v.At, v.Sort, v.Giver, v.GiverUser, v.GiverPaper, v.GiverAt, v.Taker, v.TakerUser, v.TakerPaper, v.TakerAt,
		v.Purpose, v.Place, v.Seal, v.Intact, v.State, v.Why}
}

// sameBytes finds another piece with the same digest that may be seen, 0 if
// there is none.
func sameBytes(tx *db.Tx, s Sight, e Evidence) (int64, error) {
	if e.SHA256 == "" {
		return 0, nil
	}
	all, err := evidences.list(tx, s, query{where: "x.sha256 = ? AND x.id <> ?", args: []any{e.SHA256, e.ID}, limit: 1})
	if err != nil || len(all) == 0 {
		return 0, err
	}
	return all[0].ID, nil
}
