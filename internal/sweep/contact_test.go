package sweep

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/db/dbtest"
)

func TestLanguageCodes(t *testing.T) {
	for written, want := range map[string]string{"": "", "English": "", "ENGLISH ": "", "en-GB": "", "en_US": "", "Polish": "pl", "POLISH": "pl", "pl": "pl", "pt-BR": "pt-br",
		"Chinese (Cantonese)": "yue", "Kurdish - Sorani": "ckb", "British Sign Language": "bfi", "Klingon": "Klingon", "tlh": "tlh", "Urdu; Punjabi": "Urdu; Punjabi"} {
		if got := languageCode(written); got != want {
			t.Errorf("%q: %q, want %q", written, got, want)
		}
	}
	seen := make(map[string]string)
	for _, table := range [][]wordCode{languages, formats} {
		for _, row := range table {
			for w := range strings.SplitSeq(row.words, "|") {
				if other, twice := seen[w]; twice || w != tableWord(w) {
					t.Errorf("%q of %s: of %q too, or never met", w, row.code, other)
				}
				seen[w] = row.code
			}
		}
	}
}

func TestFormatCodes(t *testing.T) {
	for written, want := range map[string]string{"": "", "large_print": "large-print", "Large Print": "large-print", "EASY_READ": "easy-read", "easy-read": "easy-read", "Braille": "braille",
		"audio": "audio", "bsl": "other", "yellow paper": "other", "Standard": ""} {
		if got := formatCode(written); got != want {
			t.Errorf("%q: %q, want %q", written, got, want)
		}
	}
}

func TestServices(t *testing.T) {
	for folder, want := range map[string]string{"Housing": "housing", "Council Tax": "revenues and benefits", "Council meetings": "", "Customer care": "customer services",
		"Public Health": "public health", "Public protection": "public protection", "Environmental Health": "public protection", "Publicity": "", "ASC_Reviews": "adult social care",
		"Care of equipment": "", "Looked After Children": "children's services", "Shared": "", "": ""} {
		if got := serviceOf(folder); got != want {
			t.Errorf("%q: %q, want %q", folder, got, want)
		}
	}
}

func day(year int16) reeve.Date { return reeve.Date{Year: year, Month: 5, Day: 1} }

// TestReachedBy: what is newest wins, unless an older record found the way safe;
// a mobile number comes before another; what has ended reaches nobody.
func TestReachedBy(t *testing.T) {
	left := reeve.Record{Email: "left@example.org", Phone: "07700 900009", Updated: day(2026), AddressTo: day(2025), Language: "Polish", NamedWorker: "Sam Field", FormatNeed: "n/a"}
	old := reeve.Record{Email: "old@example.org", Phone: "07700 900001", Updated: day(2020)}
	now := reeve.Record{Email: "new@example.org", Phone: "020 7946 0001", Phone2: "07700 900002", Updated: day(2025), FormatNeed: "Large print", Language: "unknown"}
	safe := reeve.Record{Email: "safe@example.org", Phone: "020 7946 0003", SafeContact: "email", Updated: day(2019)}
	call := reeve.Record{Phone: "020 7946 0004", SafeContact: "phone", Updated: day(2019)}
	for _, c := range []struct {
		name    string
		records []reeve.Record
		want    contactCells
	}{
		{"nothing", nil, contactCells{}},
		{"the newest", []reeve.Record{old, now}, contactCells{email: "new@example.org", phone: "+447700900002", format: "large-print"}},
		{"the order of registers does not matter", []reeve.Record{now, old}, contactCells{email: "new@example.org", phone: "+447700900002", format: "large-print"}},
		{"the one found safe", []reeve.Record{safe, now}, contactCells{email: "safe@example.org", phone: "+447700900002", format: "large-print"}},
		{"a safe landline before another mobile", []reeve.Record{now, call}, contactCells{email: "new@example.org", phone: "+442079460004", format: "large-print"}},
		{"undated, nothing was found safe", []reeve.Record{{Email: "b@example.org", SafeContact: "email"}, old}, contactCells{email: "old@example.org", phone: "+447700900001"}},
		{"what ended", []reeve.Record{left}, contactCells{language: "pl", worker: "Sam Field"}},
		{"what ended after what stands", []reeve.Record{left, now}, contactCells{email: "new@example.org", phone: "+447700900002", format: "large-print", language: "pl", worker: "Sam Field"}},
		{"equal days, the first", []reeve.Record{{Email: "a@example.org"}, {Email: "b@example.org"}}, contactCells{email: "a@example.org"}},
		{"no address", []reeve.Record{{Email: "refused", Phone: "none", Updated: day(2025)}, {Email: "a b@example.org"}}, contactCells{}},
		{"a number that costs", []reeve.Record{{Phone: "0909 879 0001", Updated: day(2025)}, old}, contactCells{email: "old@example.org", phone: "+447700900001"}},
		{"too long", []reeve.Record{{Email: strings.Repeat("a", 300) + "@example.org", NamedWorker: strings.Repeat("a", 300)}}, contactCells{}},
	} {
		s := &subject{}
		s.input.Records = c.records
		if got := (&resolution{}).contactOf(s); got != c.want {
			t.Errorf("%s:\n got %+v\nwant %+v", c.name, got, c.want)
		}
	}
}

