package publish

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// The compiled style; front/ holds what it is made of.
//
//go:embed assets/site.css
var assetFiles embed.FS

var (
	style     = mustRead("assets/site.css")
	stylePath = "/assets/" + digestOf(style)[:12] + "/site.css"
)

func mustRead(name string) []byte {
	b, err := assetFiles.ReadFile(name)
	if err != nil {
		panic(err) // embedded
	}
	return b
}

func digestOf(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// How long browsers and caches may keep a file: pages a minute, so that a
// withdrawn text is gone soon while a surge stays off the line; what has its
// digest in its name for ever.
const (
	shortly = "public, max-age=60, stale-while-revalidate=60"
	forEver = "public, max-age=31536000, immutable"
)

// missingPath is where the page for addresses that are not there is kept: it is
// no address itself.
const missingPath = "404"

// Site is the whole site in memory, ready to be sent.
type Site struct {
	Stamp string // of the content
	open  bool
	files map[string]*File
	uses  map[int64][]string // version of a fact → paths of the pages that show it
}

// File is one file of the site. Headers are made once: they are the same slices
// in every answer and must not be changed.
type File struct {
	Body    []byte
	gzip    []byte
	tag     string
	headers http.Header // of the plain body
	squeeze http.Header // of the gzip body
	framed  bool        // other sites may show it in a frame or read it from a script
}

func fileOf(kind string, body []byte, cache string) *File {
	f := &File{Body: body, tag: `"` + digestOf(body)[:16] + `"`}
	var out bytes.Buffer
	z, _ := gzip.NewWriterLevel(&out, gzip.BestCompression) // the level is one that there is
	z.Write(body)
	z.Close()
	f.headers = http.Header{"Content-Type": {kind}, "Cache-Control": {cache}, "Vary": {"Accept-Encoding"}, "Etag": {f.tag}, "Content-Length": {strconv.Itoa(len(body))}}
	if kind != "application/pdf" && out.Len() < len(body) {
		f.gzip = out.Bytes()
		f.squeeze = f.headers.Clone()
		f.squeeze["Content-Encoding"] = []string{"gzip"}
		f.squeeze["Content-Length"] = []string{strconv.Itoa(out.Len())}
	}
	return f
}

func (s *Site) add(path string, f *File) { s.files[path] = f }

// use notes that a page shows a version of a fact.
func (s *Site) use(version int64, path string) {
	if !slices.Contains(s.uses[version], path) {
		s.uses[version] = append(s.uses[version], path)
	}
}

// Paths are the addresses of the site, in order.
func (s *Site) Paths() []string {
	var all []string
	for p := range s.files {
		if p != missingPath {
			all = append(all, p)
		}
	}
	slices.Sort(all)
	return all
}

// File gives the file at an address, nil if there is none.
func (s *Site) File(path string) *File { return s.files[path] }

// policy lets a page load the site's own style and nothing else.
const policy = "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// framePolicy is that of what other sites may show in a frame.
const framePolicy = "default-src 'none'; style-src 'self'; img-src data:; base-uri 'none'; frame-ancestors *"

// fixed are the headers of every answer; header slices are shared, never changed.
var fixed = http.Header{
	"Content-Security-Policy":    {policy},
	"X-Content-Type-Options":     {"nosniff"},
	"Referrer-Policy":            {"no-referrer"},
	"Cross-Origin-Opener-Policy": {"same-origin"},
	"Permissions-Policy":         {"camera=(), microphone=(), geolocation=(), payment=()"},
}

var (
	framed   = []string{framePolicy}
	anywhere = []string{"*"}
	lasting  = []string{"max-age=31536000"}
)

func setHeaders(to http.Header, all ...http.Header) {
	for _, headers := range all {
		for k, v := range headers {
			to[k] = v
		}
	}
}

// serve sends a file: nothing is made, and nothing is copied but into the
// connection.
func (f *File) serve(w http.ResponseWriter, r *http.Request, status int) {
	h := w.Header()
	body := f.Body
	if f.gzip != nil && acceptsGzip(r) {
		setHeaders(h, f.squeeze)
		body = f.gzip
	} else {
		setHeaders(h, f.headers)
	}
	if f.framed {
		h["Content-Security-Policy"] = framed
		h["Access-Control-Allow-Origin"] = anywhere
	}
	if status == http.StatusOK && holdsTag(r.Header["If-None-Match"], f.tag) {
		delete(h, "Content-Length")
		delete(h, "Content-Type")
		w.WriteHeader(http.StatusNotModified)
		return
	}
	if status != http.StatusOK {
		delete(h, "Etag")
		w.WriteHeader(status)
	}
	if r.Method != http.MethodHead {
		w.Write(body) // whoever asked has gone, if it fails
	}
}

// acceptsGzip reports whether gzip is among what a browser takes, with a quality
// above nothing (RFC 9110, 12.5.3).
func acceptsGzip(r *http.Request) bool {
	for _, v := range r.Header["Accept-Encoding"] {
		for part := range strings.SplitSeq(v, ",") {
			name, quality, weighed := strings.Cut(strings.TrimSpace(part), ";")
			if name == "gzip" {
				_, q, _ := strings.Cut(quality, "=")
				n, err := strconv.ParseFloat(strings.TrimSpace(q), 64)
				return !weighed || err == nil && n > 0
			}
		}
	}
	return false
}

func holdsTag(lines []string, tag string) bool {
	for _, l := range lines {
		for part := range strings.SplitSeq(l, ",") {
			part = strings.TrimPrefix(strings.TrimSpace(part), "W/")
			if part == tag || part == "*" {
				return true
			}
		}
	}
	return false
}
