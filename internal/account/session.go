package account

import (
	"net"
	"net/http"
	"strings"
	"time"
)

// Session is one sign-in of a user, on one device.
type Session struct {
	ID      string
	Holder  string
	Browser string // its family: "Firefox on Windows"
	Address string
	Begun   int64
	Seen    int64

	stage string
	way   string
	aim   string
}

// What a session may be waiting for. Only a full one makes a visitor.
const (
	stageFull   = "full"
	stageCode   = "code"   // the second factor
	stageEnrol  = "enrol"  // a second factor has to be set up
	stageChange = "change" // a new password
)

// halfLife is how long somebody has between password and second factor.
const halfLife = 10 * time.Minute

// seenStep is how exactly the last act is kept: to write at every page would
// cost more than it tells.
const seenStep = time.Minute

// alive reports whether a session still stands.
func (s *Session) alive(set settings, now time.Time) bool {
	begun, seen := time.Unix(s.Begun, 0), time.Unix(s.Seen, 0)
	if s.stage != stageFull {
		return now.Before(begun.Add(halfLife))
	}
	return now.Before(seen.Add(set.idle())) && now.Before(begun.Add(set.longest()))
}

// cookieName is the session's cookie. The prefix has browsers refuse it from
// anywhere but this host over TLS; plain HTTP, which is loopback alone, cannot
// have it.
func (m *Room) cookieName() string {
	if m.Secure {
		return "__Host-reeve"
	}
	return "reeve"
}

// cookie carries a session's secret, until the browser is closed; "" takes it
// away.
func (m *Room) cookie(secret string) *http.Cookie {
	c := &http.Cookie{Name: m.cookieName(), Value: secret, Path: "/", HttpOnly: true, SameSite: http.SameSiteStrictMode, Secure: m.Secure}
	if secret == "" {
		c.MaxAge = -1
	}
	return c
}

// secretOf gives the session's secret that came with a request.
func (m *Room) secretOf(r *http.Request) string {
	c, err := r.Cookie(m.cookieName())
	if err != nil || len(c.Value) > 100 {
		return ""
	}
	return c.Value
}

// addressOf gives where a request came from, without the port. Headers that
// claim another address are not believed: anybody can send them.
func addressOf(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return ""
	}
	return host
}

// browserOf names the family of a browser, never its exact version: enough to
// know one's own devices by.
func browserOf(agent string) string {
	name := firstOf(agent, "Another browser", [][2]string{{"Edg/", "Edge"}, {"OPR/", "Opera"}, {"SamsungBrowser/", "Samsung Internet"}, {"Firefox/", "Firefox"}, {"FxiOS/", "Firefox"}, {"CriOS/", "Chrome"}, {"Chrome/", "Chrome"}, {"Safari/", "Safari"}})
	system := firstOf(agent, "", [][2]string{{"Windows", "Windows"}, {"Android", "Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"}, {"CrOS", "ChromeOS"}, {"Mac OS X", "Mac"}, {"Linux", "Linux"}})
	if system == "" {
		return name
	}
	return name + " on " + system
}

func firstOf(text, otherwise string, signs [][2]string) string {
	for _, s := range signs {
		if strings.Contains(text, s[0]) {
			return s[1]
		}
	}
	return otherwise
}
