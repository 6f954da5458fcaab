package tnef

import (
	"bytes"
	"io"

	"github.com/reeve-council/reeve/internal/format/mapi"
	"github.com/reeve-council/reeve/internal/format/part"
)

// What the bytes of an attached object are: the interface that its first 16
// bytes name ([MS-OXTNEF] 2.1.3.4.2).
var isMessage = []byte{0x07, 0x03, 0x02, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46}

const interfaceSize = 16

// attachment says how to come at what was gathered: bytes of the attribute or
// of the property, or a stream of its own for a message within.
func (w *wrapped) attachment() mapi.Attachment {
	a := mapi.Attachment{Props: w.props}
	data, typ := w.props.Value(mapi.TagAttachData).Data, w.props.Value(mapi.TagAttachData).Type
	if typ == mapi.Object && len(data) > interfaceSize {
		inner := data[interfaceSize:]
		if bytes.Equal(data[:interfaceSize], isMessage) {
			a.Message = func() (*mapi.Message, error) {
				return open(part.Source{Reader: bytes.NewReader(inner), Size: int64(len(inner))})
			}
			return a
		}
		data = inner
	}
	switch {
	case len(data) > 0:
		a.Open = func() (io.Reader, error) { return bytes.NewReader(data), nil }
	case w.data != nil:
		a.Open = func() (io.Reader, error) { return io.NewSectionReader(w.data, 0, w.data.Size()), nil }
	}
	return a
}
