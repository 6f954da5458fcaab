// Package web is the one way to a page: it routes, asks whether a visitor may
// do what a route does, reads forms, and renders one typed view as HTML, JSON
// or CSV by suffix.
//
// A room brings a Section: its place in the menu and its routes. A Route names
// the act that it is (a verb on an object); New refuses a route whose act the
// policy does not know. The handler gets a Request and gives an Answer:
//
//	var personPage = web.NewPage[personView](pages, "person.html")
//
//	func (m *Room) person(r *web.Request) (web.Answer, error) {
//		v, err := m.kase.Person(r.Context(), r.Part("id"), r.Scope())
//		if err != nil {
//			return nil, err
//		}
//		return personPage.With("Person", v), nil
//	}
//
// Errors are the kinds of package reeve; error.go alone turns them into pages.
// Who a visitor is and what they may do is declared here (Door) and answered by
// account. Personal values travel in views as reeve.Sensitive: templates, JSON
// and CSV print them masked, and in clear only if the answer was made with Show,
// for which the caller has a grant that is on record (show.go is the one place).
//
// Nothing here knows a room, a table or a council's task. Pages work without
// JavaScript, load nothing from elsewhere, and carry a strict content-security
// policy (header.go).
package web
