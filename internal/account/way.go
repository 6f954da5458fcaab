package account

import "github.com/reeve-council/reeve/internal/web"

// Way is a way to prove who one is. The sign-in page offers each; its routes
// end in m.admit, which asks for whatever else is due (second factor, new
// password) and begins the session. Passwords are the one way that needs
// nothing but this program; single sign-on (OpenID Connect, SAML) and passkeys
// are further ones: a file with the type, a line in New.
type Way interface {
	Name() string         // kept with the session: "password"
	Offer() (Offer, bool) // the button on the sign-in page; false for the form itself
	Routes() []web.Route  // open: who uses them is not signed in yet
}

// Offer is a further way on the sign-in page.
type Offer struct {
	Title string // "Sign in with your council account"
	Path  string
}
