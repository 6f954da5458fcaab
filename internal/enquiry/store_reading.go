package enquiry

// reportMessage is what a report says by itself, before its files are read: what
// the reporter typed of it.
func reportMessage(r Report) Message {
	return Message{From: refang.Replace(r.Sender.Reveal()), Words: r.Said.Reveal()}
}

// nameOf is the name of a file, for its ending alone.
func nameOf(f ReportFile) string { return refang.Replace(f.Name.Reveal()) }
