package main

import (
	"io"
	"os"
	"strconv"

	"golang.org/x/term"
)

// Console is where a command reads and writes. Results go to Out and nothing
// else does; progress and errors go to Err.
type Console struct {
	In       io.Reader
	Out, Err io.Writer
	Terminal bool // Err is a terminal that can redraw a line: progress does
	Width    int  // of the terminal in columns; 80 where unknown
}

func standardConsole() Console {
	c := Console{In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Width: 80}
	fd := int(os.Stderr.Fd())
	c.Terminal = term.IsTerminal(fd) && os.Getenv("TERM") != "dumb"
	if w, _, err := term.GetSize(fd); err == nil && w > 0 {
		c.Width = w
	} else if w, err := strconv.Atoi(os.Getenv("COLUMNS")); err == nil && w > 0 {
		c.Width = w
	}
	return c
}
