package sweep

import (
	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/detect"
	"github.com/reeve-council/reeve/internal/linkage"
)

// pendingFindings bounds how many findings of running text wait for their
// document's end before they are grouped.
const pendingFindings = 20_000

// scanner takes one document's blocks to findings and mentions. It holds what
// waits to be grouped: a table block's rows at most, or the findings of text.
type scanner struct {
	writer  *writer
	id      int64
	doc     *detect.Document
	group   *linkage.Grouper
	pending []reeve.Finding
	tables  []int // of each pending finding: the table it stands in
	number  int   // findings kept so far
	broken  bool  // a detector failed on some block
}

func (r *run) newScanner(id int64, digest string) *scanner {
	return &scanner{writer: r.writer, id: id, doc: r.set.Open(r.index), group: linkage.NewGrouper(digest, r.index)}
}

func (s *scanner) block(n uint32, b *reeve.Block) error {
	found := s.detect(n, b)
	s.group.Add(found)
	s.pending = append(s.pending, found...)
	for range found {
		s.tables = append(s.tables, b.Table)
	}
	if len(b.Rows) > 0 || len(s.pending) > pendingFindings {
		return s.flush()
	}
	return nil
}

// detect finds what is in a block. A detector that panics costs its block, and
// the document is said to be partly read: one hostile page must not end a sweep.
func (s *scanner) detect(n uint32, b *reeve.Block) (found []reeve.Finding) {
	defer func() {
		if recover() != nil {
			s.broken = true
			found = nil
		}
	}()
	return s.doc.Block(n, b)
}

// flush groups what waits and keeps it.
func (s *scanner) flush() error {
	mentions, ordinals := s.group.Flush()
	for i := range mentions {
		s.writer.mention(s.id, &mentions[i])
	}
	for i := range s.pending {
		ordinal := int32(0)
		if i < len(ordinals) {
			ordinal = ordinals[i]
		}
		s.writer.finding(s.id, s.number, &s.pending[i], ordinal, s.tables[i])
		s.number++
	}
	s.pending, s.tables = s.pending[:0], s.tables[:0]
	return s.writer.err()
}

// close ends the document: columns that the rest of their table refuted are
// put right.
func (s *scanner) close() error {
	if err := s.flush(); err != nil {
		return err
	}
	for _, c := range s.doc.Close() {
		s.writer.correct(s.id, c)
	}
	return s.writer.err()
}
