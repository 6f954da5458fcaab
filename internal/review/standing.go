package review

import "github.com/reeve-council/reeve/internal/web"

func (m *Room) standingSection() web.Section {
	return web.Section{Title: "Where we stand", Path: "/standing", Order: 20, Object: web.ObjectCase}
}
