package main

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"filippo.io/age"
	"golang.org/x/term"

	"github.com/reeve-council/reeve"
)

// lockFlags say with what a backup is locked or opened.
type lockFlags struct {
	passphrase string // file
	recipients texts
	identity   string // file
}

// shortest is the fewest bytes of a passphrase: whoever steals the file may try
// for as long as they like.
const shortest = 12

func (f lockFlags) recipientsOf(c Console) ([]age.Recipient, error) {
	if len(f.recipients) == 0 {
		pass, err := f.read(c, true)
		if err != nil {
			return nil, err
		}
		r, err := age.NewScryptRecipient(pass)
		return []age.Recipient{r}, err
	}
	if f.passphrase != "" {
		return nil, usageError{"give a passphrase or recipients, not both"}
	}
	var all []age.Recipient
	for _, text := range f.recipients {
		found, err := age.ParseRecipients(strings.NewReader(text))
		if err != nil {
			return nil, reeve.WithHint(usageError{"a recipient is no public key of age"}, "it begins with age1; make one with: age-keygen")
		}
		all = append(all, found...)
	}
	return all, nil
}

func (f lockFlags) identities(c Console) ([]age.Identity, error) {
	if f.identity == "" {
		pass, err := f.read(c, false)
		if err != nil {
			return nil, err
		}
		i, err := age.NewScryptIdentity(pass)
		return []age.Identity{i}, err
	}
	text, err := readSmall(f.identity, "identity")
	if err != nil {
		return nil, err
	}
	all, err := age.ParseIdentities(strings.NewReader(text))
	if err != nil {
		return nil, reeve.WithHint(usageError{"the file of --identity holds no key of age"}, "give the file that age-keygen wrote")
	}
	return all, nil
}

// read gives the passphrase from a file or the terminal; a new one is asked for
// twice and must not be short.
func (f lockFlags) read(c Console, fresh bool) (string, error) {
	pass := ""
	if f.passphrase != "" {
		text, err := readSmall(f.passphrase, "passphrase-file")
		if err != nil {
			return "", err
		}
		pass, _, _ = strings.Cut(text, "\n")
		pass = strings.TrimSuffix(pass, "\r")
	} else {
		var err error
		if pass, err = ask(c, "Passphrase of the backup: "); err != nil {
			return "", err
		}
		if fresh {
			again, err := ask(c, "The same once more: ")
			if err != nil {
				return "", err
			}
			if again != pass {
				return "", usageError{"the two passphrases differ"}
			}
		}
	}
	if pass == "" || fresh && len(pass) < shortest {
		return "", reeve.WithHint(usageError{fmt.Sprintf("the passphrase is shorter than %d letters", shortest)}, "take four or more words that nobody would put together")
	}
	return pass, nil
}

// ask reads a line that is not shown.
func ask(c Console, prompt string) (string, error) {
	f, ok := c.In.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return "", reeve.WithHint(usageError{"there is no terminal to ask for a passphrase"}, "give --passphrase-file FILE")
	}
	fmt.Fprint(c.Err, prompt)
	b, err := term.ReadPassword(int(f.Fd()))
	fmt.Fprintln(c.Err)
	if err != nil {
		return "", errors.New("the passphrase could not be read")
	}
	return string(b), nil
}
