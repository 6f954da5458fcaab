package review

import "github.com/reeve-council/reeve/internal/web"

func (m *Room) coverageSection() web.Section { return web.Section{Object: web.ObjectCase} }
