// Package part is what every reader of internal/format shares: where bytes come
// from (Source), where blocks go (Sink), what bounds a reader (Options, Limits)
// and how a reader speaks of failure (Fault, Outcome).
//
// Writer is the way to push: it cuts text into blocks of at most 1 MiB at line
// ends and tables into blocks of at most 1,000 rows, numbers lines, rows and
// tables, makes text valid UTF-8 and counts against the limits. A reader has
// the shape
//
//	func Read(src part.Source, opt part.Options, sink part.Sink) reeve.Outcome {
//		w := part.NewWriter(sink, opt.Limits)
//		return w.Finish("docx/1", read(src, opt, w))
//	}
//
// Nothing here opens a file, logs, or looks at a name: what a reader says
// depends on bytes alone. A further limit is one field of Limits with its
// default in DefaultLimits.
package part
