package sweep

import (
	"encoding/binary"
	"encoding/json"
	"fmt"

	"github.com/reeve-council/reeve"
)

var errBadRecord = fmt.Errorf("a register row cannot be read: %w", reeve.Invalid)

// recordTexts are the texts of a record in the order in which they are stored.
func recordTexts(r *reeve.Record) [31]*string {
	return [31]*string{&r.System, &r.SourceID, &r.Household, &r.Kind, &r.Title, &r.Forename, &r.Middle, &r.Surname, &r.KnownAs, &r.PreviousSurname,
		&r.Gender, &r.NINO, &r.NHS, &r.UPN, &r.Email, &r.Phone, &r.Phone2, &r.UPRN, &r.Town, &r.Postcode, &r.AddressType, &r.SortCode,
		&r.AccountLast4, &r.Role, &r.Service, &r.Council, &r.Language, &r.FormatNeed, &r.SafeContact, &r.NamedWorker, &r.Deceased}
}

func recordDates(r *reeve.Record) [5]*reeve.Date {
	return [5]*reeve.Date{&r.Born, &r.Died, &r.AddressFrom, &r.AddressTo, &r.Updated}
}

// recordForm is the first byte of a stored record; rows of earlier versions are
// JSON and begin with a brace.
const recordForm = 1

// encodeRecord is the form in which a register row is kept: a third as long as
// its JSON, and quicker. A text that is not there takes one bit.
func encodeRecord(r *reeve.Record) []byte {
	var room [512]byte
	b := room[:0]
	b = append(b, recordForm, flag(r.Restricted)|flag(r.AnonymousElector)<<1|flag(r.Edition > 0)<<2)
	texts, there := recordTexts(r), uint32(0)
	for i, t := range texts {
		if *t != "" {
			there |= 1 << i
		}
	}
	b = binary.LittleEndian.AppendUint32(b, there)
	for _, t := range texts {
		if *t != "" {
			b = appendString(b, *t)
		}
	}
	for _, d := range recordDates(r) {
		b = binary.AppendUvarint(b, uint64(d.Number()))
	}
	b = binary.AppendUvarint(b, uint64(r.Line))
	b = binary.AppendUvarint(b, uint64(len(r.Address)))
	for _, line := range r.Address {
		b = appendString(b, line)
	}
	b = binary.AppendUvarint(b, uint64(len(r.Signals)))
	for _, s := range r.Signals {
		b = appendString(b, string(s))
	}
	b = binary.AppendUvarint(b, uint64(len(r.Refs)))
	for _, ref := range r.Refs {
		b = appendString(appendString(appendString(b, string(ref.Kind)), ref.Header), ref.Value)
	}
	if r.Edition > 0 {
		b = binary.AppendUvarint(b, uint64(r.Edition))
	}
	return append(make([]byte, 0, len(b)), b...) // as long as it is, since a million wait in memory
}

// decodeRecord reads what encodeRecord wrote, and the JSON of earlier versions.
func decodeRecord(data []byte) (reeve.Record, error) {
	var r reeve.Record
	if len(data) > 0 && data[0] == '{' {
		if err := json.Unmarshal(data, &r); err != nil {
			return r, errBadRecord
		}
		return r, nil
	}
	if len(data) < 6 || data[0] != recordForm {
		return r, errBadRecord
	}
	r.Restricted, r.AnonymousElector = data[1]&1 != 0, data[1]&2 != 0
	there := binary.LittleEndian.Uint32(data[2:])
	d := &blockDecoder{s: string(data), pos: 6}
	for i, t := range recordTexts(&r) {
		if there>>i&1 != 0 {
			*t = d.text()
		}
	}
	for _, date := range recordDates(&r) {
		*date = reeve.DateNumber(d.number())
	}
	r.Line = d.number()
	for range d.count() {
		r.Address = append(r.Address, d.text())
	}
	for range d.count() {
		r.Signals = append(r.Signals, reeve.Signal(d.text()))
	}
	for range d.count() {
		r.Refs = append(r.Refs, reeve.Ref{Kind: reeve.Kind(d.text()), Header: d.text(), Value: d.text()})
	}
	if data[1]&4 != 0 {
		r.Edition = d.number()
	}
	if d.err != nil {
		return r, errBadRecord
	}
	return r, nil
}
