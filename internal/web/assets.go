package web

import (
	"bytes"
	"compress/gzip"
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

// assetTypes is what the files are, by ending.
var assetTypes = map[string]string{".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}

// assets serves them, squeezed: there is no secret in them that a length could
// give away.
func assets() http.Handler {
	squeezed := make(map[string][]byte)
	files, err := fs.Glob(assetFiles, "assets/*")
	if err != nil {
		panic(err) // embedded
	}
	for _, f := range files {
		squeezed[path.Base(f)] = squeeze(f)
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		name := path.Base(r.URL.Path)
		if squeezed[name] == nil || r.URL.Path != assetPath(name) {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", assetTypes[path.Ext(name)])
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
		w.Header().Set("Vary", "Accept-Encoding")
		if strings.Contains(r.Header.Get("Accept-Encoding"), "gzip") {
			w.Header().Set("Content-Encoding", "gzip")
			w.Write(squeezed[name])
			return
		}
		http.ServeFileFS(w, r, assetFiles, "assets/"+name)
	})
}

func squeeze(file string) []byte {
	b, err := fs.ReadFile(assetFiles, file)
	if err != nil {
		panic(err) // embedded
	}
	var out bytes.Buffer
	z, _ := gzip.NewWriterLevel(&out, gzip.BestCompression) // the level is one that there is
	z.Write(b)
	z.Close()
	return out.Bytes()
}
