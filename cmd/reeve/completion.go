package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"strings"
)

func completionCommand() Command {
	return Command{
		Name:  "completion",
		Args:  "bash|zsh|fish",
		Short: "print completion for a shell",
		Long: `Prints a script that completes commands and flags.

  bash:  reeve completion bash > /etc/bash_completion.d/reeve
  zsh:   reeve completion zsh > "${fpath[1]}/_reeve"
  fish:  reeve completion fish > ~/.config/fish/completions/reeve.fish`,
		Run: func(_ context.Context, c Console, args []string) error {
			if len(args) == 1 {
				switch args[0] {
				case "bash":
					return completeBash(c.Out)
				case "zsh":
					return completeZsh(c.Out)
				case "fish":
					return completeFish(c.Out)
				}
			}
			return usageError{"name one shell: bash, zsh or fish"}
		},
	}
}

// listed gives the commands that are shown, with help first.
func listed() []Command {
	all := []Command{{Name: "help", Short: "tell more about a command"}}
	for _, cmd := range commands() {
		if !cmd.Hidden {
			all = append(all, cmd)
		}
	}
	return all
}

func flagNames(cmd Command) []string {
	var names []string
	cmd.flagSet().VisitAll(func(f *flag.Flag) { names = append(names, "--"+f.Name) })
	return names
}

func commandNames() string {
	var names []string
	for _, cmd := range listed() {
		names = append(names, cmd.Name)
	}
	return strings.Join(names, " ")
}

func completeBash(w io.Writer) error {
	var b strings.Builder
	b.WriteString("_reeve() {\n\tlocal cur=\"${COMP_WORDS[COMP_CWORD]}\"\n\tCOMPREPLY=()\n\tif [ \"$COMP_CWORD\" -eq 1 ]; then\n")
	fmt.Fprintf(&b, "\t\tCOMPREPLY=($(compgen -W %q -- \"$cur\"))\n\t\treturn\n\tfi\n\tcase \"${COMP_WORDS[1]}\" in\n", commandNames())
	for _, cmd := range listed() {
		words := strings.Join(flagNames(cmd), " ")
		if cmd.Name == "help" {
			words = commandNames()
		}
		if words != "" {
			fmt.Fprintf(&b, "\t%s) COMPREPLY=($(compgen -W %q -- \"$cur\")) ;;\n", cmd.Name, words)
		}
	}
	b.WriteString("\tesac\n}\ncomplete -o default -F _reeve reeve\n")
	_, err := io.WriteString(w, b.String())
	return err
}

func completeZsh(w io.Writer) error {
	var b strings.Builder
	b.WriteString("#compdef reeve\n_reeve() {\n\tif (( CURRENT == 2 )); then\n\t\tlocal -a words=(\n")
	for _, cmd := range listed() {
		fmt.Fprintf(&b, "\t\t\t%s\n", shellQuote(cmd.Name+":"+cmd.Short))
	}
	b.WriteString("\t\t)\n\t\t_describe command words\n\t\treturn\n\tfi\n\tcase $words[2] in\n")
	for _, cmd := range listed() {
		if cmd.Name == "help" {
			fmt.Fprintf(&b, "\thelp) compadd -- %s ;;\n", commandNames())
		} else if names := flagNames(cmd); len(names) > 0 {
			fmt.Fprintf(&b, "\t%s) [[ $PREFIX == -* ]] && compadd -- %s || _files ;;\n", cmd.Name, strings.Join(names, " "))
		}
	}
	b.WriteString("\t*) _files ;;\n\tesac\n}\n_reeve \"$@\"\n")
	_, err := io.WriteString(w, b.String())
	return err
}

func completeFish(w io.Writer) error {
	var b strings.Builder
	for _, cmd := range listed() {
		fmt.Fprintf(&b, "complete -c reeve -n __fish_use_subcommand -f -a %s -d %s\n", cmd.Name, shellQuote(cmd.Short))
		for _, name := range flagNames(cmd) {
			fmt.Fprintf(&b, "complete -c reeve -n '__fish_seen_subcommand_from %s' -l %s\n", cmd.Name, strings.TrimPrefix(name, "--"))
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// shellQuote puts s into single quotes.
func shellQuote(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }
