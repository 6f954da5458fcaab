package incident

import (
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/reeve-council/reeve/internal/paper"
)

// blocks are the objects of a chapter to be read in full: every field that says
// something, and what hangs on the object.
func (x chapter) blocks(names map[string]string) (all []paper.Block) {
	for _, b := range x.all {
		all = append(all, paper.Heading{Level: 2, Text: thingOf(x.kind, b.ID) + ": " + b.Title}, paper.Facts{Rows: rowsOf(names, b.Object)})
		under, _ := b.Under.(map[string]any)
		for _, kind := range slices.Sorted(maps.Keys(under)) {
			list := reflect.ValueOf(under[kind])
			for i := range list.Len() {
				all = append(all, paper.Heading{Level: 3, Text: strings.ReplaceAll(kind, "-", " ")}, paper.Facts{Rows: rowsOf(names, list.Index(i).Interface())})
			}
		}
	}
	return all
}

// moments are fields that hold seconds UTC, by the name that programs use.
var moments = []string{"acquired", "as_of", "at", "begins", "begun", "decided", "due", "ended", "ends", "giver_at", "happened", "known", "noticed", "review", "sent", "signed_at", "taker_at", "until", "day"}

// rowsOf are the fields of an object as people read them; those that are empty
// are left out.
func rowsOf(names map[string]string, x any) (rows []paper.Fact) {
	v := reflect.ValueOf(x)
	for i := range v.NumField() {
		f, name := v.Field(i), jsonName(v.Type().Field(i))
		if k, ok := f.Interface().(Kept); ok {
			rows = append(rows, paper.Fact{Name: "Whose", Value: councilWords(names, k.Council) + ", " + k.TLP.Label()},
				paper.Fact{Name: "Version", Value: digits(k.Version) + ", " + k.ChangedName + ", " + shown(k.ChangedAt)})
			continue
		}
		if text := fieldText(name, f); text != "" && name != "" && name != "-" {
			rows = append(rows, paper.Fact{Name: strings.ReplaceAll(strings.TrimSuffix(name, "_pence"), "_", " "), Value: text})
		}
	}
	return rows
}

func fieldText(name string, f reflect.Value) string {
	switch {
	case f.IsZero():
		return ""
	case f.Kind() == reflect.String:
		return f.String()
	case f.Kind() == reflect.Bool:
		return "yes"
	case f.Kind() != reflect.Int64:
		return ""
	case strings.HasSuffix(name, "_pence"):
		return moneyWords(f.Int())
	case slices.Contains(moments, name):
		return shown(f.Int())
	}
	return digits(f.Int())
}
