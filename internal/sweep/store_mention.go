package sweep

import (
	"encoding/binary"
	"errors"

	"github.com/reeve-council/reeve"
)

// encodeMention is the form in which a mention's features are kept: about as
// long as its text. The mention's id and ordinal have columns of their own.
func encodeMention(m *reeve.Mention) []byte {
	b := []byte{1}
	b = appendPlace(b, m.First)
	b = binary.AppendUvarint(b, uint64(len(m.Names)))
	for _, n := range m.Names {
		b = appendString(appendString(appendString(appendString(b, n.Title), n.Given), n.Middle), n.Surname)
	}
	b = binary.AppendUvarint(b, uint64(len(m.Born)))
	for _, d := range m.Born {
		b = binary.AppendUvarint(b, uint64(d.Number()))
	}
	b = binary.AppendUvarint(b, uint64(m.Age))
	b = binary.AppendUvarint(b, uint64(m.AgeOn.Number()))
	b = binary.AppendUvarint(b, uint64(len(m.Addresses)))
	for _, a := range m.Addresses {
		for _, s := range []string{a.UPRN, a.Unit, a.Number, a.Street, a.Postcode} {
			b = appendString(b, s)
		}
	}
	b = binary.AppendUvarint(b, uint64(len(m.IDs)))
	for _, id := range m.IDs {
		b = appendString(appendString(b, string(id.Kind)), id.Norm)
	}
	b = append(b, byte(m.Capacity), flag(m.Dead), flag(m.Sole))
	b = appendString(b, string(m.Role))
	b = binary.AppendUvarint(b, uint64(m.Said.Number()))
	b = binary.AppendUvarint(b, uint64(len(m.Records)))
	for _, r := range m.Records {
		b = binary.AppendUvarint(b, uint64(r))
	}
	return b
}

func flag(on bool) byte {
	if on {
		return 1
	}
	return 0
}

func appendPlace(b []byte, p reeve.Place) []byte {
	b = binary.AppendUvarint(b, uint64(p.Block))
	b = binary.AppendUvarint(b, uint64(p.Row+1))
	b = binary.AppendUvarint(b, uint64(p.Col+1))
	b = binary.AppendUvarint(b, uint64(p.Start))
	b = binary.AppendUvarint(b, uint64(p.End))
	return appendString(b, p.Label)
}

var errBadMention = errors.New("the case holds a mention that cannot be read")

// decodeMention reads what encodeMention wrote.
func decodeMention(data []byte) (reeve.Mention, error) {
	var m reeve.Mention
	d := &blockDecoder{s: string(data)}
	if len(d.s) == 0 || d.s[0] != 1 {
		return m, errBadMention
	}
	d.pos = 1
	m.First = reeve.Place{Block: uint32(d.number()), Row: int32(d.number()) - 1, Col: int32(d.number()) - 1, Start: uint32(d.number()), End: uint32(d.number()), Label: d.text()}
	for range d.count() {
		m.Names = append(m.Names, reeve.Name{Title: d.text(), Given: d.text(), Middle: d.text(), Surname: d.text()})
	}
	for range d.count() {
		m.Born = append(m.Born, reeve.DateNumber(d.number()))
	}
	m.Age, m.AgeOn = d.number(), reeve.DateNumber(d.number())
	for range d.count() {
		m.Addresses = append(m.Addresses, reeve.Address{UPRN: d.text(), Unit: d.text(), Number: d.text(), Street: d.text(), Postcode: d.text()})
	}
	for range d.count() {
		m.IDs = append(m.IDs, reeve.ID{Kind: reeve.Kind(d.text()), Norm: d.text()})
	}
	if d.err == nil && len(d.s)-d.pos >= 3 {
		m.Capacity, m.Dead, m.Sole = reeve.Capacity(d.s[d.pos]), d.s[d.pos+1] == 1, d.s[d.pos+2] == 1
		d.pos += 3
	}
	m.Role = reeve.Role(d.text())
	m.Said = reeve.DateNumber(d.number())
	for range d.count() {
		m.Records = append(m.Records, reeve.RecordID(d.number()))
	}
	if d.err != nil {
		return m, errBadMention
	}
	return m, nil
}
