package enquiry

import (
	"github.com/reeve-council/reeve"
)

// ScamSubmission is what a report says of the scam.
type ScamSubmission struct {
	Way    string          // a code of ways
	Sender reeve.Sensitive // who it claimed to be from: an address, a number, a name
	Copied bool            // it knew things about them
	Files  []File
}

// File is a file that came with a report.
type File struct {
	Name reeve.Sensitive
	Body []byte
}

// Bounds on what comes with one report.
const (
	mostFiles    = 5
	mostFile     = 8 << 20  // bytes of one
	mostAttached = 12 << 20 // bytes of a form with all that hangs on it
)

// Report is one report of a scam.
type Report struct {
	ID         int64           `json:"id"`
	Reference  string          `json:"reference"`
	Channel    Channel         `json:"channel"`
	Way        string          `json:"way"`
	Council    string          `json:"council"`
	Person     Person          `json:"person"`
	Sender     reeve.Sensitive `json:"sender"`
	Subject    reeve.Sensitive `json:"subject"`
	Words      reeve.Sensitive `json:"words"`
	Said       reeve.Sensitive `json:"said"`
	Copied     bool            `json:"copied"`
	Vulnerable bool            `json:"vulnerable"`
	State      string          `json:"state"`
	Signs      []string        `json:"signs"`
	Cluster    int64           `json:"cluster"`
	Alike      int             `json:"alike"`
	Unread     bool            `json:"unread"`
	Outcome    string          `json:"outcome"`
	Received   int64           `json:"received"`
	Emptied    int64           `json:"emptied"` // when what it said was destroyed; 0: it is there
	Version    int64           `json:"version"`
}

func (r Report) Printed() string    { return spacedReference(r.Reference) }
func (r Report) WayWords() string   { return wayWords(r.Way) }
func (r Report) StateWords() string { return scamStates[r.State].words }
func (r Report) Colour() string     { return scamStates[r.State].colour }

// SignWords are the signs of a report in words, the grave ones first as they are
// looked for.
func (r Report) SignWords() (all []Sign) {
	for _, s := range signs {
		for _, code := range r.Signs {
			if s.Code == code {
				all = append(all, s.Sign)
			}
		}
	}
	return all
}

// ReportFile is a file of a report, as it may be shown: its name and size, never
// its bytes.
type ReportFile struct {
	Name   reeve.Sensitive `json:"name"`
	Digest string          `json:"digest"`
	Size   int64           `json:"size"`
	Type   string          `json:"type"`
	Status string          `json:"status"`
}

// ReportLink is a link of a report, defanged.
type ReportLink struct {
	Target string `json:"target"`
	Shown  string `json:"shown"`
}

// Cluster is a group of reports that are alike.
type Cluster struct {
	ID           int64  `json:"id"`
	Title        string `json:"title"`
	Way          string `json:"way"`
	Reports      int64  `json:"reports"`
	Copied       int64  `json:"copied"`
	FirstSeen    int64  `json:"first_seen"`
	LastSeen     int64  `json:"last_seen"`
	State        string `json:"state"`
	PublicTitle  string `json:"public_title"`
	PublicWords  string `json:"public_words"`
	DraftedBy    string `json:"drafted_by"`
	DraftedName  string `json:"drafted_name"`
	DraftedAt    int64  `json:"drafted_at"`
	ApprovedName string `json:"approved_name"`
	ApprovedAt   int64  `json:"approved_at"`
	Version      int64  `json:"version"`
	signature    signature
}

func (c Cluster) WayWords() string   { return wayWords(c.Way) }
func (c Cluster) StateWords() string { return clusterStates[c.State].words }
func (c Cluster) Colour() string     { return clusterStates[c.State].colour }

// Forward is where a resident is asked to send a scam, by how it came.
type Forward struct{ Way, To, How string }

// forwards are the services of the NCSC and of the mobile networks.
var forwards = []Forward{
	{"email", "report@phishing.gov.uk", "Ask them to forward the message itself, as an attachment where their program can. Then they delete it."},
	{"text", "7726", "Ask them to forward the text to 7726. It is free. Their network asks for the number that it came from."},
	{"call", "7726", "Ask them to text the word Call and the number that rang to 7726."},
	{"web", "report@phishing.gov.uk", "Ask for the address of the website, and report it on the page of the NCSC for suspicious websites."},
	{"post", "Report Fraud, 0300 123 2040", "Ask them to keep the letter and its envelope. The police may want them."},
	{"door", "Police, 101; 999 while it happens", "Ask what the caller looked like and what they wanted. Do not ask them to keep anybody there."},
}

// forwardOf is where a scam of a way goes.
func forwardOf(way string) Forward {
	for _, f := range forwards {
		if f.Way == way {
			return f
		}
	}
	return forwards[0]
}
