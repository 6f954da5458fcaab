package detect

import "github.com/reeve-council/reeve"

// Correction takes back what the first thousand rows of a column seemed to say:
// the findings that the column typed (Finding.Column, in the table with this
// ordinal) are dropped, or get a lower confidence.
type Correction struct {
	Table      int
	Column     int32 // 1-based, as in Finding.Column
	Kind       reeve.Kind
	Drop       bool
	Confidence reeve.Confidence // where not dropped
}
