package account

// Role is what somebody is here to do. A user may have several.
type Role string

// The roles.
const (
	Administrator Role = "administrator"
	DPO           Role = "dpo"
	Reviewer      Role = "reviewer"
	Senior        Role = "senior-reviewer"
	IncidentLead  Role = "incident-lead"
	RecoveryLead  Role = "recovery-lead"
	Communicator  Role = "communications"
	ContactCentre Role = "contact-centre"
	Delivery      Role = "delivery"
	Finance       Role = "finance"
	Analyst       Role = "analyst"
	Partner       Role = "partner"
	Scribe        Role = "scribe"
	Auditor       Role = "auditor"
	Legal         Role = "legal"
)

// roleWords is a role as people read it. A title has no comma: lists of them do.
type roleWords struct {
	Role  Role
	Title string
	What  string
}

// roles in the order in which pages show them.
var roles = []roleWords{
	{Administrator, "Administrator", "Runs Reeve and its users. Sees no personal data."},
	{DPO, "Data protection officer", "Answers for the list: judges, approves, freezes, exports, destroys. Opens sealed people together with someone else."},
	{Reviewer, "Reviewer", "Judges people and documents on the evidence."},
	{Senior, "Senior reviewer", "Judges, and approves what others judged. Opens sealed people together with someone else."},
	{IncidentLead, "Incident lead", "Leads the response and decides. Sees whom it is about only masked."},
	{RecoveryLead, "Recovery lead", "Brings services back."},
	{Communicator, "Communications", "Writes what is published and what letters say."},
	{ContactCentre, "Contact centre", "Answers residents, and calls those who are to be told on the telephone: one at a time, the next on the list."},
	{Delivery, "Delivery officer", "Hands letters over: one round at a time. Sees whose letters these are and where they live, never what was found."},
	{Finance, "Finance", "Keeps the costs."},
	{Analyst, "Analyst", "Brings in exhibits and registers, runs sweeps, keeps technical evidence. Sees no personal data."},
	{Partner, "Partner council", "An officer of another council: sees that council's own people and part of the list. Must be limited to councils."},
	{Scribe, "Scribe", "Keeps the incident book."},
	{Auditor, "Auditor", "Reads everything, the record too, with values masked. Changes nothing."},
	{Legal, "Legal", "Judges what was set aside as privileged, keeps legal holds and advice."},
}

// words gives a role as people read it; false for one that is none.
func (r Role) words() (roleWords, bool) {
	for _, w := range roles {
		if w.Role == r {
			return w, true
		}
	}
	return roleWords{}, false
}
