package notice

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"

	"github.com/reeve-council/reeve"
)

// finding is one thing that was looked at in how a channel is set up.
type finding struct {
	What string `json:"what"`
	OK   bool   `json:"ok"`
	Say  string `json:"say"` // what to do where it is not
}

// checker is a channel that can be asked whether it is set up, without sending.
type checker interface {
	Check(ctx context.Context) []finding
}

func found(what string, err error) finding {
	f := finding{What: what, OK: err == nil}
	if err != nil {
		f.Say = troubleWords[troubleName(err)]
		if hint := reeve.HintOf(err); hint != "" {
			f.Say += ": " + hint
		}
	}
	return f
}

// shape is what Notify tells of a template.
type shape struct {
	Type   string              `json:"type"`
	Values map[string]struct{} `json:"personalisation"`
}

// Check asks Notify whether it takes the key, and whether the templates ask for
// what is filled in and for nothing else.
func (n *Notify) Check(ctx context.Context) []finding {
	var none keptPage
	all := []finding{found("The key", n.call(ctx, http.MethodGet, "/v2/notifications?include_jobs=true&reference=none", nil, &none))}
	for _, t := range []struct {
		what, id, sort string
		fields         []string
	}{{"The template of e-mails", n.opt.Mail, "email", []string{"body", "subject"}}, {"The template of text messages", n.opt.Text, "sms", []string{"body"}}} {
		if t.id != "" && all[0].OK {
			all = append(all, n.checkForm(ctx, t.what, t.id, t.sort, t.fields))
		}
	}
	return all
}

func (n *Notify) checkForm(ctx context.Context, what, id, sort string, fields []string) finding {
	var t shape
	err := n.call(ctx, http.MethodGet, "/v2/template/"+id, nil, &t)
	if errors.Is(err, reeve.NotFound) {
		return finding{What: what, Say: "There is no template with this id in the service of the key"}
	}
	if err != nil {
		return found(what, err)
	}
	var asks []string
	for name := range t.Values {
		asks = append(asks, name)
	}
	slices.Sort(asks)
	if t.Type != sort || !slices.Equal(asks, fields) {
		return finding{What: what, Say: fmt.Sprintf("It must be of the type %s and hold ((body))%s alone", sort, map[bool]string{true: " and ((subject))"}[len(fields) > 1])}
	}
	return finding{What: what, OK: true}
}

// reached is a Sender that can be asked whether it would be let in.
type reached interface {
	Reach(ctx context.Context) error
}

// Check asks the mail server to let us in, and sends nothing.
func (m *Mail) Check(ctx context.Context) []finding {
	if out, ok := m.opt.Out.(reached); ok {
		return []finding{found("The mail server", out.Reach(ctx))}
	}
	return []finding{{What: "The folder for mail", OK: true}}
}
