package main

import (
	"cmp"
	"flag"
	"net"
	"os"
	"strconv"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/incident"
	"github.com/reeve-council/reeve/internal/mail"
)

// mailFlags say how mail leaves, if at all. A password is read from
// REEVE_MAIL_PASSWORD: a flag could be read by everybody on the machine.
type mailFlags struct {
	server, user, from, drop, bounces string
	day                               int
}

func (f *mailFlags) flags(set *flag.FlagSet) {
	set.StringVar(&f.server, "mail", "", "`HOST[:PORT]` of the mail server for reminders and notices, over TLS; port 465\nspeaks TLS at once (password: REEVE_MAIL_PASSWORD)")
	set.StringVar(&f.user, "mail-user", "", "`NAME` for that server")
	set.StringVar(&f.from, "mail-from", "", "`ADDRESS` that mail is from")
	set.IntVar(&f.day, "mail-day", 0, "`N` notices at most that the server is given in a day")
	set.StringVar(&f.bounces, "mail-bounces", "", "`DIR` into which returned mail is dropped as .eml files")
	set.StringVar(&f.drop, "mail-drop", "", "`DIR` for mail as .eml files, where there is no server")
}

// postbox is how mail leaves; a nil send is not at all.
type postbox struct {
	send    incident.Sender
	from    mail.Address
	day     int         // notices in a day; 0: no bound
	bounces *mail.Inbox // of returned mail; nil: none is read
}

// domain is behind the @ of what mail is from: message ids end in it.
func (p postbox) domain() string {
	_, d, _ := strings.Cut(p.from.Mail, "@")
	return d
}

// open makes the way out. Nothing is connected before the first message.
func (f *mailFlags) open() (p postbox, err error) {
	switch {
	case f.server == "" && f.drop == "" && f.bounces != "":
		return p, usageError{"--mail-bounces is for mail that leaves by --mail or --mail-drop"}
	case f.server == "" && f.drop == "":
		return p, nil
	case f.server != "" && f.drop != "":
		return p, usageError{"give --mail or --mail-drop, not both"}
	case f.day < 0:
		return p, usageError{"--mail-day is a number of messages"}
	case !strings.Contains(f.from, "@"):
		return p, reeve.WithHint(usageError{"mail needs an address that it is from"}, "add --mail-from ADDRESS")
	}
	p.from, p.day = mail.Address{Mail: f.from}, f.day
	if f.bounces != "" {
		if p.bounces, err = mail.NewInbox(f.bounces); err != nil {
			return p, err
		}
	}
	if f.drop != "" {
		p.send, err = mail.NewDrop(f.drop)
		return p, err
	}
	host, port := f.server, ""
	if h, q, err := net.SplitHostPort(f.server); err == nil {
		host, port = h, q
	}
	n, err := strconv.Atoi(cmp.Or(port, "587"))
	if err != nil || n < 1 || n > 65535 {
		return p, usageError{"--mail is host:port"}
	}
	s := mail.Settings{Host: host, Port: n, User: f.user, Password: os.Getenv("REEVE_MAIL_PASSWORD")}
	if n == 465 {
		s.Security = mail.TLS
	}
	p.send, err = mail.NewServer(s)
	return p, err
}
