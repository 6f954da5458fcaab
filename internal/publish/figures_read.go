package publish

import (
	"fmt"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/notice"
	"github.com/reeve-council/reeve/internal/sweep"
)

// Read is how much of what was copied has been read, counted with the figures
// and released with them. Nobody who was not found may be told more than this.
type Read struct {
	Unread int64 `json:"unread"` // items not read, or read in part
	Total  int64 `json:"total"`  // items; 0: it was not counted
	AsOf   int64 `json:"as_of"`  // UTC seconds
}

// ReadOf counts it from the review as it stands at a moment, seconds UTC.
func ReadOf(s sweep.Standing, at int64) Read {
	return Read{Unread: s.PartlyRead + s.NotRead, Total: s.Items, AsOf: at}
}

// Checking is the sentence that says what is still unread, with its day. Without
// figures it gives none, and it never says that nothing is left.
func (r Read) Checking() string {
	switch n := (notice.Coverage{Unread: r.Unread, Total: r.Total}).Share(); {
	case r.Total == 0:
		return "Other files are still being checked."
	case n == 0:
		return "We are still checking what we have read (as of " + day(r.AsOf) + ")."
	default:
		return fmt.Sprintf("About %d %% are still being checked (as of %s).", n, day(r.AsOf))
	}
}

// words are what [[name]] in a text stands for now.
func (s Snapshot) words() map[string]string {
	words := s.Council.words()
	if s.Figures != nil {
		words["unread"] = s.Figures.Read.Checking()
	}
	return words
}

// ReleasedRead is how much has been read, by the figures that two people
// released and that are shown at a moment, seconds UTC; nothing counted where
// there are none.
func ReleasedRead(tx *db.Tx, now int64) (Read, error) {
	all, err := released(tx)
	if err != nil {
		return Read{}, err
	}
	t, there := shown(all, now)[slugFigures]
	if !there {
		return Read{}, nil
	}
	f, err := readFigures(t.Body)
	return f.Read, err
}
