// Package enquiry answers residents: questions, complaints and requests about
// their rights, however they come (public form, telephone, mail, counter,
// paper), and reports of scams.
//
// In flow forms of the public site, files that are dropped into two folders of
// the case (inbox/enquiries, inbox/scams), and what agents type; out flow pages
// for the desk, routes for the public site (Public), and the views
//
//	enquiry_scam_published  what may be shown as "scams seen here"
//	enquiry_scam_person     whose copied data a scam used, as a reviewer decided
//	enquiry_reports         these, and the enquiries that are somebody's
//
// The way of a public form: limits for its sender and for all (limit.go), then a
// file on disk (spool.go), and only then the answer with a reference. A job puts
// what waits there into the database (intake.go). What was accepted is never
// lost, and a flood on the public site never waits for the database.
//
// What an agent may say to a caller is a pure function of how the caller was
// verified, how the person stands, and whether an approved list is there
// (call.go); a test asks it in every cell. Whoever is sealed, on hold, a child,
// of another council, or on no list is one and the same to it.
//
// Whom a check of a caller verified is tied to the enquiry that is taken down next
// (tie.go); its page says what may be said as it stands at that moment, and never
// who it is. Whose data a scam uses only a reviewer says; equal values are offered
// to them (store_suggest.go).
//
// What a stranger sent is read in the cage (sweep.Letterbox), shown as text whose
// links are defanged, and kept as bytes that leave in one form alone: enciphered,
// for the police (sealed.go). Nothing of it is ever a link, a picture or a page.
//
// The room never shows a sealed person: it asks the case without any opening.
// It never says that somebody is not affected. By itself it sends one thing, a
// receipt with a reference (receipt.go), and that never to whoever said how it is
// safe to be in touch.
//
// To add a kind of enquiry: a row in words_table.go and its terms in clock.go. A
// script for agents: a row in script_table.go. A sign of a scam: a function in
// feature.go and a line in its list.
package enquiry
