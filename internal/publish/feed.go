package publish

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"html/template"
	"strings"
	"time"
)

// mostInFeed is how many updates a feed holds.
const mostInFeed = 50

// The parts of an Atom feed (RFC 4287).
type (
	atomFeed struct {
		XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
		Lang    string      `xml:"xml:lang,attr"`
		ID      string      `xml:"id"`
		Title   string      `xml:"title"`
		Updated string      `xml:"updated"`
		Author  atomAuthor  `xml:"author"`
		Links   []atomLink  `xml:"link"`
		Entries []atomEntry `xml:"entry"`
	}
	atomAuthor struct {
		Name string `xml:"name"`
	}
	atomLink struct {
		Rel  string `xml:"rel,attr"`
		Type string `xml:"type,attr"`
		Href string `xml:"href,attr"`
	}
	atomEntry struct {
		ID        string      `xml:"id"`
		Title     string      `xml:"title"`
		Published string      `xml:"published"`
		Updated   string      `xml:"updated"`
		Link      atomLink    `xml:"link"`
		Content   atomContent `xml:"content"`
	}
	atomContent struct {
		Type string `xml:"type,attr"`
		Text string `xml:",chardata"`
	}
)

// The parts of a JSON Feed (jsonfeed.org, version 1.1).
type (
	jsonFeed struct {
		Version  string       `json:"version"`
		Title    string       `json:"title"`
		HomePage string       `json:"home_page_url,omitempty"`
		Feed     string       `json:"feed_url,omitempty"`
		Language string       `json:"language"`
		Authors  []jsonAuthor `json:"authors"`
		Items    []jsonItem   `json:"items"`
	}
	jsonAuthor struct {
		Name string `json:"name"`
	}
	jsonItem struct {
		ID        string `json:"id"`
		URL       string `json:"url,omitempty"`
		Title     string `json:"title"`
		HTML      string `json:"content_html"`
		Published string `json:"date_published"`
		Modified  string `json:"date_modified"`
	}
)

// feeds puts the updates as Atom and as JSON Feed.
func (b *builder) feeds() error {
	title := b.s.Council.Name + ": updates on the cyber incident"
	atom := atomFeed{Lang: "en-GB", ID: "urn:uuid:" + uuidOf(b.o.Case+" public updates"), Title: title, Author: atomAuthor{b.s.Council.Name},
		Links: []atomLink{{"alternate", "text/html", b.at("/updates")}, {"self", "application/atom+xml", b.at("/updates.atom")}}}
	feed := jsonFeed{Version: "https://jsonfeed.org/version/1.1", Title: title, Language: "en-GB", Authors: []jsonAuthor{{b.s.Council.Name}}, Items: []jsonItem{}}
	if b.s.Council.Site != "" {
		feed.HomePage, feed.Feed = b.at("/updates"), b.at("/updates.json")
	}
	newest := b.s.Texts["home"].From()
	for i, u := range b.s.updates() {
		if i == mostInFeed {
			break
		}
		newest = max(newest, u.From())
		content, err := b.render(u.Body, u.Path(), u.From())
		if err != nil {
			return err
		}
		body := b.whole(string(content))
		changed := stamped(u.From())
		atom.Entries = append(atom.Entries, atomEntry{ID: b.idOf(u), Title: u.Title, Published: b.first(u), Updated: changed,
			Link: atomLink{"alternate", "text/html", b.at(u.Path())}, Content: atomContent{"html", body}})
		item := jsonItem{ID: b.idOf(u), Title: u.Title, HTML: body, Published: b.first(u), Modified: changed}
		if b.s.Council.Site != "" {
			item.URL = b.at(u.Path())
		}
		feed.Items = append(feed.Items, item)
	}
	atom.Updated = stamped(newest)
	var out bytes.Buffer
	out.WriteString(xml.Header)
	if err := xml.NewEncoder(&out).Encode(atom); err != nil {
		return err
	}
	b.site.add("/updates.atom", fileOf("application/atom+xml; charset=utf-8", out.Bytes(), shortly))
	text, err := json.MarshalIndent(feed, "", " ")
	if err != nil {
		return err
	}
	b.site.add("/updates.json", fileOf("application/feed+json; charset=utf-8", text, shortly))
	return nil
}

// first is when an update was shown first, in any version.
func (b *builder) first(u Text) string {
	at := u.From()
	for _, c := range b.s.Changes {
		if c.Slug == u.Slug {
			at = min(at, c.From())
		}
	}
	return stamped(at)
}

// whole gives the links of a text their whole address: a feed is read elsewhere,
// where /contact is another site's page or none.
func (b *builder) whole(content string) string {
	return strings.ReplaceAll(content, ` href="/`, ` href="`+template.HTMLEscapeString(b.s.Council.Site)+`/`)
}

// at is the whole address of a path, or the path where the council has not said
// where its site is.
func (b *builder) at(path string) string { return b.s.Council.Site + path }

func stamped(unix int64) string { return time.Unix(unix, 0).UTC().Format(time.RFC3339) }

// uuidOf makes a UUID (RFC 9562, version 8) that is the same for the same name.
func uuidOf(name string) string {
	sum := sha256.Sum256([]byte(name))
	sum[6], sum[8] = sum[6]&0x0f|0x80, sum[8]&0x3f|0x80
	h := hex.EncodeToString(sum[:16])
	return h[:8] + "-" + h[8:12] + "-" + h[12:16] + "-" + h[16:20] + "-" + h[20:]
}
