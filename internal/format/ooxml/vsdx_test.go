package ooxml

import (
	"testing"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/formattest"
)

func TestVSDX(t *testing.T) {
	page := `<PageContents><Shapes><Shape><Section N="Property"><Row N="Name"><Cell N="Label" V="Name"/><Cell N="Value" V="Ann Example"/></Row></Section><Text><cp IX="0"/>Head of
Housing</Text></Shape></Shapes></PageContents>`
	out, sink := readAll(t, ReadVSDX, formattest.Packed(t,
		"visio/pages/pages.xml", `<Pages/>`,
		"visio/pages/_rels/pages.xml.rels", rels("page", "page1.xml"),
		"visio/pages/page1.xml", page,
		"visio/comments.xml", `<Comments><CommentEntry>moved desks</CommentEntry></Comments>`))
	if out.Status != reeve.StatusRead || out.Pages != 1 {
		t.Errorf("outcome %+v", out)
	}
	for layer, want := range map[reeve.Layer]string{reeve.LayerBody: "Head of\nHousing\n", reeve.LayerForm: "Name: Ann Example\n"} {
		if got := sink.TextOf("page 1", layer); got != want {
			t.Errorf("layer %d is %q, want %q", layer, got, want)
		}
	}
	if got := sink.TextOf("comments", reeve.LayerComment); got != "CommentEntry: moved desks\n" {
		t.Errorf("comments %q", got)
	}
}

func FuzzVSDX(f *testing.F) {
	f.Add([]byte(`<PageContents><Section N="Property"><Row><Cell N="Value" V="x"/></Row></Section><Text>t</Text></PageContents>`))
	f.Fuzz(func(t *testing.T, page []byte) {
		readAll(t, ReadVSDX, formattest.Packed(t, "visio/pages/pages.xml", string(page), "visio/pages/page1.xml", string(page), "visio/comments.xml", string(page)))
	})
}
