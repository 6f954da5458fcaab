package sweep

import (
	"context"

	"github.com/reeve-council/reeve"
)

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
