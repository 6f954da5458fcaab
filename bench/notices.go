package main

import (
	"context"
	"flag"
	"os"
	"os/exec"
	"strconv"
)

// notices checks a frozen run of letters as its job does, and sends a run through
// the simulator with senders that are killed ten times, by the benches and tests
// that do so in small: what is measured is what is tested. The first line of what
// it prints has the processor time of a letter and how many were drawn to pixels;
// the second part takes four of the simulator's days of 3.6 minutes at least, for
// no more than 20,000 letters leave in one.
func notices(ctx context.Context, args []string) error {
	set := flag.NewFlagSet("notices", flag.ExitOnError)
	letters := set.Int("letters", 100_000, "letters to set, read back and check")
	people := set.Int("people", 100_000, "people of the run whose senders are killed; 0: no run")
	if err := set.Parse(args); err != nil {
		return err
	}
	test := func(env []string, more ...string) error {
		cmd := exec.CommandContext(ctx, "go", append([]string{"test", "./internal/notice", "-timeout", "3h"}, more...)...)
		cmd.Env, cmd.Stdout, cmd.Stderr = append(os.Environ(), env...), os.Stdout, os.Stderr
		return cmd.Run()
	}
	if err := test(nil, "-run", "^$", "-bench", "CheckRun", "-benchtime", strconv.Itoa(*letters)+"x"); err != nil || *people == 0 {
		return err
	}
	return test([]string{"REEVE_NOTICE_PEOPLE=" + strconv.Itoa(*people)}, "-run", "KilledSenders", "-v")
}
