package review

import "github.com/reeve-council/reeve/internal/web"

func (m *Room) registerSection() web.Section { return web.Section{Object: web.ObjectCase} }
