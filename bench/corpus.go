package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/reeve-council/reeve"
)

// corpus finds a file of the measurement data: public data sets, in the folder
// REEVE_CORPUS, else ../shared/corpus beside the checkout. Nothing of it is
// part of the project.
func corpus(parts ...string) (string, error) {
	root := os.Getenv("REEVE_CORPUS")
	if root == "" {
		root = filepath.Join("..", "shared", "corpus")
	}
	path := filepath.Join(append([]string{root}, parts...)...)
	if _, err := os.Stat(path); err != nil {
		return "", fmt.Errorf("the measurement data %s is not there; set REEVE_CORPUS: %w", filepath.Join(parts...), reeve.NotFound)
	}
	return path, nil
}

// officeMail is real office mail of about limit bytes in all, in blocks as a
// reader of plain text gives them: cut at a line end.
func officeMail(limit int) ([]string, error) {
	dir, err := corpus("prose", "enron")
	if err != nil {
		return nil, err
	}
	files, err := filepath.Glob(filepath.Join(dir, "*"))
	if err != nil {
		return nil, err
	}
	var out []string
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		for text := string(data); text != "" && limit > 0; {
			n := lineEnd(text, min(reeve.MaxBlockText, limit))
			out, text, limit = append(out, text[:n]), text[n:], limit-n
		}
	}
	return out, nil
}

// lineEnd is the length of the longest run of whole lines within limit bytes,
// or all of a text that is shorter.
func lineEnd(text string, limit int) int {
	if len(text) <= limit {
		return len(text)
	}
	if i := strings.LastIndexByte(text[:limit], '\n'); i >= 0 {
		return i + 1
	}
	return limit
}

// bodies leaves out the header lines, which are all names and addresses.
func bodies(blocks []string) []string {
	out := make([]string, len(blocks))
	for i, text := range blocks {
		var body strings.Builder
		for line := range strings.SplitAfterSeq(text, "\n") {
			switch head, _, _ := strings.Cut(line, ":"); head {
			case "From", "To", "Cc", "Bcc", "cc", "Subject", "Date", "Sent", "X-From", "X-To":
			default:
				body.WriteString(line)
			}
		}
		out[i] = body.String()
	}
	return out
}

func totalSize(texts []string) (n int64) {
	for _, t := range texts {
		n += int64(len(t))
	}
	return n
}
