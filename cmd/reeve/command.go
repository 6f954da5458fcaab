package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"

	"github.com/reeve-council/reeve"
)

// Command is one word that reeve understands. Flags registers flags whose
// values live in the closure that made the command; flags and arguments may be
// mixed on the command line.
type Command struct {
	Name   string
	Args   string // of the usage line: "EXHIBIT...", "[COMMAND]"
	Short  string // one line of the list of commands
	Long   string // what it does, in paragraphs
	Hidden bool   // not listed
	Flags  func(*flag.FlagSet)
	Run    func(ctx context.Context, c Console, args []string) error
}

// commands is the list of all commands, in the order of the help.
func commands() []Command {
	return []Command{
		demoCommand(),
		sweepCommand(),
		listCommand(),
		explainCommand(),
		decideCommand(),
		serveCommand(),
		linkCommand(),
		publishCommand(),
		verifyCommand(),
		bundleCommand(),
		checkpointCommand(),
		witnessCommand(),
		keyCommand(),
		backupCommand(),
		restoreCommand(),
		destroyCommand(),
		doctorCommand(),
		versionCommand(),
		completionCommand(),
	}
}

// run runs one command line and gives the exit code.
func run(ctx context.Context, args []string, c Console) int {
	ctx, stop := catchInterrupts(ctx, c)
	defer stop()
	return finish(ctx, c, guard(c, func() error { return dispatch(ctx, args, c) }))
}

// dispatch finds the command and runs it.
func dispatch(ctx context.Context, args []string, c Console) error {
	if len(args) == 0 {
		printUsage(c.Err)
		return errQuiet
	}
	switch args[0] {
	case "help", "-h", "-help", "--help":
		return help(c, args[1:])
	case "-version", "--version":
		args = []string{"version"}
	}
	cmd, err := find(args[0])
	if err != nil {
		return err
	}
	set := cmd.flagSet()
	rest, err := parse(set, args[1:])
	if errors.Is(err, flag.ErrHelp) {
		printHelp(c.Out, cmd)
		return nil
	}
	if err != nil {
		return reeve.WithHint(err, "see: reeve help "+cmd.Name)
	}
	return cmd.Run(ctx, c, rest)
}

func find(name string) (Command, error) {
	all := commands()
	if i := slices.IndexFunc(all, func(c Command) bool { return c.Name == name }); i >= 0 {
		return all[i], nil
	}
	var names []string
	for _, c := range all {
		if !c.Hidden {
			names = append(names, c.Name)
		}
	}
	hint := "see: reeve help"
	if near := nearest(name, names); near != "" {
		hint = "did you mean: reeve " + near
	}
	return Command{}, reeve.WithHint(usageError{"there is no command of that name"}, hint)
}

func (cmd Command) flagSet() *flag.FlagSet {
	set := flag.NewFlagSet(cmd.Name, flag.ContinueOnError)
	set.SetOutput(io.Discard)
	if cmd.Flags != nil {
		cmd.Flags(set)
	}
	return set
}

// parse takes flags wherever they stand; what is behind "--" is no flag.
func parse(set *flag.FlagSet, args []string) (rest []string, err error) {
	for {
		if err := set.Parse(args); err != nil {
			return nil, flagError(set, err)
		}
		if set.NArg() == 0 {
			return rest, nil
		}
		if read := len(args) - set.NArg(); read > 0 && args[read-1] == "--" {
			return append(rest, set.Args()...), nil
		}
		rest = append(rest, set.Arg(0))
		args = set.Args()[1:]
	}
}

var (
	unknownFlag = regexp.MustCompile(`^flag provided but not defined: --?(.*)`)
	namedFlag   = regexp.MustCompile(`(?:argument:|flag) --?([A-Za-z0-9-]+)`)
)

