package enquiry

import (
	"archive/zip"
	"crypto/aes"
	"crypto/hmac"
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/sha1"
	"encoding/binary"
	"fmt"
	"io"

	"github.com/reeve-council/reeve"
)

// What came with a report leaves the program in one form alone: a ZIP file whose
// members are enciphered (WinZip AE-2, AES-256), under names that open nothing.
// The password is the one that analysts everywhere use for such files. It hides
// nothing from anybody; it keeps mail servers, previews and a double click from
// opening what is inside.
const sealPassword = "infected"

// Numbers of the AE-2 specification (WinZip, AES Encryption Information).
const (
	aeMethod  = 99
	aeSalt    = 16
	aeKey     = 32
	aeCheck   = 2
	aeMark    = 10
	aeRounds  = 1000
	aeCrossed = 1 // general purpose bit 0: enciphered
)

// aeExtra says how a member is enciphered: AE-2, vendor AE, AES-256, stored.
var aeExtra = []byte{0x01, 0x99, 7, 0, 2, 0, 'A', 'E', 3, 0, 0}

// sealedMember is a member of a sealed file.
type sealedMember struct {
	name string
	body []byte
}

// writeSealed writes a ZIP file of enciphered members.
func writeSealed(w io.Writer, password string, members []sealedMember) error {
	z := zip.NewWriter(w)
	for _, m := range members {
		sealed, err := seal(password, m.body)
		if err != nil {
			return err
		}
		h := &zip.FileHeader{Name: m.name, Method: aeMethod, Flags: aeCrossed, Extra: aeExtra, CompressedSize64: uint64(len(sealed)), UncompressedSize64: uint64(len(m.body))}
		out, err := z.CreateRaw(h)
		if err == nil {
			_, err = out.Write(sealed)
		}
		if err != nil {
			return fmt.Errorf("write sealed file: %w", err)
		}
	}
	return z.Close()
}

// seal enciphers the bytes of one member.
func seal(password string, body []byte) ([]byte, error) {
	out := make([]byte, aeSalt, aeSalt+aeCheck+len(body)+aeMark)
	rand.Read(out) // never fails (crypto/rand)
	keys, err := pbkdf2.Key(sha1.New, password, out, aeRounds, 2*aeKey+aeCheck)
	if err != nil {
		return nil, fmt.Errorf("seal file: %w", reeve.Unavailable)
	}
	block, err := aes.NewCipher(keys[:aeKey])
	if err != nil {
		return nil, fmt.Errorf("seal file: %w", reeve.Unavailable)
	}
	out = append(out, keys[2*aeKey:]...)
	var counter, pad [aes.BlockSize]byte // counts from 1, the low byte first, as no other cipher does
	for at := 0; at < len(body); at += aes.BlockSize {
		binary.LittleEndian.PutUint64(counter[:], uint64(at/aes.BlockSize)+1)
		block.Encrypt(pad[:], counter[:])
		for i, b := range body[at:min(len(body), at+aes.BlockSize)] {
			out = append(out, b^pad[i])
		}
	}
	mark := hmac.New(sha1.New, keys[aeKey:2*aeKey])
	mark.Write(out[aeSalt+aeCheck:])
	return append(out, mark.Sum(nil)[:aeMark]...), nil
}
