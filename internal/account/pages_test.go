package account

import (
	"testing"
	"testing/fstest"

	"github.com/reeve-council/reeve/internal/web"
	"github.com/reeve-council/reeve/internal/web/webtest"
)

var homePage = web.NewPage[homeView](fstest.MapFS{"pages/home.html": {Data: []byte(`{{define "content"}}<p>{{.Who}}</p>{{end}}`)}}, "home.html")

func TestPagesFitTheirViews(t *testing.T) {
	webtest.CheckPages(t, signInPage, codePage, enrolPage, codesPage, changePage, firstPage, mePage, staffPage, userPage, settingsPage, policyPage, revealPage, sealedPage, readsPage, recordPage)
}
