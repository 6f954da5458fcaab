package ole

import (
	"bytes"
	"crypto/aes"
	"crypto/sha1"
	"encoding/binary"
	"errors"
	"testing"
)

// TestOpenPages opens what is encrypted with a key for each page.
func TestOpenPages(t *testing.T) {
	le := binary.LittleEndian
	salt, verifier := []byte("sixteen of salt!"), []byte("and a verifier!!")
	seal := func(n uint32, b []byte) {
		s := &standard{salt: salt, keyBytes: 16}
		block, err := aes.NewCipher(s.derive(s.base(wide("open"), 0), n))
		if err != nil {
			t.Fatal(err)
		}
		for ; len(b) > 0; b = b[16:] {
			block.Encrypt(b, b)
		}
	}
	hash := sha1.Sum(verifier)
	check := append(append(bytes.Clone(verifier), hash[:]...), make([]byte, 12)...)
	seal(0, check)
	head := make([]byte, 32)
	le.PutUint32(head[8:], 0x660E)
	le.PutUint32(head[16:], 128)
	info := append([]byte{3, 0, 2, 0, 0x24, 0, 0, 0, 32, 0, 0, 0}, head...)
	info = append(append(append(info, 16, 0, 0, 0), salt...), check[:16]...)
	info = append(append(info, 20, 0, 0, 0), check[16:]...)

	page := bytes.Repeat([]byte("Ann Sample, "), 4)
	sealed := bytes.Clone(page)
	seal(77, sealed)
	pages, err := OpenPages(info, []string{"shut", "open"})
	if err != nil {
		t.Fatal(err)
	}
	if pages.Decrypt(77, sealed); !bytes.Equal(page, sealed) {
		t.Errorf("page reads %q", sealed)
	}
	if _, err := OpenPages(info, []string{"shut"}); !errors.Is(err, ErrPassword) {
		t.Errorf("without its password: %v", err)
	}
	if _, err := OpenPages(info[:5], nil); !errors.Is(err, ErrCipher) {
		t.Errorf("cut short: %v", err)
	}
}
