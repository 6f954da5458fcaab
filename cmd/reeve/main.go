// Command reeve finds whose personal data was in files copied from a council.
//
// Each command is a file of its own with one value of type Command; command.go
// lists them all. What a script may rely on is in docs/contract.md.
package main

import (
	"context"
	"os"
	"runtime/debug"

	"github.com/reeve-council/reeve/internal/sandbox"
	"github.com/reeve-council/reeve/internal/sweep"
)

func main() {
	// A goroutine that panics ends the process without a trace of the stack,
	// with code 2, as the contract says.
	debug.SetTraceback("none")
	if sandbox.Called() {
		sweep.ServeReader()
	}
	if os.Getenv("GOGC") == "" {
		// A clean laptop has little memory: collecting twice as often costs a few
		// parts in a hundred of time and saves a sixth of the peak.
		debug.SetGCPercent(50)
	}
	os.Exit(run(context.Background(), os.Args[1:], standardConsole()))
}
