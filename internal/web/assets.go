package web

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"net/http"
	"path"
	"strings"
)

// The compiled style and script; front/ holds what they are made of, and its
// README says how.
//
//go:embed assets
var assetFiles embed.FS

var (
	stylePath  = assetPath("style.css")
	scriptPath = assetPath("script.js")
)

// assetPath is the address of a file, which changes with its content, so that
// browsers may keep it for ever.
func assetPath(name string) string {
	b, err := fs.ReadFile(assetFiles, "assets/"+name)
	if err != nil {
		panic(err) // embedded
	}
	sum := sha256.Sum256(b)
	return "/assets/" + hex.EncodeToString(sum[:6]) + "/" + name
}

// assets serves them. Any digest in the address gives the file of now.
func assets() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := path.Base(r.URL.Path)
		b, err := fs.ReadFile(assetFiles, "assets/"+name)
		if err != nil || r.URL.Path != assetPath(name) {
			http.NotFound(w, r)
			return
		}
		types := map[string]string{".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml", ".woff2": "font/woff2"}
		w.Header().Set("Content-Type", types[strings.ToLower(path.Ext(name))])
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
		w.Write(b)
	})
}
