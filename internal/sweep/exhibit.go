package sweep

import (
	"context"
	"errors"
	"fmt"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/evidence"
	"github.com/reeve-council/reeve/internal/record"
)

// checkNames refuses an exhibit whose name the case has from another path.
func (c *Case) checkNames(ctx context.Context, exhibits []ExhibitFlag) error {
	err := c.DB.Read(ctx, func(tx *db.Tx) error {
		for _, e := range exhibits {
			var path string
			err := tx.One([]any{&path}, "SELECT path FROM exhibit WHERE name = ?", e.Name)
			if err == nil && path != e.Path {
				return reeve.WithHint(fmt.Errorf("the case has another exhibit of that name: %w", reeve.Conflict), "Give this one a name of its own with --ref NAME.")
			}
			if err != nil && !errors.Is(err, reeve.NotFound) {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("open exhibit: %w", err)
	}
	return nil
}

// exhibit finds or makes the exhibit of a flag; checkNames has looked at the
// name. The same name and path again extends it.
func (c *Case) exhibit(ctx context.Context, e ExhibitFlag) (int64, error) {
	var id int64
	err := c.DB.Write(ctx, func(tx *db.Tx) error {
		err := tx.One([]any{&id}, "SELECT id FROM exhibit WHERE name = ?", e.Name)
		switch {
		case err == nil:
			return updateCustody(tx, id, e)
		case !errors.Is(err, reeve.NotFound):
			return err
		}
		if err := tx.One([]any{&id}, "SELECT COALESCE(MAX(id), 0) + 1 FROM exhibit"); err != nil {
			return err
		}
		_, err = tx.Exec("INSERT INTO exhibit (id, name, path, origin, holder, taken, digest) VALUES (?, ?, ?, ?, ?, ?, '')",
			id, e.Name, e.Path, e.From, e.By, string(e.Taken))
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("open exhibit: %w", err)
	}
	return id, nil
}

// updateCustody takes what a later run says of an exhibit's custody.
func updateCustody(tx *db.Tx, id int64, e ExhibitFlag) error {
	for column, value := range map[string]string{"origin": e.From, "holder": e.By, "taken": string(e.Taken)} {
		if value == "" || column == "taken" && e.Taken == reeve.TakenUnknown {
			continue
		}
		if _, err := tx.Exec("UPDATE exhibit SET "+column+" = ? WHERE id = ?", value, id); err != nil {
			return err
		}
	}
	return nil
}

// sealExhibits writes the digest of every exhibit: the SHA-256 of the sorted
// lines "sha256  path" of its files on disk, unreadable ones as "-".
func (c *Case) sealExhibits(ctx context.Context) error {
	err := c.DB.Write(ctx, func(tx *db.Tx) error {
		ids, err := db.All(tx, func(row db.Row) (id int64, err error) { return id, row.Scan(&id) }, "SELECT id FROM exhibit ORDER BY id")
		if err != nil {
			return err
		}
		for _, id := range ids {
			files, err := db.All(tx, func(row db.Row) (f evidence.FileDigest, err error) {
				return f, row.Scan(&f.Digest, &f.Path)
			}, "SELECT digest, path FROM item WHERE exhibit = ? AND parent = 0", id)
			if err != nil {
				return err
			}
			if err := sealExhibit(tx, id, files); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("seal exhibits: %w", err)
	}
	return nil
}

// sealExhibit writes an exhibit's digest, and to the record when it is new: that
// is what custody is checked against.
func sealExhibit(tx *db.Tx, id int64, files []evidence.FileDigest) error {
	digest := evidence.ExhibitDigest(files)
	changed, err := tx.Exec("UPDATE exhibit SET digest = ? WHERE id = ? AND digest <> ?", digest, id, digest)
	if err != nil || changed == 0 {
		return err
	}
	_, err = record.Append(tx, record.Leaf{Actor: programActor, Verb: "sweep", Object: fmt.Sprintf("exhibit %d", id), Rows: int64(len(files)), Digest: digest})
	return err
}

// expandCopies gives the members of containers that were met more than once
// their rows: bytes are read once, but every copy is accounted for.
func (c *Case) expandCopies(ctx context.Context) error {
	for range maxDepth {
		added := 0
		err := c.DB.Write(ctx, func(tx *db.Tx) (err error) {
			added, err = expandOnce(tx)
			return err
		})
		if err != nil {
			return fmt.Errorf("account for copies: %w", err)
		}
		if added == 0 {
			return nil
		}
	}
	return nil
}

func expandOnce(tx *db.Tx) (int, error) {
	rows, err := db.All(tx, func(row db.Row) ([]any, error) {
		var item, exhibit, size int64
		var path, name, digest, typ, status, reason, detail string
		err := row.Scan(&item, &exhibit, &path, &name, &digest, &size, &typ, &status, &reason, &detail)
		return []any{exhibit, path + "!/" + name, item, digest, size, int64(0), typ, status, reason, detail}, err
	}, `SELECT i.id, i.exhibit, i.path, m.name, m.digest, m.size, m.type, m.status, m.reason, m.detail
		FROM item i JOIN document d ON d.digest = i.digest JOIN member m ON m.container = d.id
		WHERE d.container = 1 AND i.reason NOT IN ('loop', 'too-deep') AND NOT EXISTS (SELECT 1 FROM item c WHERE c.parent = i.id)
		ORDER BY i.id, m.n`)
	if err != nil || len(rows) == 0 {
		return 0, err
	}
	var next int64
	if err := tx.One([]any{&next}, "SELECT COALESCE(MAX(id), 0) FROM item"); err != nil {
		return 0, err
	}
	load := tx.LoadNew("item", itemColumns...)
	for _, row := range rows {
		next++
		if err := load.Add(append([]any{next}, row...)...); err != nil {
			return 0, err
		}
	}
	return len(rows), load.Close()
}
