package web

import (
	"mime"
	"net/http"
	"strings"
	"time"
)

// policy lets a page load what this program serves and nothing else: no inline
// script or style, no frame, no other origin.
const policy = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

func secure(h http.Header, tls bool) {
	h.Set("Content-Security-Policy", policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()")
	h.Set("Cache-Control", "no-store")
	if tls {
		h.Set("Strict-Transport-Security", "max-age=31536000")
	}
}

// disposition offers a file under a name; what would break the header or a file
// system is taken out of it.
func disposition(name string) string {
	name = strings.Map(func(c rune) rune {
		if c < ' ' || strings.ContainsRune(`/\:*?"<>|`, c) {
			return '-'
		}
		return c
	}, name)
	return mime.FormatMediaType("attachment", map[string]string{"filename": name})
}

// sayingCookie carries a sentence over a redirect.
const sayingCookie = "saying"

func setSaying(w http.ResponseWriter, r *Request, text string) {
	if text == "" {
		return
	}
	http.SetCookie(w, &http.Cookie{Name: sayingCookie, Value: encodeSaying(text), Path: "/", MaxAge: int(time.Minute.Seconds()),
		HttpOnly: true, SameSite: http.SameSiteStrictMode, Secure: r.TLS != nil})
}

// takeSaying gives the sentence and drops it.
func takeSaying(w http.ResponseWriter, r *Request) string {
	c, err := r.Cookie(sayingCookie)
	if err != nil {
		return ""
	}
	http.SetCookie(w, &http.Cookie{Name: sayingCookie, Path: "/", MaxAge: -1, HttpOnly: true, SameSite: http.SameSiteStrictMode, Secure: r.TLS != nil})
	return decodeSaying(c.Value)
}
