package incident

import "slices"

// Incident is what the book is about, in one version. A case holds one.
type Incident struct {
	Kept
	Title    string `json:"title"`
	What     string `json:"what"`
	Noticed  int64  `json:"noticed"`  // when somebody first saw it, seconds UTC
	Happened int64  `json:"happened"` // when it began, 0 for not known
	Lead     string `json:"lead"`
	LeadName string `json:"lead_name"`
	Severity string `json:"severity"`
	Status   string `json:"status"`
	Playbook string `json:"playbook"`
	Why      string `json:"why"` // this version
}

// Statuses of an incident. It can go back: what was stable can break, what was
// closed can be published a year later.
const (
	statusOpen      = "open"
	statusStable    = "stable"
	statusPublished = "published"
	statusStoodDown = "stood-down"
	statusClosed    = "closed"
)

var statuses = []choice{
	{statusOpen, "Open: still unfolding", false},
	{statusStable, "Stable: contained, work goes on", false},
	{statusPublished, "Second phase: data was published", false},
	{statusStoodDown, "Stood down: it was a false alarm", false},
	{statusClosed, "Closed", false},
}

// after is to what each status may turn.
var after = map[string][]string{
	statusOpen:      {statusStable, statusPublished, statusStoodDown, statusClosed},
	statusStable:    {statusOpen, statusPublished, statusStoodDown, statusClosed},
	statusPublished: {statusOpen, statusStable, statusClosed},
	statusStoodDown: {statusOpen, statusPublished},
	statusClosed:    {statusOpen, statusPublished},
}

// nexts are the statuses to which an incident may turn.
func (i Incident) nexts() (all []choice) {
	for _, s := range statuses {
		if slices.Contains(after[i.Status], s.Value) {
			all = append(all, s)
		}
	}
	return all
}

var severities = []choice{
	{"low", "Low: one service, no harm to people seen", false},
	{"serious", "Serious: several services, or some people's data", false},
	{"major", "Major: most services, or many people's data", false},
	{"critical", "Critical: people could come to harm", false},
}

// StatusWords say the status.
func (i Incident) StatusWords() string { return wordsOf(statuses, i.Status) }

// SeverityWords say the severity.
func (i Incident) SeverityWords() string { return wordsOf(severities, i.Severity) }

// Over reports whether nobody works on it any more.
func (i Incident) Over() bool { return i.Status == statusClosed || i.Status == statusStoodDown }

// Colour is the tag of the status.
func (i Incident) Colour() string {
	switch i.Status {
	case statusOpen, statusPublished:
		return "red"
	case statusStable:
		return "orange"
	}
	return "grey"
}

// RoleHeld is a role that somebody has.
type RoleHeld struct {
	Kept
	Role    string `json:"role"`
	Title   string `json:"title"` // what they see to
	Person  string `json:"person"`
	Contact string `json:"contact"`
	Deputy  string `json:"deputy"`
	Begins  int64  `json:"begins"`
	Ends    int64  `json:"ends"` // 0 while they have it
}

// roleKinds are the roles of an emergency organisation in the United Kingdom.
var roleKinds = []choice{
	{"gold", "Gold: decides what matters", false},
	{"silver", "Silver: decides how it is done", false},
	{"bronze", "Bronze: does one part of it", false},
	{"scribe", "Scribe: keeps the book", false},
	{"liaison", "Liaison: speaks with others", false},
	{"other", "Another role", false},
}

// Shift is somebody's time on duty.
type Shift struct {
	Kept
	Person  string `json:"person"`
	Role    string `json:"role"`
	Contact string `json:"contact"`
	Begins  int64  `json:"begins"`
	Ends    int64  `json:"ends"`
	State   string `json:"state"`
}

// Limits of the Working Time Regulations 1998 (regulations 4 and 10): eleven
// hours' rest in each day, 48 hours in a week on average. People may agree to
// more; the rota says when.
const (
	leastRest = 11 * 3600
	mostWeek  = 48 * 3600
)

// fatigue says who of a rota works too long or rests too little, one sentence
// each, in the order of the rota.
func fatigue(rota []Shift) []string {
	var said []string
	last, week := make(map[string]Shift), make(map[string][]Shift)
	rota = slices.Clone(rota)
	slices.SortStableFunc(rota, func(a, b Shift) int { return int(a.Begins - b.Begins) })
	for _, s := range rota {
		if before, there := last[s.Person]; there && s.Begins-before.Ends < leastRest {
			said = append(said, s.Person+" has less than 11 hours' rest before "+shown(s.Begins))
		}
		if s.Ends-s.Begins > 13*3600 {
			said = append(said, s.Person+" is on duty for more than 13 hours from "+shown(s.Begins))
		}
		last[s.Person] = s
		worked := s.Ends - s.Begins
		for _, o := range week[s.Person] {
			if o.Begins > s.Ends-7*86400 {
				worked += o.Ends - o.Begins
			}
		}
		if worked > mostWeek {
			said = append(said, s.Person+" works more than 48 hours in the week before "+shown(s.Ends))
		}
		week[s.Person] = append(week[s.Person], s)
	}
	return said
}

// Handover is what one shift tells the next.
type Handover struct {
	Kept
	Done  string `json:"done"`
	Open  string `json:"open"`
	Worry string `json:"worry"`
	Reads string `json:"reads"` // who must read it, users one a line; "" for everybody
	At    int64  `json:"at"`
}

// Reading is that somebody has read a handover.
type Reading struct {
	Handover int64  `json:"handover"`
	Version  int64  `json:"version"`
	Reader   string `json:"reader"`
	Name     string `json:"reader_name"`
	At       int64  `json:"read_at"`
}

// mustRead reports whether a handover is for a user.
func (h Handover) mustRead(user string) bool {
	return h.ChangedBy != user && (h.Reads == "" || slices.Contains(linesOf(h.Reads), user))
}

// Plan is an emergency or continuity plan that was put in force.
type Plan struct {
	Kept
	Kind   string `json:"kind"` // emergency, continuity
	Title  string `json:"title"`
	Begins int64  `json:"begins"`
	Ends   int64  `json:"ends"` // 0 while it is in force
	Who    string `json:"who"`
	Why    string `json:"why"`
}

var planKinds = []choice{{"emergency", "Emergency plan", false}, {"continuity", "Business continuity plan", false}}