// flagError says what is wrong with a flag without its value, which may be
// personal.
func flagError(set *flag.FlagSet, err error) error {
	if errors.Is(err, flag.ErrHelp) {
		return err
	}
	if m := unknownFlag.FindStringSubmatch(err.Error()); m != nil {
		var names []string
		set.VisitAll(func(f *flag.Flag) { names = append(names, f.Name) })
		if near := nearest(m[1], names); near != "" {
			return usageError{"there is no flag of that name; did you mean --" + near + "?"}
		}
		return usageError{"there is no flag of that name"}
	}
	if m := namedFlag.FindStringSubmatch(err.Error()); m != nil {
		if strings.Contains(err.Error(), "needs an argument") {
			return usageError{"--" + m[1] + " needs a value"}
		}
		return usageError{"the value of --" + m[1] + " cannot be read"}
	}
	return usageError{"the flags cannot be read"}
}

// texts is the value of a flag that may be given several times.
type texts []string

func (t *texts) String() string     { return strings.Join(*t, " ") }
func (t *texts) Set(s string) error { *t = append(*t, s); return nil }

// nearest gives the name that s was meant to be, if one is near: one that
// begins with s, or one or two slips away.
func nearest(s string, names []string) string {
	best, least := "", 3
	for _, n := range names {
		if len(s) > 1 && strings.HasPrefix(n, s) {
			return n
		}
		if d := slips(s, n); d < least {
			best, least = n, d
		}
	}
	return best
}

// slips counts letters to change, put in or take out.
func slips(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		corner := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := corner
			if a[i] != b[j] {
				cost++
			}
			corner = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

// help prints the list of commands or the page of one.
func help(c Console, args []string) error {
	if len(args) == 0 || args[0] == "help" {
		printUsage(c.Out)
		return nil
	}
	cmd, err := find(args[0])
	if err != nil {
		return err
	}
	printHelp(c.Out, cmd)
	return nil
}

func printUsage(w io.Writer) {
	fmt.Fprint(w, "Reeve finds whose personal data was in files copied from a council.\n\nUsage: reeve COMMAND [flags] [arguments]\n\nCommands:\n")
	for _, cmd := range commands() {
		if !cmd.Hidden {
			fmt.Fprintf(w, "  %-11s %s\n", cmd.Name, cmd.Short)
		}
	}
	fmt.Fprint(w, "\nreeve help COMMAND tells more. Everything stays on this machine.\n")
}

// flagWidth is the column of the flags in a page of help.
const flagWidth = 22

func printHelp(w io.Writer, cmd Command) {
	set := cmd.flagSet()
	usage := "Usage: reeve " + cmd.Name
	flags := 0
	set.VisitAll(func(*flag.Flag) { flags++ })
	if flags > 0 {
		usage += " [flags]"
	}
	if cmd.Args != "" {
		usage += " " + cmd.Args
	}
	fmt.Fprintf(w, "%s\n\n%s\n", usage, strings.TrimSpace(cmd.Long))
	if flags > 0 {
		fmt.Fprint(w, "\nFlags:\n")
	}
	set.VisitAll(func(f *flag.Flag) {
		value, text := flag.UnquoteUsage(f)
		name := "--" + f.Name
		if value != "" {
			name += " " + value
		}
		if len(name) > flagWidth {
			name += "\n  " + strings.Repeat(" ", flagWidth)
		}
		fmt.Fprintf(w, "  %-*s %s", flagWidth, name, strings.ReplaceAll(text, "\n", "\n"+strings.Repeat(" ", flagWidth+3)))
		if f.DefValue != "" && f.DefValue != "false" && f.DefValue != "0" {
			fmt.Fprintf(w, " (default %s)", f.DefValue)
		}
		fmt.Fprintln(w)
	})
	fmt.Fprint(w, `
Exit codes: 0 done; 1 wrong usage, nothing done; 2 could not finish, what was
done is kept; 3 tampering or a bad signature found; 130 interrupted, what was
done is kept.
`)
}
