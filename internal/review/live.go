package review

import "github.com/reeve-council/reeve/internal/web"

// live is the sweep that this process runs, if any.
type live struct{ room *Room }

func newLive(m *Room) *live { return &live{room: m} }

func (l *live) close() error { return nil }

func (m *Room) liveSection() web.Section { return web.Section{Object: web.ObjectCase} }
