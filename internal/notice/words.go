package notice

// choice is one option of a form.
type choice struct {
	Value, Text string
	Chosen      bool
}

func choices(chosen string, pairs ...string) (all []choice) {
	for i := 0; i+1 < len(pairs); i += 2 {
		all = append(all, choice{pairs[i], pairs[i+1], pairs[i] == chosen})
	}
	return all
}

// chosen gives options as somebody chose among them.
func chosen(all []choice, value string) []choice {
	for i := range all {
		all[i].Chosen = all[i].Value == value
	}
	return all
}

var kindWords = map[Kind]string{General: "General letter to every home", Personal: "Personal letter", High: "High risk, by hand or after a call", Staff: "Staff",
	Supplier: "Suppliers and landlords", Child: "About a child", Estate: "About someone who died", Update: "Update or correction"}

var wayWords = map[Way]string{Post: "by post", Email: "by e-mail", Text: "by text message", Hand: "by hand", Call: "by telephone", Worker: "through a named worker"}

var stateWords = map[State]string{Draft: "being set up", Checking: "being checked", Checked: "waits for signatures", Signed: "signed", Sending: "being sent",
	Paused: "paused", Done: "sent", Stopped: "stopped"}

// stateWord says where a run stands. What people carry is not sent: it is under
// way, and ends once everybody was told or cannot be.
func stateWord(s State, w Way) string {
	if w.byPeople() {
		switch s {
		case Sending:
			return "under way"
		case Done:
			return "ended"
		}
	}
	return stateWords[s]
}

func stateColour(s State) string {
	switch s {
	case Checked, Paused:
		return "yellow"
	case Sending, Checking, Signed:
		return "blue"
	case Done:
		return "green"
	case Stopped:
		return "red"
	}
	return "grey"
}

var reasonWords = map[Reason]string{NotListed: "not on the list any more, or not to be shown", Dead: "has died, or may have", NotTheirs: "a reviewer said that it is not theirs",
	UnderAge: "under 18 and nobody decided whom to tell", OfAge: "told of as a child, and now 18 or over: it goes to them, never to a parent",
	Living: "told of as someone who died, and no register says so any more", Shared: "somebody else on the list has the same e-mail address or number",
	OnHold: "on hold: contact could put them at risk", HasWorker: "contact goes through their named worker",
	NotAssessed: "nobody has assessed how to contact them safely", OtherWay: "another way of contact is the safe one", Stale: "the address is not the frozen one any more",
	Changed:    "what the list says of them holds no more: the name, the data found, or the verdict",
	Suppressed: "never to be written to, or the address sent something back", Told: "told before, in another run", HighRisk: "at high risk: not in this run",
	OtherRole: "not meant by this kind of notice", NoAddress: "no address for this way is held", Duplicate: "the same address twice",
	"historic": "not an address any more", "provisional": "not approved as an address yet", "rejected": "refused as an address", "unclassified": "the gazetteer does not say whether it is a home",
	"commercial": "not a home: a shop, an office or another business", "not-a-home": "not a home: a garage, land or the shell of a building", "not-in-use": "not a home: being built, planned or gone",
	"not-postal": "no post is delivered there", "no-postcode": "no postcode in the gazetteer", "no-lines": "nothing that could stand on an envelope",
	OtherFormat: "reads in another language or format: people make it"}

// said gives the words of a reason or a fault; a fault keeps the name by which
// Notify knows it.
func said(code string) string {
	if w := reasonWords[Reason(code)]; w != "" {
		return w
	}
	if w := faultWords[Fault(code)]; w != "" {
		return w + " (" + code + ")"
	}
	if w := stageWords[code]; w != "" {
		return w
	}
	return code
}

// stageWords are where a message stands, and what became of it.
var stageWords = map[string]string{msgFrozen: "frozen, to be checked", msgReady: "ready to leave", msgFaulty: "cannot leave", msgLeaving: "leaving now", msgLeft: "left",
	msgRefused: "refused as it was to leave", msgUnsure: "nobody knows whether it left", msgStopped: "stopped", msgByPeople: "to be made by people",
	string(onItsWay): "on its way", string(arrived): "arrived", string(returned): "came back", string(failed): "failed"}

var faultWords = map[Fault]string{AddressEmpty: "no address", FewLines: "fewer than three address lines", ManyLines: "more than seven address lines",
	BadFirstLines: "the first address lines say nothing", BadCharacter: "a sign that an address line may not begin with", NoPostcode: "not a real postcode",
	Abroad: "an address abroad", NoFixedAbode: "no fixed abode", TooLong: "the letter is too long", NotPortrait: "the page is not A4 upright",
	OutsideArea: "something would be printed outside the printable area", NotifyTag: "the word NOTIFY where it may not stand", UnreadableFile: "the file cannot be read",
	AddressNotAsFrozen: "the window would show another address", MissingField: "the wording lacks something", Unmet: "a requirement is not met", NoEmail: "no valid e-mail address", NoPhone: "no mobile number", Misplaced: "something of a person in a letter to every home, or a letter to nobody", NoWorker: "no worker is named",
	NoForm: "no text in the form in which they read", Unprintable: "letters that cannot be printed here", PixelsDiffer: "what is drawn on the page is not what the file says", PrintDiffers: "the finished file reads otherwise than the letter was set"}

// countLine is a count with its words.
type countLine struct {
	Code  string `json:"code"`
	Words string `json:"words"`
	N     int64  `json:"n"`
}

func inWords(all []counted) []countLine {
	lines := make([]countLine, 0, len(all))
	for _, c := range all {
		lines = append(lines, countLine{c.Word, said(c.Word), c.N})
	}
	return lines
}

// pounds prints pence.
func pounds(pence int64) string {
	if pence < 0 {
		return "not known"
	}
	return "£" + thousands(pence/100) + "." + string([]byte{byte('0' + pence%100/10), byte('0' + pence%10)})
}

func thousands(n int64) string {
	s := ""
	for n >= 1000 {
		rest := n % 1000
		s = "," + string([]byte{byte('0' + rest/100), byte('0' + rest/10%10), byte('0' + rest%10)}) + s
		n /= 1000
	}
	digits := ""
	for ok := true; ok; ok = n > 0 {
		digits = string([]byte{byte('0' + n%10)}) + digits
		n /= 10
	}
	return digits + s
}
