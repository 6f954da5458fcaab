package notice

import (
	"encoding/base64"
	"encoding/json"
)

// request is the body of a message to Notify: it holds the values, as Notify
// must have them to deliver it.
func (n *Notify) request(p *Parcel) (path string, body []byte) {
	x := map[string]any{"reference": p.Reference}
	switch p.Way {
	case Email:
		x["email_address"], x["template_id"] = p.To.Reveal(), n.opt.Mail
		x["personalisation"] = map[string]string{"subject": p.Subject, "body": p.Text}
		// The body names addresses of the council, which Notify would take out of it.
		x["sanitise_content_for"] = []string{"subject"}
		if n.opt.ReplyTo != "" {
			x["email_reply_to_id"] = n.opt.ReplyTo
		}
		path = "/v2/notifications/email"
	case Text:
		x["phone_number"], x["template_id"] = p.To.Reveal(), n.opt.Text
		x["personalisation"] = map[string]string{"body": p.Text}
		if n.opt.Sender != "" {
			x["sms_sender_id"] = n.opt.Sender
		}
		path = "/v2/notifications/sms"
	default:
		x["content"], x["postage"] = base64.StdEncoding.EncodeToString(p.PDF), n.opt.Postage
		path = "/v2/notifications/letter"
	}
	body, _ = json.Marshal(x) // strings alone: it cannot fail
	return path, body
}
