package part

import "github.com/reeve-council/reeve"

// Finish pushes what is left and says what became of the item. Reader is name
// and version, "csv/1"; why is what stopped the reader, nil when it came to its
// end. Damage after text was pushed is partly-read; a limit is a limit however
// much was read; nothing pushed at all is read/no-text.
func (w *Writer) Finish(reader string, why error) reeve.Outcome {
	w.EndTable()
	w.flushText()
	if w.err != nil {
		why = w.err
	}
	out := reeve.Outcome{Reader: reader, Status: reeve.StatusRead, Pages: w.pages, PagesUnread: w.lost}
	got := w.letters > 0 || w.embedded > 0
	switch {
	case why != nil:
		blame(&out, asFault(why), got)
	case w.complaint != nil:
		blame(&out, w.complaint, got)
	case !got:
		out.Reason = reeve.ReasonNoText
	}
	return out
}

// blame writes a fault into an outcome. What gave something in spite of its
// damage, or beside encrypted or unsupported parts, is partly read.
func blame(out *reeve.Outcome, f *Fault, got bool) {
	out.Status, out.Reason, out.Detail = f.Status, f.Reason, f.Detail
	if got && f.Status != reeve.StatusLimit {
		out.Status = reeve.StatusPartlyRead
	}
}

// Fail is the outcome of an item that gave nothing.
func Fail(reader string, why error) reeve.Outcome {
	out := reeve.Outcome{Reader: reader}
	blame(&out, asFault(why), false)
	return out
}
