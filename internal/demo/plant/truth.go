package plant

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/reeve-council/reeve"
)

// Truth is what was planted. It is about nobody who exists, so its values are
// plain text.
type Truth struct {
	Seed      uint64         `json:"seed"`
	AsOf      string         `json:"as_of"`
	Exhibit   string         `json:"exhibit"`   // folder to sweep
	Registers []RegisterFile `json:"registers"` // to load, in this order
	Passwords string         `json:"passwords"` // file for --passwords
	People    []PersonTruth  `json:"-"`
	Items     []ItemTruth    `json:"-"`
	Facts     []Fact         `json:"-"`
	Links     []Link         `json:"-"`
}

// Link is what one readable item should give for one person: the least tier.
// A person's name alone, or a surname that fits several of a household, is none.
type Link struct {
	Person string     `json:"person"`
	Item   string     `json:"item"`
	Tier   reeve.Tier `json:"tier"`
	Forms  string     `json:"forms"` // of the names and identifiers, for tuning
}

// RegisterFile is one register to load.
type RegisterFile struct {
	Kind    string `json:"kind"`
	File    string `json:"file"`
	Rows    int    `json:"rows"`
	BadRows int    `json:"bad_rows"`
}

// Fact is one planted value. Item is the contract's item path, Place where in it
// ("block 12", "Sheet1!C4"; blocks count from 0 as written, not as read). A decoy has no person.
type Fact struct {
	Person   string       `json:"person,omitempty"`
	Item     string       `json:"item"`
	Place    string       `json:"place"`
	Kind     reeve.Kind   `json:"kind"`
	Value    string       `json:"value"`
	Form     string       `json:"form"`
	Capacity string       `json:"capacity,omitempty"`
	Signal   reeve.Signal `json:"signal,omitempty"`
	Negated  bool         `json:"negated,omitempty"`
	Decoy    bool         `json:"decoy,omitempty"`
	block    int
	old      bool // written when the person lived elsewhere
}

// ItemTruth is one item that a sweep must account for. Status lists what is
// right, best first: a picture is needs-ocr where no OCR is run.
type ItemTruth struct {
	Item        string   `json:"item"`
	Digest      string   `json:"digest"`
	Size        int64    `json:"size"`
	Status      []string `json:"status"`
	DuplicateOf string   `json:"duplicate_of,omitempty"`
	Type        string   `json:"type,omitempty"` // document type, "" for containers and oddities
	Style       string   `json:"style,omitempty"`
	Format      string   `json:"format,omitempty"`
	Unread      bool     `json:"unread,omitempty"`   // its facts cannot be found by reading
	Optional    bool     `json:"optional,omitempty"` // may be listed or not: a member of a broken archive
}

// PersonTruth is what a right list says of one human. Tier is the least that
// should be reached: strong, likely, possible, or "" for a bare name or nothing
// readable. Group is 0 for safety signals, 1 for other signals but offender, 2 else.
type PersonTruth struct {
	Person      string         `json:"person"`
	Records     []Key          `json:"records,omitempty"` // none: on no register
	Name        string         `json:"name"`
	Origin      string         `json:"origin"`
	Born        string         `json:"born"`
	Household   string         `json:"household"`
	Role        reeve.Role     `json:"role"`
	Tier        reeve.Tier     `json:"tier"`
	Items       int            `json:"items"`
	Kinds       []reeve.Kind   `json:"kinds,omitempty"`
	Signals     []reeve.Signal `json:"signals,omitempty"`
	Group       int            `json:"group"`
	Sealed      bool           `json:"sealed,omitempty"`
	SafeContact string         `json:"safe_contact"`
	Deceased    bool           `json:"deceased,omitempty"`
}

// write keeps the truth beside the exhibit: truth.json, people.ndjson,
// facts.ndjson, links.ndjson and items.csv.
func (t *Truth) write(dir string) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("make truth folder: %w", err)
	}
	head, err := json.MarshalIndent(t, "", "  ")
	if err != nil {
		return fmt.Errorf("encode truth: %w", err)
	}
	if err := os.WriteFile(filepath.Join(dir, "truth.json"), append(head, '\n'), 0o644); err != nil {
		return fmt.Errorf("write truth: %w", err)
	}
	if err := writeLines(filepath.Join(dir, "people.ndjson"), t.People); err != nil {
		return err
	}
	if err := writeLines(filepath.Join(dir, "facts.ndjson"), t.Facts); err != nil {
		return err
	}
	if err := writeLines(filepath.Join(dir, "links.ndjson"), t.Links); err != nil {
		return err
	}
	return t.writeItems(filepath.Join(dir, "items.csv"))
}

