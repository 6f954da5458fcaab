package publish

import "slices"

// page is one page of the site that stands on a text. The text that ships is in
// content/<slug>.md, its first line "# Title"; a council begins with it and
// writes its own versions. The page is shown once a version is released.
type page struct {
	Slug  string
	Path  string
	Group string // of the list on the home page; "" is not listed
	Exit  bool   // has the way out for people who are watched
	Below string // the slug of the page above it, for the way back
}

// pages, in the order of the lists. Those without a text (home, updates,
// timeline, …) are made by build.go.
var pages = []page{
	{Slug: "home", Path: "/"},
	{Slug: "what-happened", Path: "/what-happened", Group: groupNews},
	{Slug: "how-long", Path: "/how-long", Group: groupNews},
	{Slug: "is-my-data-affected", Path: "/is-my-data-affected", Group: groupYou},
	{Slug: "your-letter", Path: "/your-letter", Group: groupYou},
	{Slug: "protect-yourself", Path: "/protect-yourself", Group: groupSafe},
	{Slug: "protect-bank", Path: "/protect-yourself/bank", Group: "", Below: "protect-yourself"},
	{Slug: "protect-identity", Path: "/protect-yourself/identity", Group: "", Below: "protect-yourself"},
	{Slug: "protect-passwords", Path: "/protect-yourself/passwords", Group: "", Below: "protect-yourself"},
	{Slug: "protect-family", Path: "/protect-yourself/family", Group: "", Below: "protect-yourself"},
	{Slug: "at-risk", Path: "/protect-yourself/at-risk", Group: groupSafe, Exit: true, Below: "protect-yourself"},
	{Slug: "scams", Path: "/scams", Group: groupSafe},
	{Slug: "worried", Path: "/worried", Group: groupSafe},
	{Slug: "contact", Path: "/contact", Group: groupHelp},
	{Slug: "faq", Path: "/faq", Group: groupHelp},
	{Slug: "rights", Path: "/rights", Group: groupHelp},
	{Slug: "investigation", Path: "/about/investigation", Group: groupAbout},
	{Slug: "partners", Path: "/about/partners", Group: groupAbout},
	{Slug: "privacy", Path: "/about/privacy", Group: groupAbout},
	{Slug: "accessibility", Path: "/about/accessibility", Group: groupAbout},
	{Slug: "languages", Path: "/about/languages", Group: groupAbout},
}

// The groups of the home page's list.
const (
	groupNews  = "What happened"
	groupYou   = "You and your data"
	groupSafe  = "Stay safe"
	groupHelp  = "Get help"
	groupAbout = "About this site"
)

var groups = []string{groupNews, groupYou, groupSafe, groupHelp, groupAbout}

// pageOf finds a page by its slug, nil if there is none.
func pageOf(slug string) *page {
	i := slices.IndexFunc(pages, func(p page) bool { return p.Slug == slug })
	if i < 0 {
		return nil
	}
	return &pages[i]
}
