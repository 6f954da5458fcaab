package access

import (
	"crypto/rc4"
	"encoding/binary"
	"errors"

	"github.com/reeve-council/reeve/internal/format/part"
	"github.com/reeve-council/reeve/internal/ole"
)

// Where the header keeps its secrets.
const (
	maskStart  = 0x18
	keyPlace   = 0x3E
	infoPlace  = 0x299 // of an ACE file: how it is encrypted ([MS-OFFCRYPTO] EncryptionInfo)
	objects    = 2     // the page that defines the table of all objects
	headerMask = "\xC7\xDA\x39\x6B"
)

// unmask takes off the fixed mask that Jet lays over part of its header.
func unmask(h []byte, l *layout) {
	stream([]byte(headerMask), h[maskStart:maskStart+l.masked])
}

// stream applies RC4, which is its own inverse.
func stream(key, b []byte) {
	c, err := rc4.NewCipher(key)
	if err == nil {
		c.XORKeyStream(b, b)
	}
}

// unlock finds how pages are encrypted. An encoded Jet file has the key of its
// pages in the header; ACE encrypts with a password. Whether a page opens is
// seen on the catalogue's.
func (f *file) unlock(h []byte, passwords []string) error {
	if f.plain() {
		return nil
	}
	key := binary.LittleEndian.Uint32(h[keyPlace:])
	if info := encryptionInfo(h); info != nil {
		return f.unlockACE(info, key, passwords)
	}
	if key != 0 {
		f.open = func(n uint32, page []byte) {
			stream(binary.LittleEndian.AppendUint32(nil, key^n), page)
		}
		if f.held = 0; f.plain() {
			return nil
		}
		f.open, f.held = nil, 0
	}
	return nil // neither: the catalogue is damaged
}

// plain reports whether the catalogue's page reads as one.
func (f *file) plain() bool {
	page := f.page(objects)
	return page != nil && page[0] == definitionPage && page[1] <= 1
}

// encryptionInfo is the description that ACE keeps in the first page; nil
// where there is none.
func encryptionInfo(h []byte) []byte {
	if h[0x14] < 2 || len(h) < infoPlace+2 {
		return nil
	}
	size := int(binary.LittleEndian.Uint16(h[infoPlace:]))
	if size < 8 || infoPlace+2+size > len(h) {
		return nil
	}
	info := h[infoPlace+2 : infoPlace+2+size]
	if info[0] < 1 || info[0] > 4 || info[1] != 0 {
		return nil
	}
	return info
}

// unlockACE tries the passwords. Each page is encrypted by itself under its
// number, mixed with the key in the header.
func (f *file) unlockACE(info []byte, key uint32, passwords []string) error {
	if blocks, err := ole.OpenRC4(info, passwords); err == nil {
		f.open = func(n uint32, page []byte) { blocks.Stream(key^n).XORKeyStream(page, page) }
		f.held = 0
		return f.opened()
	} else if errors.Is(err, ole.ErrPassword) {
		return part.Encrypted("the database has a password")
	}
	pages, err := ole.OpenPages(info, passwords)
	switch {
	case errors.Is(err, ole.ErrPassword):
		return part.Encrypted("the database has a password")
	case errors.Is(err, ole.ErrMethod):
		return part.Encrypted("the database is encrypted by a method that no password opens")
	case err != nil:
		return part.Broken("what describes its encryption is damaged")
	}
	f.open = func(n uint32, page []byte) { pages.Decrypt(key^n, page) }
	f.held = 0
	return f.opened()
}

// opened refuses what a fitting password did not open.
func (f *file) opened() error {
	if !f.plain() {
		return part.Encrypted("the database has a password, and its pages do not open with it")
	}
	return nil
}
