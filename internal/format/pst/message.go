package pst

import (
	"encoding/binary"
	"io"

	"github.com/reeve-council/reeve/internal/format/mapi"
	"github.com/reeve-council/reeve/internal/format/part"
)

// attachmentData is the property that holds what an attachment is.
const attachmentData = 0x3701

// message reads the message in a node.
func (s *store) message(n node) (*mapi.Message, error) {
	h, err := s.file.openHeap(n)
	if err != nil {
		return nil, err
	}
	m := &mapi.Message{}
	m.Props, m.Fault = s.bag(h, nil, nil)
	if r, ok := within(h.subs, nodeRecipients); ok {
		if err := s.recipients(m, r); err != nil && m.Fault == nil {
			m.Fault = err
		}
	}
	for _, sub := range h.subs {
		if sub.id&kindMask != kindAttachment {
			continue
		}
		a, err := s.attachment(sub, m.Props)
		if err != nil {
			if m.Fault == nil {
				m.Fault = err
			}
			continue
		}
		m.Attachments = append(m.Attachments, a)
	}
	return m, nil
}

// recipients reads the table of recipients ([MS-PST] 2.4.5.3).
func (s *store) recipients(m *mapi.Message, n node) error {
	h, err := s.file.openHeap(n)
	if err != nil {
		return err
	}
	t, err := openTable(h)
	if err != nil {
		return err
	}
	err = t.each(func(row []byte) error {
		m.Recipients = append(m.Recipients, t.bag(s, row, m.Props))
		return nil
	})
	if err == nil {
		err = h.fault
	}
	return err
}

// attachment reads what an attachment is; its bytes wait until they are wanted.
func (s *store) attachment(n node, outer *mapi.Bag) (mapi.Attachment, error) {
	h, err := s.file.openHeap(n)
	if err != nil {
		return mapi.Attachment{}, err
	}
	var a mapi.Attachment
	a.Props, err = s.bag(h, outer, func(id uint16, typ mapi.Type, value uint32) bool {
		if id != attachmentData {
			return false
		}
		if typ == mapi.Object {
			s.object(&a, h, value)
		} else {
			a.Open = func() (io.Reader, error) { return h.open(value) }
		}
		return true
	})
	if err == nil && a.Message != nil && a.Method() != mapi.AsMessage {
		a.Message = nil
	} else if a.Message != nil {
		a.Open = nil
	}
	return a, err
}

// object is an attachment that is a message or an OLE object: a piece of the
// heap names the node within ([MS-PST] 2.3.3.5).
func (s *store) object(a *mapi.Attachment, h *heap, value uint32) {
	b := h.piece(value)
	if len(b) < 4 {
		return
	}
	id := binary.LittleEndian.Uint32(b)
	a.Open = func() (io.Reader, error) { return h.open(id) }
	a.Message = func() (*mapi.Message, error) {
		n, ok := within(h.subs, id)
		if !ok {
			return nil, part.Broken("an attached message is missing")
		}
		return s.message(n)
	}
}
