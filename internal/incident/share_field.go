package incident

import (
	"reflect"
	"slices"
	"strings"

	"github.com/reeve-council/reeve/internal/db"
)

// withheld stands where a field is that may not be seen.
const withheld = "[withheld]"

// withhold takes out of objects of a kind the fields whose own label keeps them
// from a sight. It is asked by shelves for everything that they give, so pages,
// lists, searches, counts and exports agree.
func withhold[T any, P object[T]](tx *db.Tx, kind string, s Sight, all []T) error {
	if len(all) == 0 || s.All && len(s.Levels) == len(TLPs) {
		return nil
	}
	only := int64(0)
	if len(all) == 1 {
		only = P(&all[0]).kept().ID
	}
	labels, err := fieldLabels(tx, kind, only)
	if err != nil || len(labels) == 0 {
		return err
	}
	by := make(map[int64][]fieldLabel)
	for _, f := range labels {
		by[f.Object] = append(by[f.Object], f)
	}
	for i := range all {
		k := P(&all[i]).kept()
		for _, f := range by[k.ID] {
			if err := hide(tx, kind, s, k, f, reflect.ValueOf(&all[i]).Elem()); err != nil {
				return err
			}
		}
	}
	return nil
}

// hide takes one field out, if the sight does not see its label. An amber field
// is seen by those with whom its object is shared.
func hide(tx *db.Tx, kind string, s Sight, k *Kept, f fieldLabel, v reflect.Value) error {
	shared, err := sharedWithOf(tx, kind, k.ID)
	if err != nil || s.Sees(Mark{Council: k.Council, TLP: f.TLP}, shared...) {
		return err
	}
	if at := fieldAt(v.Type(), f.Field); at >= 0 {
		v.Field(at).SetString(withheld)
	}
	return nil
}

// fieldAt finds a text field of an object by the name that programs use; -1 if
// there is none.
func fieldAt(t reflect.Type, name string) int {
	for i := range t.NumField() {
		if f := t.Field(i); !f.Anonymous && f.Type.Kind() == reflect.String && jsonName(f) == name {
			return i
		}
	}
	return -1
}

// unlabelled are text fields that say how an object stands: they have no label
// of their own, because lists and rules go by them.
var unlabelled = []string{"state", "kind", "duty", "sort", "phase", "stage", "choice", "sha256"}

// fieldsOf are the text fields of an object that can have a label of their own.
func fieldsOf(x any) (names []string) {
	t := reflect.TypeOf(x)
	for i := range t.NumField() {
		f := t.Field(i)
		if name := jsonName(f); !f.Anonymous && f.Type.Kind() == reflect.String && name != "" && name != "-" && !slices.Contains(unlabelled, name) {
			names = append(names, name)
		}
	}
	return names
}

func jsonName(f reflect.StructField) string {
	name, _, _ := strings.Cut(f.Tag.Get("json"), ",")
	return name
}

// restore puts back what was withheld from who changes an object: the form gave
// them "[withheld]", and that must not become the value.
func restore(was, now reflect.Value) {
	for i := range now.NumField() {
		if f := now.Field(i); f.Kind() == reflect.String && f.String() == withheld {
			f.SetString(was.Field(i).String())
		}
	}
}

// lacks tells whether a field of an object was withheld.
func lacks(x reflect.Value) bool {
	for i := range x.NumField() {
		if f := x.Field(i); f.Kind() == reflect.String && f.String() == withheld {
			return true
		}
	}
	return false
}
