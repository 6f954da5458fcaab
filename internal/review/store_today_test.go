package review

import (
	"errors"
	"testing"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/sweep"
)

// write runs a transaction and gives its error.
func write(t *testing.T, c *sweep.Case, do func(tx *db.Tx) error) error {
	t.Helper()
	return c.DB.Write(t.Context(), do)
}

func TestMatterStore(t *testing.T) {
	eachEmpty(t, func(t *testing.T, c *sweep.Case) {
		const thing = "person:PAAAAAAAAAAAA"
		touch := func(seen int64) error {
			return write(t, c, func(tx *db.Tx) error { return touchMatter(tx, thing, seen, "u1", 100) })
		}
		if err := errors.Join(touch(0), touch(1)); err != nil {
			t.Fatal(err)
		}
		if err := touch(1); !errors.Is(err, reeve.Conflict) {
			t.Errorf("an old version: %v", err)
		}
		err := write(t, c, func(tx *db.Tx) error {
			if err := setOwner(tx, thing, Colleague{"u2", "Two"}, "at noon"); err != nil {
				return err
			}
			for _, outcome := range []string{"no-answer", "told"} {
				if err := addCall(tx, thing, &call{At: 50, Caller: "u1", CallerName: "One", Route: "phone", Outcome: outcome}, 100); err != nil {
					return err
				}
			}
			return withdrawCall(tx, thing, 2, 120, "wrong")
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := write(t, c, func(tx *db.Tx) error { return withdrawCall(tx, thing, 2, 121, "again") }); !errors.Is(err, reeve.NotFound) {
			t.Errorf("a call taken back twice: %v", err)
		}
		var got matter
		err = c.DB.Read(t.Context(), func(tx *db.Tx) error {
			all, err := readMatters(tx, []string{thing, "item:1"})
			got = all[thing]
			if len(all) != 1 {
				t.Errorf("%d matters", len(all))
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if got.OwnerName != "Two" || got.Note != "at noon" || got.Version != 2 || len(got.Calls) != 2 || got.Told() || got.State() != "Tried, not told yet" {
			t.Errorf("%+v", got)
		}
	})
}

func TestAwareStore(t *testing.T) {
	eachEmpty(t, func(t *testing.T, c *sweep.Case) {
		add := func(seen int64, why string) error {
			return write(t, c, func(tx *db.Tx) error {
				return addAware(tx, seen, aware{At: 1000 + seen, Why: why, User: "u1", Name: "One", Kept: 2000})
			})
		}
		if err := errors.Join(add(0, "a call"), add(1, "the logs")); err != nil {
			t.Fatal(err)
		}
		if err := add(1, "late"); !errors.Is(err, reeve.Conflict) {
			t.Errorf("an old version: %v", err)
		}
		err := c.DB.Read(t.Context(), func(tx *db.Tx) error {
			all, err := readAware(tx)
			if err == nil && (len(all) != 2 || all[0].Why != "the logs" || all[0].Version != 2) {
				t.Errorf("%+v", all)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func TestExhibitStore(t *testing.T) {
	eachEmpty(t, func(t *testing.T, c *sweep.Case) {
		e := exhibit{Name: "SHARE-1", Path: "/copies/1", From: "a", By: "b", Taken: reeve.TakenLikely, Called: "x.zip", Digest: "aa", Size: 7, AddedBy: "One", Added: 9}
		if err := write(t, c, func(tx *db.Tx) error { return addExhibit(tx, e, "u1") }); err != nil {
			t.Fatal(err)
		}
		if err := write(t, c, func(tx *db.Tx) error { return addExhibit(tx, e, "u1") }); !errors.Is(err, errNameTaken) {
			t.Errorf("the same name again: %v", err)
		}
		err := c.DB.Read(t.Context(), func(tx *db.Tx) error {
			all, err := readExhibits(tx)
			if err == nil && (len(all) != 1 || all[0].Size != 7 || !all[0].Uploaded || all[0].Swept || all[0].Taken != reeve.TakenLikely) {
				t.Errorf("%+v", all)
			}
			return err
		})
		if err == nil {
			err = write(t, c, func(tx *db.Tx) error { return dropExhibit(tx, "SHARE-1") })
		}
		if err != nil {
			t.Fatal(err)
		}
		if err := write(t, c, func(tx *db.Tx) error { return dropExhibit(tx, "SHARE-1") }); !errors.Is(err, reeve.NotFound) {
			t.Errorf("taken back twice: %v", err)
		}
	})
}

func TestRegisterStore(t *testing.T) {
	eachEmpty(t, func(t *testing.T, c *sweep.Case) {
		w := waitingFile{Ref: "housing", File: "housing.csv", Path: "/in/housing.csv", Called: "export.csv", Digest: "aa", AddedBy: "One", Added: 1}
		keep := func() error { return write(t, c, func(tx *db.Tx) error { return keepRegisterFile(tx, w, "u1") }) }
		columns := func(seen int64) error {
			return write(t, c, func(tx *db.Tx) error {
				return keepColumns(tx, "housing", seen, "generic", map[string]string{"Last": "surname"})
			})
		}
		if err := errors.Join(keep(), columns(1)); err != nil {
			t.Fatal(err)
		}
		if err := columns(1); !errors.Is(err, reeve.Conflict) {
			t.Errorf("an old version: %v", err)
		}
		w.Digest = "bb"
		if err := keep(); err != nil { // a newer export keeps the mapping
			t.Fatal(err)
		}
		err := c.DB.Read(t.Context(), func(tx *db.Tx) error {
			all, err := readWaiting(tx)
			if err == nil && (len(all) != 1 || all[0].Digest != "bb" || all[0].Columns["Last"] != "surname" || all[0].Kind != "generic" || all[0].Version != 3) {
				t.Errorf("%+v", all)
			}
			if err != nil {
				return err
			}
			m, err := readColumns(tx)
			if m["Last"] != "surname" {
				t.Errorf("%v", m)
			}
			return err
		})
		if err == nil {
			err = write(t, c, func(tx *db.Tx) error {
				path, err := dropRegisterFile(tx, "housing")
				if path != w.Path {
					t.Errorf("path %q", path)
				}
				return err
			})
		}
		if err != nil {
			t.Fatal(err)
		}
	})
}
