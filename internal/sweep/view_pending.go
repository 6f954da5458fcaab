package sweep

import (
	"context"

	"github.com/reeve-council/reeve"
)

// Item gives one item; reeve.NotFound for an unknown number.
func (c *Case) Item(ctx context.Context, id int64, s Scope) (*ItemView, error) {
	return nil, reeve.Unavailable
}

// Blocks gives blocks of a document, from the ordinal from, at most limit of
// them (0: 100) and about 200 kB. A document that holds a sealed person who is
// not opened answers reeve.Denied. Findings of people out of scope are left out,
// and their values are blacked out of the text.
func (c *Case) Blocks(ctx context.Context, document int64, from, limit int, s Scope) ([]BlockView, error) {
	return nil, reeve.Unavailable
}

// PageImage gives a page (from 1) of an item as a PNG made in the cage.
// reeve.Unavailable, with a hint, where the program or the original is missing;
// reeve.Denied as for Blocks.
func (c *Case) PageImage(ctx context.Context, item int64, page int, s Scope) ([]byte, error) {
	return nil, reeve.Unavailable
}

// Triage gives the items to look at first, the most urgent first, at most limit
// (0: 50, most 500).
func (c *Case) Triage(ctx context.Context, s Scope, limit int) ([]TriageRow, error) {
	return nil, reeve.Unavailable
}

// Standing gives where the case stands.
func (c *Case) Standing(ctx context.Context, s Scope) (Standing, error) {
	return Standing{}, reeve.Unavailable
}

// Search looks for words in what was read.
func (c *Case) Search(ctx context.Context, q SearchQuery) (SearchPage, error) {
	return SearchPage{}, reeve.Unavailable
}

// BuildSearch puts what was read since it last ran into the index. It may be
// stopped at any time and goes on where it stopped. progress is told how many
// documents are done, and of how many.
func (c *Case) BuildSearch(ctx context.Context, progress func(done, total int64)) error {
	return reeve.Unavailable
}
