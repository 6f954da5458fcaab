package sweep_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/db/dbtest"
	"github.com/reeve-council/reeve/internal/sweep"
)

// gazetteerText is a gazetteer in DTF 7.3: each home has a number in Acacia Road
// and a class.
func gazetteerText(homes ...[2]string) string {
	var b strings.Builder
	b.WriteString("10,Norvale Borough Council,9999,2019-12-01,1\n15,I,1,900,ACACIA ROAD,,NORVALE,NORVALE,ENG\n")
	for i, h := range homes {
		fmt.Fprintf(&b, "21,I,%d,%d,1,2,2001-04-01,%s\n", 2*i+2, 100+i, h[1])
		fmt.Fprintf(&b, "24,I,%d,%d,L%d,ENG,1,,,,,,,,,,%s,,,,,900,,Y,ZE1 1AA,NORVALE,,,,\n", 2*i+3, 100+i, i, h[0])
	}
	return b.String()
}

// TestHomesOfTheCase: a gazetteer's homes are what case_addresses shows, with the
// counts of the rest; the same file is not read twice, and another one takes the
// place of the first.
func TestHomesOfTheCase(t *testing.T) {
	for _, kind := range []string{"sqlite", "postgres"} {
		t.Run(kind, func(t *testing.T) {
			address := ""
			if kind == "postgres" {
				address = dbtest.PostgresAddress(t)
			}
			homesOfTheCase(t, address)
		})
	}
}

func homesOfTheCase(t *testing.T, address string) {
	dir := t.TempDir()
	c := openCase(t, filepath.Join(dir, "case"), address)
	path := filepath.Join(dir, "llpg.csv")
	loadHomes := func(text string) (homes, counts []string) {
		t.Helper()
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		runSweep(t, c, sweep.Options{Registers: []sweep.RegisterFlag{{Kind: "llpg", Path: path}}, Council: "nor"})
		return homesOf(t, c)
	}
	homes, counts := loadHomes(gazetteerText([2]string{"1", "RD04"}, [2]string{"2", "CO01"}, [2]string{"3", "RD04"}))
	if diff := cmp.Diff([]string{"100 1 ACACIA ROAD/NORVALE ZE1 1AA nor RD04", "102 3 ACACIA ROAD/NORVALE ZE1 1AA nor RD04"}, homes); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"nor  2", "nor commercial 1"}, counts); diff != "" {
		t.Error(diff)
	}
	again, _ := loadHomes(gazetteerText([2]string{"1", "RD04"}, [2]string{"2", "CO01"}, [2]string{"3", "RD04"}))
	if diff := cmp.Diff(homes, again); diff != "" {
		t.Error(diff)
	}
	if homes, counts = loadHomes(gazetteerText([2]string{"7", "RD04"})); len(homes) != 1 || len(counts) != 1 {
		t.Errorf("after another file: %v %v", homes, counts)
	}
}

// homesOf reads the two views.
func homesOf(t *testing.T, c *sweep.Case) (homes, counts []string) {
	t.Helper()
	err := c.DB.Read(context.Background(), func(tx *db.Tx) (err error) {
		homes, err = db.All(tx, func(row db.Row) (string, error) {
			var uprn, lines, code, council, class string
			err := row.Scan(&uprn, &lines, &code, &council, &class)
			return strings.Join([]string{uprn, strings.ReplaceAll(lines, "\n", "/"), code, council, class}, " "), err
		}, "SELECT uprn, lines, postcode, council, class FROM case_addresses ORDER BY postcode, uprn, register")
		if err != nil {
			return err
		}
		counts, err = db.All(tx, func(row db.Row) (string, error) {
			var council, reason string
			var n int64
			err := row.Scan(&council, &reason, &n)
			return fmt.Sprintf("%s %s %d", council, reason, n), err
		}, "SELECT council, reason, n FROM case_address_counts ORDER BY register, reason")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return homes, counts
}
