package sweep

import (
	"slices"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/lex"
)

// heldValues are the values that registers hold for one person, in the form in
// which they are compared with findings.
type heldValues map[reeve.ID]bool

func newHeldValues(records []reeve.Record) heldValues {
	v := make(heldValues)
	for i := range records {
		v.take(&records[i])
	}
	return v
}

func (v heldValues) put(kind reeve.Kind, value string) {
	if k := alike(kind, value); k != "" {
		v[reeve.ID{Kind: kind, Norm: k}] = true
	}
}

// has reports whether a finding's normal form is a value held.
func (v heldValues) has(kind reeve.Kind, norm string) bool {
	k := alike(kind, norm)
	return k != "" && v[reeve.ID{Kind: kind, Norm: k}]
}

func (v heldValues) take(r *reeve.Record) {
	for _, given := range []string{r.Forename, r.KnownAs} {
		for _, surname := range []string{r.Surname, r.PreviousSurname} {
			if given == "" || surname == "" {
				continue
			}
			v.put(reeve.KindName, surname+", "+given)
			if r.Middle != "" {
				v.put(reeve.KindName, surname+", "+given+" "+r.Middle)
			}
		}
	}
	v.put(reeve.KindDateOfBirth, r.Born.String())
	v.put(reeve.KindNINO, r.NINO)
	v.put(reeve.KindNHSNumber, r.NHS)
	v.put(reeve.KindUPN, r.UPN)
	v.put(reeve.KindEmail, r.Email)
	v.put(reeve.KindPhone, r.Phone)
	v.put(reeve.KindPhone, r.Phone2)
	v.put(reeve.KindUPRN, r.UPRN)
	v.put(reeve.KindPostcode, r.Postcode)
	v.put(reeve.KindAddress, strings.Join(append(slices.Clone(r.Address), r.Town, r.Postcode), ", "))
	for _, ref := range r.Refs {
		v.put(ref.Kind, ref.Value)
	}
}

// alike is the form in which two values of a kind are the same value.
func alike(kind reeve.Kind, value string) string {
	switch kind {
	case reeve.KindName:
		words := strings.Fields(lex.Fold(strings.ReplaceAll(value, ",", " ")))
		slices.Sort(words)
		return strings.Join(words, " ")
	case reeve.KindDateOfBirth:
		if d, ok := lex.ParseDate(value); ok && d.Full() {
			return d.String()
		}
		return ""
	case reeve.KindAddress:
		a := lex.ParseAddress(value)
		if a.Number == "" || a.Street == "" {
			return ""
		}
		return a.Unit + "|" + a.Number + "|" + a.Street
	case reeve.KindEmail:
		return strings.ToLower(strings.TrimSpace(value))
	case reeve.KindPhone:
		d := lex.Digits(value)
		return d[max(0, len(d)-10):]
	case reeve.KindUPRN:
		return strings.TrimLeft(lex.Digits(value), "0")
	case reeve.KindNINO:
		s := strings.ToUpper(lex.Squeeze(value))
		return s[:min(len(s), 8)]
	}
	return strings.ToUpper(lex.Squeeze(value))
}

// sameDoor reports whether a register row stands at an address.
func sameDoor(a reeve.Address, r *reeve.Record) bool {
	if a.UPRN != "" && strings.TrimLeft(r.UPRN, "0") == a.UPRN {
		return true
	}
	b := lex.ParseAddress(r.Address...)
	return a.Postcode != "" && a.Postcode == r.Postcode && a.Number == b.Number && a.Unit == b.Unit
}
