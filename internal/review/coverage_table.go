package review

import "github.com/reeve-council/reeve"

// reasonWord is what a reason means, in words, and what somebody can do about it.
type reasonWord struct{ Means, Do string }

// reasonTable has every reason of the closed list.
var reasonTable = map[reeve.Reason]reasonWord{
	reeve.ReasonNone:           {"read", "Nothing to do."},
	reeve.ReasonNoText:         {"holds no text, such as a photograph", "Nothing to do, unless the folder suggests pictures of people or papers: look at a few."},
	reeve.ReasonEmpty:          {"is empty", "Nothing to do."},
	reeve.ReasonNoPermission:   {"may not be opened by Reeve", "Give the account that runs Reeve the right to read the exhibit, then sweep again."},
	reeve.ReasonUnreadable:     {"cannot be read from its disk", "Copy the exhibit again from the original, or ask whoever made the copy; then sweep again."},
	reeve.ReasonLink:           {"points somewhere else", "If what it points to was taken too, add that place as an exhibit."},
	reeve.ReasonSpecial:        {"is a device or a pipe, not a file", "Nothing to do."},
	reeve.ReasonPasswordNeeded: {"is locked with a password", "Ask the service that owns it for the password, and enter it where a sweep is started."},
	reeve.ReasonCutShort:       {"ends too early", "Look for a whole copy: in a backup, in another folder, or with whoever sent it."},
	reeve.ReasonBroken:         {"is damaged", "Look for a whole copy: in a backup, in another folder, or with whoever sent it."},
	reeve.ReasonUnknownType:    {"is of a kind that Reeve does not know", "Ask the service what made it. If that can save text or tables, add those as an exhibit."},
	reeve.ReasonNoReader:       {"is of a kind that this version does not read", "Ask the supplier of the program that made it to export it as text, CSV or PDF, and add that as an exhibit."},
	reeve.ReasonNoOCR:          {"is a picture of text, and pictures were not read", "Have tesseract and poppler-utils installed on this machine, then sweep again with pictures of text read."},
	reeve.ReasonPoorScan:       {"is too poor a scan to be read well", "Have somebody look at these pages, the folders with the most people first."},
	reeve.ReasonSomePages:      {"has some pages or parts that could not be read", "Have somebody look at the pages that are named in its details."},
	reeve.ReasonTooLarge:       {"is larger than Reeve reads", "Have it cut into parts, and add those as an exhibit."},
	reeve.ReasonTooDeep:        {"lies in too many archives inside each other", "Unpack the inner archives, and add them as an exhibit."},
	reeve.ReasonTooMany:        {"has more parts than Reeve reads", "Have it cut into parts, and add those as an exhibit."},
	reeve.ReasonBomb:           {"unpacks to far more than it could hold", "Have it looked at by whoever keeps the machines safe: it may be meant to do harm."},
	reeve.ReasonLoop:           {"contains itself", "Nothing to do: what is in it was read once."},
	reeve.ReasonTimeout:        {"was not finished in time", "Sweep again: it is tried once more."},
	reeve.ReasonCrash:          {"made its reader fail", "Have somebody open it in its own program, away from the network, and save it as PDF or CSV."},
	reeve.ReasonMemory:         {"needed more memory than its reader has", "Have it cut into parts, and add those as an exhibit."},
	reeve.ReasonSpanned:        {"is one volume of several", "Find the other volumes, join them, and add the whole as an exhibit."},
	reeve.ReasonMemberLost:     {"has parts that could not be unpacked", "Look for a whole copy of the archive."},
	reeve.ReasonSalvaged:       {"was so damaged that text was saved from it piece by piece", "Look for a whole copy; what could be saved was read."},
}

// meaning is what is the matter with items of a status and reason, behind "It".
func meaning(s reeve.Status, r reeve.Reason) string {
	if w, ok := reasonTable[r]; ok && (r != reeve.ReasonNone || s == reeve.StatusRead) {
		return w.Means
	}
	return "is " + wordsOf(statusTable, s)
}

// advice is what somebody can do about items of a status and reason.
func advice(s reeve.Status, r reeve.Reason) string {
	switch w, ok := reasonTable[r]; {
	case r == reeve.ReasonNone && s == reeve.StatusNeedsOCR:
		return reasonTable[reeve.ReasonNoOCR].Do
	case r == reeve.ReasonNone && s == reeve.StatusEncrypted:
		return reasonTable[reeve.ReasonPasswordNeeded].Do
	case ok && (r != reeve.ReasonNone || s == reeve.StatusRead):
		return w.Do
	}
	return "Have somebody look at a few of them in their own program."
}
