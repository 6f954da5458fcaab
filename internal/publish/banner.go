package publish

import (
	"bytes"
	"encoding/json"
	"strings"
)

// bannerText is where the incident stands, for other sites to show.
type bannerText struct {
	Council string `json:"council"`
	Title   string `json:"title"`
	Text    string `json:"text"`
	Link    string `json:"link"`
	Since   string `json:"since"` // RFC 3339
	Stamp   string `json:"stamp"` // changes with the content of the site
}

// banner puts the status as a page to be shown in a frame and as JSON, both of
// which other sites may load.
func (b *builder) banner() error {
	v := bannerText{Council: b.s.Council.Name, Title: "Cyber incident.", Link: b.at("/"), Stamp: b.site.Stamp}
	if s, shown := b.s.Texts[slugStatus]; shown {
		filled, _, _ := fill(s.Body, b.words, b.facts)
		v.Title, v.Text, v.Since = s.Title, strings.Join(passages(filled), " "), stamped(s.From())
	}
	text, err := json.Marshal(v)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	data := struct {
		bannerText
		Style string
	}{v, stylePath}
	if err := layout.ExecuteTemplate(&out, "banner", data); err != nil {
		return err
	}
	for path, f := range map[string]*File{"/banner.json": fileOf("application/json; charset=utf-8", text, shortly),
		"/banner": fileOf("text/html; charset=utf-8", out.Bytes(), shortly)} {
		f.framed = true
		b.site.add(path, f)
	}
	return nil
}
