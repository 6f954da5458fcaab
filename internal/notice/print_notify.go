package notice

import (
	"encoding/base64"
	"encoding/json"
)

// request is the body of a message to Notify: it holds the values, as Notify
// must have them to deliver it.
func (n *Notify) request(p *Parcel) (path string, body []byte) {
	personal := map[string]string{"body": p.Text}
	x := map[string]any{"reference": p.Reference}
	switch p.Way {
	case Email:
		personal["subject"] = p.Subject
		x["email_address"], x["template_id"], x["personalisation"] = p.To.Reveal(), n.opt.Mail, personal
		path = "/v2/notifications/email"
	case Text:
		x["phone_number"], x["template_id"], x["personalisation"] = p.To.Reveal(), n.opt.Text, personal
		path = "/v2/notifications/sms"
	default:
		x["content"], x["postage"] = base64.StdEncoding.EncodeToString(p.PDF), n.opt.Postage
		path = "/v2/notifications/letter"
	}
	body, _ = json.Marshal(x) // strings alone: it cannot fail
	return path, body
}
