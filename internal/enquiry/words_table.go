package enquiry

// The words in which the room speaks of its codes.

var kindTable = map[Kind]string{
	Question:  "Question",
	Help:      "Asks for help",
	Complaint: "Complaint",
	Rights:    "Request about their data rights",
}

var channelTable = map[Channel]string{
	ByForm:    "Form on the public site",
	ByPhone:   "Telephone",
	ByMail:    "E-mail",
	ByCounter: "In person",
	ByPaper:   "Paper form",
}

var stateTable = map[State]struct{ words, colour string }{
	Fresh:    {"New", "blue"},
	Open:     {"Somebody has it", "turquoise"},
	Waiting:  {"Waits for the resident", "yellow"},
	Answered: {"Answered", "green"},
	Closed:   {"Closed without an answer", "grey"},
	Merged:   {"Part of another enquiry", "grey"},
}

var noteTable = map[string]string{
	"note":     "Note",
	"contact":  "Was in touch",
	"answer":   "Answered",
	"state":    "State changed",
	"merge":    "Another contact was merged into this",
	"unmerge":  "A merged contact was taken out again",
	"extend":   "The term was made longer, and they were told",
	"pause":    "The clock stands",
	"resume":   "The clock runs again",
	"stage":    "The next stage of the complaint",
	"take":     "Taken",
	"received": "Received",
}

// pauses are why a clock may stand, in the order of the form.
var pauses = []choice{
	{string(ForIdentity), "We asked for something that shows who they are"},
	{string(ForMeaning), "We hold much about them and asked which of it they mean"},
}

// topics are what an enquiry is about, in the order of the forms.
var topics = []choice{
	{"affected", "Is my data in the files that were copied?"},
	{"letter", "A letter that I got"},
	{"protect", "How I can protect myself"},
	{"safety", "I am worried about my safety"},
	{"service", "A council service"},
	{"payment", "A payment"},
	{"other", "Something else"},
}

func topicWords(code string) string { return wordsOfChoice(topics, code) }

// kinds are what somebody may want, in the order of the forms.
var kinds = []choice{
	{string(Question), "I have a question"},
	{string(Help), "I need help"},
	{string(Complaint), "I want to complain"},
	{string(Rights), "I want to use my data rights, such as a copy of my data"},
}

// ways are how a scam reached somebody.
var ways = []choice{
	{"email", "By e-mail"},
	{"text", "By text message"},
	{"call", "By telephone"},
	{"post", "By post"},
	{"door", "At the door"},
	{"web", "On a website or social media"},
}

func wayWords(code string) string { return wordsOfChoice(ways, code) }

// scamStates are where a report stands.
var scamStates = map[string]struct{ words, colour string }{
	"new":      {"Not looked at", "blue"},
	"scam":     {"A scam", "red"},
	"not-scam": {"No scam", "green"},
	"unsure":   {"Not sure", "yellow"},
}

// clusterStates are where a group of reports stands on its way to the public.
var clusterStates = map[string]struct{ words, colour string }{
	"open":      {"Not published", "grey"},
	"drafted":   {"Waits for a second person", "yellow"},
	"published": {"Published", "green"},
	"withdrawn": {"Withdrawn", "grey"},
}

// choice is one value of a form with its words.
type choice struct{ Value, Words string }

// values are the values of choices.
func values(all []choice) []string {
	out := make([]string, len(all))
	for i, c := range all {
		out[i] = c.Value
	}
	return out
}

// wordsOfChoice are the words of a value; the value itself where it is none.
func wordsOfChoice(all []choice, value string) string {
	for _, c := range all {
		if c.Value == value {
			return c.Words
		}
	}
	return value
}