func (t *Truth) writeItems(path string) error {
	rows := [][]string{{"item", "digest", "size", "status", "duplicate_of", "type", "style", "format", "unread", "optional"}}
	for _, i := range t.Items {
		rows = append(rows, []string{i.Item, i.Digest, fmt.Sprint(i.Size), strings.Join(i.Status, "|"), i.DuplicateOf, i.Type, i.Style, i.Format, fmt.Sprint(i.Unread), fmt.Sprint(i.Optional)})
	}
	f, err := os.Create(path)
	if err != nil {
		return fmt.Errorf("write items: %w", err)
	}
	defer f.Close()
	if err := csv.NewWriter(f).WriteAll(rows); err != nil {
		return fmt.Errorf("write items: %w", err)
	}
	return f.Close()
}

func writeLines[T any](path string, list []T) error {
	f, err := os.Create(path)
	if err != nil {
		return fmt.Errorf("write truth lines: %w", err)
	}
	defer f.Close()
	w := bufio.NewWriter(f)
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	for i := range list {
		if err := enc.Encode(&list[i]); err != nil {
			return fmt.Errorf("encode truth line: %w", err)
		}
	}
	if err := w.Flush(); err != nil {
		return fmt.Errorf("write truth lines: %w", err)
	}
	return f.Close()
}

// ReadTruth reads what Generate wrote into dir/truth.
func ReadTruth(dir string) (*Truth, error) {
	t := &Truth{}
	head, err := os.ReadFile(filepath.Join(dir, "truth", "truth.json"))
	if err != nil {
		return nil, fmt.Errorf("read truth: %w", err)
	}
	if err := json.Unmarshal(head, t); err != nil {
		return nil, fmt.Errorf("read truth: %w", err)
	}
	if t.People, err = readLines[PersonTruth](filepath.Join(dir, "truth", "people.ndjson")); err != nil {
		return nil, err
	}
	if t.Facts, err = readLines[Fact](filepath.Join(dir, "truth", "facts.ndjson")); err != nil {
		return nil, err
	}
	if t.Links, err = readLines[Link](filepath.Join(dir, "truth", "links.ndjson")); err != nil {
		return nil, err
	}
	return t, t.readItems(filepath.Join(dir, "truth", "items.csv"))
}

func (t *Truth) readItems(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("read items: %w", err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return fmt.Errorf("read items: %w", err)
	}
	for _, r := range rows[1:] {
		var size int64
		if _, err := fmt.Sscan(r[2], &size); err != nil {
			return fmt.Errorf("read items: %w", err)
		}
		t.Items = append(t.Items, ItemTruth{r[0], r[1], size, strings.Split(r[3], "|"), r[4], r[5], r[6], r[7], r[8] == "true", r[9] == "true"})
	}
	return nil
}

func readLines[T any](path string) ([]T, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read truth lines: %w", err)
	}
	defer f.Close()
	var list []T
	for dec := json.NewDecoder(bufio.NewReader(f)); dec.More(); {
		var v T
		if err := dec.Decode(&v); err != nil {
			return nil, fmt.Errorf("read truth lines: %w", err)
		}
		list = append(list, v)
	}
	return list, nil
}

// settle sorts, points copies at their first, and keeps the facts of a digest
// under its first item alone, as the findings list does.
func (t *Truth) settle() {
	slices.SortFunc(t.Items, func(a, b ItemTruth) int { return strings.Compare(a.Item, b.Item) })
	first := map[string]string{}
	moved := map[string]bool{}
	for i := range t.Items {
		it := &t.Items[i]
		if it.Digest == "" {
			continue
		}
		if f, ok := first[it.Digest]; ok {
			it.DuplicateOf = f
			moved[it.Item] = true
			continue
		}
		first[it.Digest] = it.Item
	}
	t.Facts = slices.DeleteFunc(t.Facts, func(f Fact) bool { return moved[f.Item] })
	slices.SortStableFunc(t.Facts, func(a, b Fact) int { return strings.Compare(a.Item, b.Item) })
}
