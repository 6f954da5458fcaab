package review

import "github.com/reeve-council/reeve/internal/web"

func (m *Room) exhibitSection() web.Section {
	return web.Section{Title: "Exhibits", Path: "/exhibits", Order: 60, Object: web.ObjectCase}
}
