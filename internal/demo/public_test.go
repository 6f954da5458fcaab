package demo

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/reeve-council/reeve/internal/publish"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/sweep"
)

func TestPublic(t *testing.T) {
	ctx := t.Context()
	kase, err := sweep.Make(ctx, filepath.Join(t.TempDir(), "case"), "")
	if err != nil {
		t.Fatal(err)
	}
	defer kase.Close()
	if err := kase.DB.Migrate(ctx, record.Room, record.Schema()); err != nil {
		t.Fatal(err)
	}
	if err := publish.Migrate(ctx, kase.DB); err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second time it is left as it is
		if err := Public(ctx, kase); err != nil {
			t.Fatal(err)
		}
	}
	room := publish.New(publish.Deps{DB: kase.DB, Case: kase.ID()})
	if err := room.Refresh(ctx); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{"/": "We have begun to write to people", "/updates": "24 November 2025, 3:30pm", "/what-happened": "We isolated parts", "/about/changes": "What happened</a>, version 2"} {
		f := room.Site().File(path)
		if f == nil || !strings.Contains(string(f.Body), want) {
			t.Errorf("%s does not say %q", path, want)
		}
	}
}
