package incident

import (
	"context"

	"github.com/reeve-council/reeve/internal/job"
	"github.com/reeve-council/reeve/internal/mail"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

// Office is what the desks for clocks, agencies, evidence, costs and councils
// need besides; each may be nil, and what needs it is then not offered.
type Office struct {
	// Signer gives the key of the case, for files that must be proved later.
	Signer func(ctx context.Context) (*record.Signer, error)
	// Mail sends reminders; From is who they are from.
	Mail Sender
	From mail.Address
	// Temp is a folder inside the case for what does not fit into memory.
	Temp string
}

// Sender sends a message; a mail.Server and a mail.Drop do.
type Sender interface {
	Send(ctx context.Context, m *mail.Message) error
}

// officeSchemas are the tables of these desks.
func officeSchemas() []Schema {
	return []Schema{
		{"incident-clock", clockSchema},
		{"incident-agency", agencySchema},
		{"incident-evidence", evidenceSchema},
		{"incident-cost", costSchema},
		{"incident-council", councilSchema},
	}
}

// officeSections are these desks.
func (m *Room) officeSections() []web.Section {
	return []web.Section{
		m.clockSection(),
		m.agencySection(),
		m.evidenceSection(),
		m.costSection(),
		m.councilSection(),
	}
}

// officeJobs are their jobs.
func (m *Room) officeJobs() []job.Handler {
	return []job.Handler{m.clockJob()}
}

// The kinds of objects of these desks.
const (
	KindAware       = "aware"
	KindClock       = "clock"
	KindReport      = "clock-report"
	KindAgency      = "agency"
	KindTold        = "agency-told"
	KindPolice      = "agency-police"
	KindEvidence    = "evidence"
	KindHandOver    = "evidence-move"
	KindCost        = "cost"
	KindForecast    = "cost-forecast"
	KindProfile     = "profile"
	KindArrangement = "arrangement"
	KindClearance   = "clearance"
	KindWarning     = "warning"
)
