package review

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/sweep"
	"github.com/reeve-council/reeve/internal/web"
)

func (m *Room) exhibitSection() web.Section {
	see, write := web.See, web.Write
	return web.Section{
		Title: "Exhibits", Path: "/exhibits", Order: 60, Object: web.ObjectCase,
		Links: []web.Link{{Title: "Exhibits", Path: "/exhibits"}, {Title: "Registers", Path: "/registers"}, {Title: "Sweep", Path: "/sweep"}, {Title: "Items", Path: "/items"}},
		Routes: []web.Route{
			{Pattern: "GET /exhibits", Verb: see, Object: web.ObjectCase, Do: m.exhibits},
			{Pattern: "GET /exhibits/add", Verb: write, Object: web.ObjectCase, Do: m.exhibitForm},
			{Pattern: "POST /exhibits/add", Verb: write, Object: web.ObjectCase, Do: m.addExhibit},
			{Pattern: "GET /exhibits/upload", Verb: write, Object: web.ObjectCase, Do: m.uploadForm},
			{Pattern: "POST /exhibits/upload", Verb: write, Object: web.ObjectCase, Large: m.Upload + 1<<20, Do: m.uploadExhibit},
			{Pattern: "POST /exhibits/take-back", Verb: write, Object: web.ObjectCase, Do: m.takeBackExhibit},
		},
	}
}

var (
	exhibitsPage    = web.NewPage[exhibitsView](pages, "exhibit.html")
	exhibitFormPage = web.NewPage[exhibitFormView](pages, "exhibit_add.html")
)

// exhibitsView lists the exhibits with their custody.
type exhibitsView struct {
	Exhibits []exhibit `json:"exhibits"`
	Waiting  int       `json:"waiting"` // for a sweep
	Writes   bool      `json:"-"`
}

func (e exhibit) TakenWords() string { return takenWords(e.Taken) }
func (e exhibit) BytesWords() string { return sizeWords(e.Bytes) }
func (e exhibit) SizeWords() string  { return sizeWords(e.Size) }

func (m *Room) exhibits(r *web.Request) (web.Answer, error) {
	list, err := m.exhibitsRead(r.Context())
	if err != nil {
		return nil, err
	}
	v := exhibitsView{Exhibits: list, Writes: r.May(web.Act{Verb: web.Write, Object: web.ObjectCase})}
	for _, e := range list {
		if !e.Swept {
			v.Waiting++
		}
	}
	return exhibitsPage.With("Exhibits", v), nil
}

