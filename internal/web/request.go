package web

import (
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/reeve-council/reeve"
)

// Request is a request whose act the policy has allowed, with who asks.
type Request struct {
	*http.Request
	Visitor *Visitor
	Now     time.Time
	door    Door
	suffix  string // "", "json" or "csv"
	w       http.ResponseWriter
}

// SetCookie sends a cookie with the answer. Only account has one to send, the
// session's.
func (r *Request) SetCookie(c *http.Cookie) { http.SetCookie(r.w, c) }

// Part is a named part of the path.
func (r *Request) Part(name string) string { return r.PathValue(name) }

// Number is a named part of the path that must be a number; what is none names
// nothing that is there.
func (r *Request) Number(name string) (int64, error) {
	n, err := strconv.ParseInt(r.PathValue(name), 10, 64)
	if err != nil || n < 0 {
		return 0, fmt.Errorf("read address: %w", reeve.NotFound)
	}
	return n, nil
}

// Ask is a value of the query, "" if it is not there.
func (r *Request) Ask(name string) string { return r.URL.Query().Get(name) }

// May rules on a further act than the route's own.
func (r *Request) May(a Act) bool { return r.door.May(r.Visitor, a).Allowed }

// Must is May as an error that ends the request.
func (r *Request) Must(a Act) error {
	if ruling := r.door.May(r.Visitor, a); !ruling.Allowed {
		return reeve.WithHint(fmt.Errorf("%s %s: %w", a.Verb, a.Object, reeve.Denied), ruling.Reason)
	}
	return nil
}

// Granted reports whether the visitor may see a thing's values in clear now.
func (r *Request) Granted(thing string) bool { return r.Visitor.Granted(thing, r.Now) }

// Machine reports whether the answer goes to a program: a .json or .csv address.
func (r *Request) Machine() bool { return r.suffix != "" }
