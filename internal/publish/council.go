package publish

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/reeve-council/reeve"
)

// Council is who speaks on the site and how people reach them. It is a text
// like any other: one person writes it, another releases it.
type Council struct {
	Name      string   `json:"name"`
	Site      string   `json:"site"`  // address of this site, https://…, without a slash behind it
	Phone     string   `json:"phone"` // of the helpline
	Hours     string   `json:"hours"`
	Email     string   `json:"email"`
	Address   string   `json:"address"`   // for letters and visits, lines
	Officer   string   `json:"officer"`   // how the data protection officer is reached
	Press     string   `json:"press"`     // how the press reaches us
	Emergency []Number `json:"emergency"` // which numbers work while ours do not
	Partners  []Number `json:"partners"`  // councils that share systems with us, and where they tell of it
}

// Number is a thing with the number or address at which it is reached.
type Number struct {
	What string `json:"what"`
	At   string `json:"at"`
}

func readCouncil(body string) (c Council, err error) {
	if body == "" {
		return c, nil
	}
	if err := json.Unmarshal([]byte(body), &c); err != nil {
		return c, fmt.Errorf("read the council's details: %w", reeve.Invalid)
	}
	return c, nil
}

func (c Council) body() string {
	b, err := json.Marshal(c)
	if err != nil {
		panic(err) // strings alone
	}
	return string(b)
}

// words are what [[name]] in a text stands for. A site without the council's
// details says so in their place, where a preview shows it; [[unread]] has no
// number until figures are released.
func (c Council) words() map[string]string {
	or := func(s, what string) string {
		if s == "" {
			return what + " is not set yet"
		}
		return s
	}
	return map[string]string{
		"council": or(c.Name, "The council's name"),
		"phone":   or(c.Phone, "The telephone number"),
		"hours":   or(c.Hours, "When we answer"),
		"email":   or(c.Email, "The e-mail address"),
		"address": or(strings.ReplaceAll(c.Address, "\n", ", "), "The address"),
		"officer": or(c.Officer, "How to reach the data protection officer"),
		"unread":  Read{}.Checking(),
	}
}

// numbersIn reads lines "what: where", and gives those that are not so.
func numbersIn(text string) (all []Number, bad []string) {
	for line := range strings.SplitSeq(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		what, at, ok := strings.Cut(line, ": ")
		if !ok {
			bad = append(bad, line)
			continue
		}
		all = append(all, Number{strings.TrimSpace(what), strings.TrimSpace(at)})
	}
	return all, bad
}

func numberLines(all []Number) string {
	var b strings.Builder
	for _, n := range all {
		b.WriteString(n.What + ": " + n.At + "\n")
	}
	return b.String()
}
