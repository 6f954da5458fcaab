package review

import (
	"github.com/reeve-council/reeve/internal/job"
	"github.com/reeve-council/reeve/internal/web"
)

func (m *Room) searchSection() web.Section { return web.Section{Object: web.ObjectDocument} }

func (m *Room) searchJobs() []job.Handler { return nil }
