package web

import "context"

// Section is what a room shows the house: its place in the menu and its routes.
type Section struct {
	Title  string // in the menu; "" stands in no menu
	Path   string // where the menu leads, "/people"
	Order  int    // of the menu, lowest first
	Object Object // the menu shows the section to who may see this
	Links  []Link // the pages inside the section
	Routes []Route
	Cards  []Card // on the start page
}

// Link is a place to go.
type Link struct {
	Title  string
	Path   string
	Object Object // shown to who may see this; "" is the section's
}

// Route is one thing that can be asked for. Pattern is net/http's, with its
// method: "GET /people/{id}". A GET route whose answer is a view answers
// ".json" and ".csv" behind its path too. Open routes need no sign-in.
type Route struct {
	Pattern string
	Verb    Verb
	Object  Object
	Open    bool
	Large   int64 // bytes that a request may carry; 0 is 1 MiB
	Do      func(*Request) (Answer, error)
}

// Card is a piece of the start page: a number or two, a sentence, a way on.
type Card struct {
	Object Object // shown to who may see this
	Order  int
	Make   func(ctx context.Context, v *Visitor) (CardText, error)
}

// CardText is what a card says.
type CardText struct {
	Title string
	Big   string // the number that counts; "" for none
	Text  string
	Path  string
	Alarm bool // somebody has to act
}
