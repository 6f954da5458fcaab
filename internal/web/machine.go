package web

import (
	"encoding/base64"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/http"
	"reflect"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/lex"
)

func encodeSaying(s string) string { return base64.RawURLEncoding.EncodeToString([]byte(s)) }

func decodeSaying(s string) string {
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil || len(b) > 500 {
		return ""
	}
	return string(b)
}

// writeJSON writes a view with personal values masked or in clear as the
// answer says.
func writeJSON(w http.ResponseWriter, v *View) error {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.WriteHeader(v.status)
	e := json.NewEncoder(w)
	e.SetEscapeHTML(true)
	return e.Encode(plain(reflect.ValueOf(v.data), v.show))
}

// plain turns a view into what encoding/json writes, with every personal value
// as text. Fields follow their json tags.
func plain(v reflect.Value, show bool) any {
	if !v.IsValid() {
		return nil
	}
	if v.Type() == sensitiveType {
		return value(v.Interface().(reeve.Sensitive), show)
	}
	if _, ok := v.Interface().(json.Marshaler); ok {
		return v.Interface()
	}
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			return nil
		}
		return plain(v.Elem(), show)
	case reflect.Struct:
		return plainStruct(v, show)
	case reflect.Slice, reflect.Array:
		if v.Type().Elem().Kind() == reflect.Uint8 {
			return v.Interface()
		}
		list := make([]any, v.Len())
		for i := range list {
			list[i] = plain(v.Index(i), show)
		}
		return list
	case reflect.Map:
		m := make(map[string]any, v.Len())
		for it := v.MapRange(); it.Next(); {
			m[fmt.Sprint(it.Key())] = plain(it.Value(), show)
		}
		return m
	}
	return v.Interface()
}

// object is a struct as ordered fields.
type object []field

type field struct {
	name  string
	value any
}

func (o object) MarshalJSON() ([]byte, error) {
	var b strings.Builder
	b.WriteByte('{')
	for i, f := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		name, err := json.Marshal(f.name)
		if err != nil {
			return nil, err
		}
		text, err := json.Marshal(f.value)
		if err != nil {
			return nil, err
		}
		b.Write(name)
		b.WriteByte(':')
		b.Write(text)
	}
	b.WriteByte('}')
	return []byte(b.String()), nil
}

func plainStruct(v reflect.Value, show bool) object {
	var o object
	t := v.Type()
	for i := range t.NumField() {
		f := t.Field(i)
		name, opts, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.Anonymous && name == "" && f.Type.Kind() == reflect.Struct && f.Type != sensitiveType {
			o = append(o, plainStruct(v.Field(i), show)...) // of an unexported type too, as encoding/json does
			continue
		}
		if !f.IsExported() || name == "-" || strings.Contains(opts, "omitempty") && v.Field(i).IsZero() {
			continue
		}
		p := plain(v.Field(i), show)
		if inner, ok := p.(object); ok && f.Anonymous && name == "" {
			o = append(o, inner...)
			continue
		}
		if name == "" {
			name = f.Name
		}
		o = append(o, field{name, p})
	}
	return o
}

// writeCSV writes the table of a view; a view without one has no such form.
func writeCSV(w http.ResponseWriter, v *View) error {
	t, ok := v.data.(Tabular)
	if !ok {
		http.Error(w, "this page has no table; ask for it as .json", http.StatusNotFound)
		return nil
	}
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	out := csv.NewWriter(w)
	out.UseCRLF = true
	if err := out.Write(t.Columns()); err != nil {
		return err
	}
	err := t.EachRow(func(cells ...any) error {
		row := make([]string, len(cells))
		for i, c := range cells {
			row[i] = lex.Defuse(cell(c, v.show))
		}
		return out.Write(row)
	})
	out.Flush()
	if err == nil {
		err = out.Error()
	}
	return err
}

func cell(c any, show bool) string {
	if s, ok := c.(reeve.Sensitive); ok {
		return value(s, show)
	}
	return fmt.Sprint(c)
}
