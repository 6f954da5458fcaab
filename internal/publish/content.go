package publish

import (
	"embed"
	"strings"
)

// The texts that ship, one for each page of the table: in our own words, after
// the public advice of the NCSC, the police and the ICO.
//
//go:embed content/*.md
var contentFiles embed.FS

// shipped gives the text that ships for a page: its title and body.
func shipped(slug string) (title, body string) {
	b, err := contentFiles.ReadFile("content/" + slug + ".md")
	if err != nil {
		return "", "" // none ships: the editor begins empty
	}
	first, rest, _ := strings.Cut(string(b), "\n")
	return strings.TrimPrefix(first, "# "), strings.TrimSpace(rest) + "\n"
}
