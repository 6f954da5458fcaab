package incident

// Cost is one line of the ledger: money spent, hours worked, a fund set aside, a
// grant, a claim. Amounts are pence.
type Cost struct {
	Kept
	Sort      string `json:"kind"`
	Term      string `json:"term"`
	Stream    string `json:"stream"`
	Day       int64  `json:"day"` // noon of it in London, seconds UTC
	Title     string `json:"title"`
	Party     string `json:"party"`
	Reference string `json:"reference"`
	Amount    int64  `json:"amount_pence"`
	Minutes   int64  `json:"minutes"`
	Rate      int64  `json:"rate_pence"`
	Agreed    int64  `json:"agreed_pence"`
	Received  int64  `json:"received_pence"`
	Fund      int64  `json:"fund"`
	Stage     string `json:"stage"`
	State     string `json:"state"`
	Why       string `json:"why"`
}

// Forecast is what a council expects the incident to cost in all, as of a
// moment. Old forecasts stand beside the new: the way they went is asked for.
type Forecast struct {
	Kept
	At     int64  `json:"at"`
	Amount int64  `json:"amount_pence"`
	Low    int64  `json:"low_pence"`
	High   int64  `json:"high_pence"`
	Note   string `json:"note"`
	State  string `json:"state"`
	Why    string `json:"why"`
}

// Sorts of lines.
const (
	costSpend = "spend"
	costHours = "hours"
	costFund  = "fund"
	costGrant = "grant"
	costClaim = "claim"
)

var costSorts = []choice{
	{Value: costSpend, Text: "Money spent or committed"},
	{Value: costHours, Text: "Hours worked"},
	{Value: costFund, Text: "Money set aside: a fund, a reserve, a budget"},
	{Value: costGrant, Text: "A grant"},
	{Value: costClaim, Text: "A claim: insurance, a supplier"},
}

var costTerms = []choice{
	{Value: "immediate", Text: "Immediate: to stop it and to get through"},
	{Value: "long", Text: "Long-term: to be safer than before"},
}

// costStages are how far a line is; which apply depends on its sort.
var costStages = []choice{
	{Value: "forecast", Text: "Expected"},
	{Value: "committed", Text: "Committed or ordered"},
	{Value: "actual", Text: "Spent, worked or set aside"},
	{Value: "asked", Text: "Asked for or claimed"},
	{Value: "agreed", Text: "Agreed, at least in part"},
	{Value: "received", Text: "Received"},
	{Value: "refused", Text: "Refused"},
}

// incoming reports whether a line is money that comes in.
func (c Cost) incoming() bool { return c.Sort == costGrant || c.Sort == costClaim }

// price reckons what hours cost, rounded to the penny.
func (c *Cost) price() {
	if c.Sort == costHours {
		c.Amount = (c.Minutes*c.Rate + 30) / 60
	}
}

// CostSum is the sums of one council, or of one stream of work. Forecast is the
// newest one of a council, 0 if there is none.
type CostSum struct {
	Of        string `json:"of"`
	Immediate int64  `json:"immediate_pence"`
	Long      int64  `json:"long_term_pence"`
	Expected  int64  `json:"expected_pence"` // entered as expected, beyond what is spent and committed
	Minutes   int64  `json:"minutes"`
	Labour    int64  `json:"labour_pence"` // in the sums above
	Funds     int64  `json:"funds_pence"`
	Asked     int64  `json:"asked_pence"`
	Agreed    int64  `json:"agreed_pence"`
	Received  int64  `json:"received_pence"`
	Forecast  int64  `json:"forecast_pence"`
}

// Outturn is what is spent, worked or committed.
func (s CostSum) Outturn() int64 { return s.Immediate + s.Long }

// add adds a sum of lines of one sort, term and stage.
func (s *CostSum) add(g costGroup) {
	switch g.sort {
	case costFund:
		s.Funds += g.amount
	case costGrant, costClaim:
		s.Asked += g.amount
		s.Agreed += g.agreed
		s.Received += g.received
	default:
		s.outgoing(g)
	}
}

func (s *CostSum) outgoing(g costGroup) {
	switch {
	case g.stage == "forecast":
		s.Expected += g.amount
		return
	case g.term == "long":
		s.Long += g.amount
	default:
		s.Immediate += g.amount
	}
	if g.sort == costHours {
		s.Minutes += g.minutes
		s.Labour += g.amount
	}
}

// costGroup is lines that are alike, summed by the database.
type costGroup struct {
	council, stream, sort, term, stage        string
	amount, minutes, agreed, received, number int64
}

// sumBy sums groups under names, in the order in which they first come.
func sumBy(groups []costGroup, name func(costGroup) string) []CostSum {
	var all []CostSum
	at := make(map[string]int)
	for _, g := range groups {
		n := name(g)
		i, ok := at[n]
		if !ok {
			i = len(all)
			at[n] = i
			all = append(all, CostSum{Of: n})
		}
		all[i].add(g)
	}
	return all
}

// hoursText is minutes as hours, such as 7.5.
func hoursText(minutes int64) string {
	s := digits(minutes / 60)
	if tenth := minutes % 60 / 6; tenth > 0 {
		s += "." + digits(tenth)
	}
	return s
}
