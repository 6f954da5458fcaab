package review

import (
	"github.com/reeve-council/reeve/internal/sweep"
	"github.com/reeve-council/reeve/internal/web"
)

// scopeOf is what of the case a visitor may see.
func scopeOf(v *web.Visitor) sweep.Scope {
	if v == nil {
		return sweep.Scope{Councils: []string{}}
	}
	return sweep.Scope{Councils: v.Councils, Opened: v.Opened}
}