const contactRegister = `source_system,source_person_id,surname,forename,date_of_birth,ni_number,email,phone,address_1,postcode,language,format_need,named_worker,restricted,safe_contact,updated_at
CRM,1,Fellowes,Ada,1970-05-04,AA123456A,ada@example.org,07700 900001,1 Weir Street,NV2 1AA,Polish,braille,,,email,2025-01-01
CRM,2,Okafor,Ben,1980-06-07,AA223456A,ben@example.org,07700 900002,2 Weir Street,NV2 1AA,,,,Y,,2025-01-01
CRM,3,Marlowe,Cy,1990-12-31,AA323456A,,,3 Weir Street,NV2 1AA,,,Sam Field,,,2025-01-01
`

// TestContactRows: the case tells of everybody who is not sealed how they are
// reached and whose folders held their data; the end of the case takes it away.
func TestContactRows(t *testing.T) {
	for name, address := range map[string]func() string{"sqlite": func() string { return "" }, "postgres": func() string { return dbtest.PostgresAddress(t) }} {
		t.Run(name, func(t *testing.T) {
			c := contactCase(t, address())
			want := []string{"Ada Fellowes|ada@example.org|+447700900001|pl|braille||education;housing", "Cy Marlowe|||||Sam Field|housing"}
			if diff := cmp.Diff(want, contactRows(t, c)); diff != "" {
				t.Errorf("contacts (-want +got):\n%s", diff)
			}
			err := c.DB.Write(t.Context(), func(tx *db.Tx) error {
				for _, l := range []Layer{LayerText, LayerValues} {
					if _, err := c.Forget(tx, l, 5); err != nil {
						return err
					}
				}
				return nil
			})
			if rows := contactRows(t, c); err != nil || len(rows) != 0 {
				t.Errorf("after the values were destroyed: %v, %v", rows, err)
			}
		})
	}
}

func contactCase(t *testing.T, address string) *Case {
	t.Helper()
	dir := t.TempDir()
	register := filepath.Join(dir, "register.csv")
	if err := os.WriteFile(register, []byte(contactRegister), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := Make(t.Context(), filepath.Join(dir, "case"), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { c.Close() })
	letter := func(path, text string) ReadDocument {
		return ReadDocument{Path: path, Size: 100, Outcome: reeve.Outcome{Type: "text", Reader: "text/1", Status: reeve.StatusRead}, Blocks: []reeve.Block{{Text: text}}}
	}
	about := func(name, nino string) string {
		return fmt.Sprintf("Name: %s\nNational Insurance number: %s\n", name, nino)
	}
	_, err = c.Take(t.Context(), Options{Council: "NVB", AsOf: reeve.Date{Year: 2026, Month: 1, Day: 12}, Exhibits: []ExhibitFlag{{Path: dir, Name: "EX"}},
		Registers: []RegisterFlag{{Path: register}}, Workers: 1}, func(yield func(ReadDocument) bool) {
		_ = yield(letter("Housing/a.txt", about("Ada Fellowes", "AA123456A"))) && yield(letter("Schools/2019/b.txt", about("Ada Fellowes", "AA123456A")+"Thank you.\n")) &&
			yield(letter("Housing/c.txt", about("Ben Okafor", "AA223456A"))) && yield(letter("Housing/d.txt", about("Cy Marlowe", "AA323456A"))) && yield(letter("Stuff/e.txt", about("Cy Marlowe", "AA323456A")+"Regards.\n"))
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func contactRows(t *testing.T, c *Case) (rows []string) {
	t.Helper()
	err := c.DB.Read(t.Context(), func(tx *db.Tx) error {
		return tx.Each(func(row db.Row) error {
			var cells [7]string
			err := row.Scan(&cells[0], &cells[1], &cells[2], &cells[3], &cells[4], &cells[5], &cells[6])
			rows = append(rows, strings.Join(cells[:], "|"))
			return err
		}, "SELECT p.name, k.email, k.phone, k.language, k.format, k.worker, k.services FROM case_contacts k JOIN case_people p ON p.id = k.person ORDER BY p.name")
	})
	if err != nil {
		t.Fatal(err)
	}
	return rows
}
