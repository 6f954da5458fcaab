package account

import (
	"testing/fstest"

	"github.com/reeve-council/reeve/internal/web"
)

var homePage = web.NewPage[homeView](fstest.MapFS{"pages/home.html": {Data: []byte(`{{define "content"}}<p>{{.Who}}</p>{{end}}`)}}, "home.html")
