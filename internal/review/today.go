package review

import "github.com/reeve-council/reeve/internal/web"

func (m *Room) todaySection() web.Section {
	return web.Section{Title: "Act today", Path: "/today", Order: 10, Object: web.ObjectPerson}
}