// exhibitsRead gives the exhibits with what was read of them.
func (m *Room) exhibitsRead(ctx context.Context) (list []exhibit, err error) {
	err = m.db.Read(ctx, func(tx *db.Tx) (err error) {
		list, err = readExhibits(tx)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read exhibits: %w", err)
	}
	rows, err := m.coverageLines(ctx)
	if err != nil {
		return nil, err
	}
	for _, c := range rows {
		i := slices.IndexFunc(list, func(e exhibit) bool { return e.Name == c.Exhibit })
		if i < 0 {
			continue
		}
		l := &list[i]
		l.Items, l.Bytes, l.PagesUnread = l.Items+c.Items, l.Bytes+c.Bytes, l.PagesUnread+c.Unread
		switch reeve.Status(c.Status) {
		case reeve.StatusRead:
			l.Read += c.Items
		case reeve.StatusPartlyRead:
			l.PartlyRead += c.Items
		default:
			l.NotRead += c.Items
		}
	}
	return list, nil
}

// Columns and EachRow make the exhibits a table.
func (v exhibitsView) Columns() []string {
	return []string{"exhibit", "from", "by", "taken", "digest", "items", "bytes", "read", "partly_read", "not_read", "pages_unread", "swept"}
}

func (v exhibitsView) EachRow(emit func(...any) error) error {
	for _, e := range v.Exhibits {
		if err := emit(e.Name, e.From, e.By, string(e.Taken), e.Digest, e.Items, e.Bytes, e.Read, e.PartlyRead, e.NotRead, e.PagesUnread, e.Swept); err != nil {
			return err
		}
	}
	return nil
}

// exhibitFormView is the form by which an exhibit is added, from a folder on
// the server or as an upload.
type exhibitFormView struct {
	Offers []offer          `json:"-"`
	Most   string           `json:"largest_upload"`
	Taken  []choice         `json:"-"`
	Typed  custody          `json:"-"`
	Root   string           `json:"-"`
	Below  string           `json:"-"`
	Errors []web.FieldError `json:"-"`
}

// custody is the fields that both ways of adding share.
type custody struct{ Ref, From, By, Taken string }

var takenChoices = []choice{
	{string(reeve.TakenProven), "Proven: it was published, or the attackers showed it"},
	{string(reeve.TakenLikely), "Likely: logs or traces point to it"},
	{string(reeve.TakenInReach), "Within their reach: they could have taken it"},
	{string(reeve.TakenUnknown), "Not known"},
}

func (m *Room) newExhibitForm() exhibitFormView {
	return exhibitFormView{Offers: m.offered(), Most: sizeWords(m.Upload), Taken: takenChoices, Typed: custody{Taken: string(reeve.TakenUnknown)}}
}

func (m *Room) exhibitForm(*web.Request) (web.Answer, error) {
	return exhibitFormPage.With("Add an exhibit", m.newExhibitForm()), nil
}

// uploadForm is the form without the folders of the server.
func (m *Room) uploadForm(*web.Request) (web.Answer, error) {
	v := m.newExhibitForm()
	v.Offers = nil
	return exhibitFormPage.With("Upload an exhibit", v), nil
}

// plainName is what an exhibit may be called: it stands in lists and exports.
var plainName = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9 ._-]{0,63}$`)

// readCustody reads the fields that both ways of adding share.
func readCustody(f *web.Form) exhibit {
	e := exhibit{Name: f.Text("ref", 64), From: f.Need("from", 300, "Say where the copy came from"), By: f.Need("by", 200, "Say who took it into custody"),
		Taken: reeve.Taken(f.Choice("taken", "Choose how sure it is that it was taken", values(takenChoices)...))}
	if !plainName.MatchString(e.Name) {
		f.Fault("ref", "Enter a reference of letters, digits, spaces, dots and hyphens, such as SHARE-1")
	}
	return e
}

// addExhibit adds a folder or file of this machine.
func (m *Room) addExhibit(r *web.Request) (web.Answer, error) {
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	e := readCustody(f)
	root, below := f.Said("root"), f.Need("below", 4000, "Enter the path below the folder")
	if f.OK() {
		if e.Path, err = m.onServer(root, below); err != nil {
			f.Fault("below", sentence(reeve.HintOf(err)))
		}
	}
	return m.keepExhibit(r, f, e, upload{})
}

// uploadExhibit adds a file that the browser sends.
func (m *Room) uploadExhibit(r *web.Request) (web.Answer, error) {
	up, err := m.receive(r)
	if err != nil {
		return nil, err
	}
	f, err := r.Fields()
	if err != nil {
		discard(up)
		return nil, err
	}
	e := readCustody(f)
	if up.Path == "" {
		f.Fault("file", "Choose a file")
	}
	e.Path, e.Called, e.Digest, e.Size = up.Path, up.Called, up.Digest, up.Size
	return m.keepExhibit(r, f, e, up)
}

// keepExhibit keeps what was added, or gives the form back. What is not kept is
// not left in the inbox.
func (m *Room) keepExhibit(r *web.Request, f *web.Form, e exhibit, up upload) (web.Answer, error) {
	e.AddedBy, e.Added = r.Visitor.Name, r.Now.Unix()
	if f.OK() {
		err := m.act(r, func(tx *db.Tx) (record.Leaf, error) {
			line := "added exhibit " + e.Name + ", taken: " + string(e.Taken)
			return record.Leaf{Verb: "add-exhibit", Object: "exhibit", Digest: e.Digest, Line: line}, addExhibit(tx, e, r.Visitor.ID)
		})
		switch {
		case errors.Is(err, errNameTaken):
			f.Fault("ref", "Another exhibit has this reference: choose another")
		case err != nil:
			discard(up)
			return nil, err
		default:
			return web.Redirect("/exhibits", addedWords(e)), nil
		}
	}
	discard(up)
	v := m.newExhibitForm()
	if r.URL.Path == "/exhibits/upload" {
		v.Offers = nil
	}
	v.Typed = custody{f.Said("ref"), f.Said("from"), f.Said("by"), f.Said("taken")}
	v.Root, v.Below, v.Errors = f.Said("root"), f.Said("below"), f.Errors
	return exhibitFormPage.With("Add an exhibit", v).Faulty(f), nil
}

func addedWords(e exhibit) string {
	if e.Digest == "" {
		return e.Name + " is added. Start a sweep to read it."
	}
	return e.Name + " is added, " + sizeWords(e.Size) + ", SHA-256 " + e.Digest + ". Start a sweep to read it."
}

// takeBackExhibit takes back what was added in error and not yet swept.
func (m *Room) takeBackExhibit(r *web.Request) (web.Answer, error) {
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	name := f.Text("name", 64)
	var path string
	err = m.act(r, func(tx *db.Tx) (record.Leaf, error) {
		list, err := readExhibits(tx)
		if err != nil {
			return record.Leaf{}, err
		}
		if i := slices.IndexFunc(list, func(e exhibit) bool { return e.Name == name && e.Uploaded && !e.Swept }); i >= 0 {
			path = list[i].Path
		}
		return record.Leaf{Verb: "take-back-exhibit", Object: "exhibit", Line: "took back exhibit " + name}, dropExhibit(tx, name)
	})
	if err != nil {
		return nil, err
	}
	discard(upload{Path: path})
	return web.Redirect("/exhibits", "The exhibit is taken back."), nil
}

// sizeWords is a number of bytes as people say it.
func sizeWords(n int64) string {
	units := []string{"bytes", "kB", "MB", "GB", "TB"}
	x, i := float64(n), 0
	for ; x >= 1000 && i < len(units)-1; i++ {
		x /= 1000
	}
	if i == 0 || x >= 10 {
		return fmt.Sprintf("%.0f %s", x, units[i])
	}
	return fmt.Sprintf("%.1f %s", x, units[i])
}

// exhibitFlags are what a sweep is told of the exhibits named, or of all.
func exhibitFlags(list []exhibit, names []string) []sweep.ExhibitFlag {
	var all []sweep.ExhibitFlag
	for _, e := range list {
		if len(names) == 0 || slices.Contains(names, e.Name) {
			all = append(all, sweep.ExhibitFlag{Path: e.Path, Name: e.Name, From: e.From, By: e.By, Taken: cmp.Or(e.Taken, reeve.TakenUnknown)})
		}
	}
	return all
}
