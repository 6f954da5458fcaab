package pdf

import (
	"bytes"
	"slices"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/pdf/font"
	"github.com/reeve-council/reeve/internal/format/pdf/object"
	"github.com/reeve-council/reeve/internal/format/xmlscan"
)

// margin reads what hangs on the document and not on a page.
func (r *reader) margin() {
	root := r.file.Dict(r.file.Trailer["Root"])
	r.fields(root)
	r.outline(root)
	r.info(root)
	r.attachments(root)
}

// infoLabels are the entries of the information dictionary that people fill in
// (14.3.3), with what they are called.
var infoLabels = []struct {
	key   object.Name
	label string
}{{"Title", "Title"}, {"Author", "Author"}, {"Subject", "Subject"}, {"Keywords", "Keywords"}}

// info reads the information dictionary and the metadata stream.
func (r *reader) info(root object.Dict) {
	r.out.Begin("", reeve.LayerMetadata)
	d := r.file.Dict(r.file.Trailer["Info"])
	said := map[string]bool{}
	for _, i := range infoLabels {
		r.property(i.label, r.str(d[i.key]), said)
	}
	var others []string
	for key := range d {
		if !standardInfo[key] {
			others = append(others, string(key))
		}
	}
	slices.Sort(others)
	for _, key := range others {
		r.property(key, r.str(d[object.Name(key)]), said)
	}
	if s := r.file.Stream(root["Metadata"]); s != nil {
		r.xmp(s, said)
	}
}

var standardInfo = map[object.Name]bool{"Title": true, "Author": true, "Subject": true, "Keywords": true, "Creator": true, "Producer": true,
	"CreationDate": true, "ModDate": true, "Trapped": true}

func (r *reader) property(label, value string, said map[string]bool) {
	if value != "" && !said[value] {
		said[value] = true
		r.out.Pair(label, value)
	}
}

// xmpLabels are the elements of XMP that say who and what; those in lower case
// are Dublin Core's.
var xmpLabels = map[string]string{"creator": "Author", "title": "Title", "description": "Subject", "subject": "Keywords", "contributor": "Contributor",
	"Keywords": "Keywords", "LastSavedBy": "Last saved by", "Manager": "Manager", "Company": "Company", "CreatorContactInfo": "Contact", "AuthorsPosition": "Post", "CaptionWriter": "Caption by"}

// xmp reads the metadata stream (ISO 16684-1).
func (r *reader) xmp(s *object.Stream, said map[string]bool) {
	data, _ := r.file.Data(s)
	x := xmlscan.New(bytes.NewReader(data))
	label := ""
	for kind := x.Next(); kind != xmlscan.None && !r.stopped(); kind = x.Next() {
		switch kind {
		case xmlscan.Start:
			name := string(x.Local())
			if name == "Alt" || name == "Seq" || name == "Bag" || name == "li" {
				continue
			}
			label = xmpLabels[name]
			if dublin := name != "" && name[0] >= 'a' && name[0] <= 'z'; dublin && !strings.Contains(x.Space(), "/dc/") {
				label = "" // another vocabulary's word for another thing
			}
		case xmlscan.Text:
			if label != "" {
				r.property(label, oneLine(string(x.Text())), said)
			}
		}
	}
}

// outline reads the bookmarks (12.3.3).
func (r *reader) outline(root object.Dict) {
	r.out.Begin("bookmarks", reeve.LayerMetadata)
	seen := map[object.Ref]bool{}
	todo := []any{r.file.Dict(root["Outlines"])["First"]}
	for len(todo) > 0 && !r.stopped() {
		v := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		ref, ok := v.(object.Ref)
		if !ok || seen[ref] {
			continue
		}
		seen[ref] = true
		d := r.file.Dict(ref)
		if t := r.str(d["Title"]); t != "" {
			r.out.Line(t)
		}
		todo = append(todo, d["Next"], d["First"])
	}
}

const (
	maxNames    = 100_000
	maxNameTree = 32
)

// attachments passes on the files embedded in the document (7.11.4).
func (r *reader) attachments(root object.Dict) {
	seen := map[object.Ref]bool{}
	r.nameTree(r.file.Dict(root["Names"])["EmbeddedFiles"], seen, 0, func(name string, v any) {
		r.attach(r.file.Dict(v), name)
	})
	for _, v := range r.file.Array(root["AF"]) {
		r.attach(r.file.Dict(v), "")
	}
	r.nameTree(r.file.Dict(root["Names"])["JavaScript"], seen, 0, func(_ string, v any) {
		if script := r.str(r.file.Dict(v)["JS"]); script != "" {
			r.out.Begin("script", reeve.LayerMetadata)
			r.out.Line(script)
		}
	})
}

// nameTree visits the leaves of a name tree (7.9.6).
func (r *reader) nameTree(v any, seen map[object.Ref]bool, depth int, visit func(string, any)) {
	if ref, ok := v.(object.Ref); ok {
		if seen[ref] {
			return
		}
		seen[ref] = true
	}
	d := r.file.Dict(v)
	if d == nil || depth > maxNameTree || len(seen) > maxNames || r.stopped() {
		return
	}
	names := r.file.Array(d["Names"])
	for i := 0; i+1 < len(names); i += 2 {
		visit(font.DocText(r.file.String(names[i])), names[i+1])
	}
	for _, kid := range r.file.Array(d["Kids"]) {
		r.nameTree(kid, seen, depth+1, visit)
	}
}

// attach passes on the file of a file specification, once.
func (r *reader) attach(spec object.Dict, name string) {
	files := r.file.Dict(spec["EF"])
	for _, key := range []object.Name{"F", "UF", "Unix", "DOS", "Mac"} {
		s := r.file.Stream(files[key])
		if s == nil {
			continue
		}
		if r.attached[s.Ref] {
			return
		}
		r.attached[s.Ref] = true
		for _, k := range []object.Name{"UF", "F"} {
			if n := r.str(spec[k]); n != "" {
				name = n
				break
			}
		}
		in, err := r.file.Open(s)
		if err != nil {
			in = r.file.Raw(s)
		}
		r.out.Embed(strings.TrimSpace(name), in)
		return
	}
}
