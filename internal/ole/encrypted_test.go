package ole

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/md5"
	"crypto/rc4"
	"crypto/sha1"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"testing"

	"github.com/reeve-council/reeve/internal/format/formattest"

	"github.com/reeve-council/reeve/internal/ole/oletest"
)

func plain(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(i * 7)
	}
	return b
}

// agileFile encrypts a package the way that Office does, with fixed salts.
func agileFile(t *testing.T, data []byte, password, hashName string, bits, spins int) []byte {
	t.Helper()
	k := &encryptedKey{keyData: keyData{Salt: plain(16), Hash: hashName, Bits: bits, Block: 16}, Spins: spins}
	h := k.hasher()
	base := k.spin(h, wide(password))
	seal := func(use, b []byte) string {
		block, err := aes.NewCipher(fit(digest(h, base, use), bits/8))
		if err != nil {
			t.Fatal(err)
		}
		b = append(bytes.Clone(b), make([]byte, (16-len(b)%16)%16)...)
		cipher.NewCBCEncrypter(block, k.Salt).CryptBlocks(b, b)
		return base64.StdEncoding.EncodeToString(b)
	}
	input, key := plain(16), bytes.Repeat([]byte{9}, bits/8)
	salt := base64.StdEncoding.EncodeToString(k.Salt)
	common := fmt.Sprintf(`saltSize="16" blockSize="16" keyBits="%d" hashSize="%d" cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" hashAlgorithm="%s" saltValue="%s"`, bits, h.Size(), hashName, salt)
	info := fmt.Sprintf(`<encryption xmlns="http://schemas.microsoft.com/office/2006/encryption"><keyData %s/><keyEncryptors><keyEncryptor uri="http://schemas.microsoft.com/office/2006/keyEncryptor/password"><p:encryptedKey xmlns:p="p" spinCount="%d" %s encryptedVerifierHashInput="%s" encryptedVerifierHashValue="%s" encryptedKeyValue="%s"/></keyEncryptor></keyEncryptors></encryption>`,
		common, spins, common, seal(blockInput, input), seal(blockValue, digest(h, input)), seal(blockKey, key))
	block, err := aes.NewCipher(key)
	if err != nil {
		t.Fatal(err)
	}
	pack := binary.LittleEndian.AppendUint64(nil, uint64(len(data)))
	for n := uint32(0); len(data) > 0; n++ {
		piece := bytes.Clone(data[:min(segment, len(data))])
		data = data[len(piece):]
		piece = append(piece, make([]byte, (16-len(piece)%16)%16)...)
		vector := fit(digest(h, k.Salt, binary.LittleEndian.AppendUint32(nil, n)), 16)
		cipher.NewCBCEncrypter(block, vector).CryptBlocks(piece, piece)
		pack = append(pack, piece...)
	}
	return oletest.File(
		oletest.Stream{Path: "EncryptionInfo", Data: append([]byte{4, 0, 4, 0, 0x40, 0, 0, 0}, info...)},
		oletest.Stream{Path: "EncryptedPackage", Data: pack})
}

func openFile(t *testing.T, b []byte, passwords ...string) ([]byte, error) {
	t.Helper()
	f, err := Open(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	r, size, err := Decrypt(f, passwords)
	if err != nil {
		return nil, err
	}
	return io.ReadAll(io.NewSectionReader(r, 0, size))
}

func TestAgile(t *testing.T) {
	data := plain(10_001)
	for _, test := range []struct {
		hash string
		bits int
	}{{"SHA1", 128}, {"SHA256", 192}, {"SHA384", 256}, {"SHA512", 256}} {
		b := agileFile(t, data, "päss", test.hash, test.bits, 100)
		if got, err := openFile(t, b, "wrong", "päss"); err != nil || !bytes.Equal(got, data) {
			t.Errorf("%s: %d bytes and %v", test.hash, len(got), err)
		}
		if _, err := openFile(t, b, "wrong"); !errors.Is(err, ErrPassword) {
			t.Errorf("%s with a wrong password: %v", test.hash, err)
		}
	}
	if got, err := openFile(t, agileFile(t, data, DefaultPassword, "SHA512", 256, 100)); err != nil || !bytes.Equal(got, data) {
		t.Errorf("default password: %d bytes and %v", len(got), err)
	}
}

func TestWorkIsBounded(t *testing.T) {
	costly := &counting{cost: maxSpins / 3}
	if _, err := spend(costly, make([]string, 9)); !errors.Is(err, ErrPassword) || costly.tries != 3 {
		t.Errorf("%d tries and %v", costly.tries, err)
	}
	if _, err := readAgile([]byte(`<encryption><keyData/></encryption>`)); !errors.Is(err, ErrMethod) {
		t.Errorf("no password can open it: %v", err)
	}
}

// counting is never opened.
type counting struct{ cost, tries int }

func (c *counting) spins() int { return c.cost }

func (c *counting) try([]byte) (segments, bool) {
	c.tries++
	return nil, false
}

func TestDamagedInfo(t *testing.T) {
	for _, info := range [][]byte{nil, {1}, {9, 9, 9, 9, 9, 9, 9, 9}, {3, 0, 2, 0, 0, 0, 0, 0, 255, 255, 255, 255}, append([]byte{4, 0, 4, 0, 0, 0, 0, 0}, "<encryption"...)} {
		b := oletest.File(oletest.Stream{Path: "EncryptionInfo", Data: info}, oletest.Stream{Path: "EncryptedPackage", Data: plain(50)})
		if got, err := openFile(t, b); err == nil {
			t.Errorf("info %v gives %d bytes", info, len(got))
		}
	}
}

func TestRC4(t *testing.T) {
	old := oldHeader("secret")
	for _, test := range []struct {
		name   string
		header []byte
	}{{"rc4", old}, {"cryptoapi 40", apiHeader("secret", 40)}, {"cryptoapi 128", apiHeader("secret", 128)}} {
		k, err := OpenRC4(test.header, []string{"no", "secret"})
		if err != nil {
			t.Errorf("%s: %v", test.name, err)
			continue
		}
		first, again, other := make([]byte, 8), make([]byte, 8), make([]byte, 8)
		k.Stream(1).XORKeyStream(first, first)
		k.Stream(1).XORKeyStream(again, again)
		k.Stream(2).XORKeyStream(other, other)
		if !bytes.Equal(first, again) || bytes.Equal(first, other) {
			t.Errorf("%s: streams %x %x %x", test.name, first, again, other)
		}
		if _, err := OpenRC4(test.header, []string{"no"}); !errors.Is(err, ErrPassword) {
			t.Errorf("%s with a wrong password: %v", test.name, err)
		}
	}
	for n := range old {
		if _, err := OpenRC4(old[:n], []string{"secret"}); err == nil {
			t.Errorf("a header of %d bytes opens", n)
		}
	}
}

func oldHeader(password string) []byte {
	salt, verifier := plain(16), plain(16)
	sum := md5.Sum(wide(password))
	mixed := md5.Sum(bytes.Repeat(append(bytes.Clone(sum[:5]), salt...), 16))
	hash := md5.Sum(verifier)
	b := append(bytes.Clone(verifier), hash[:]...)
	(&Blocks{base: mixed[:5], size: 16}).Stream(0).XORKeyStream(b, b)
	return append(append([]byte{1, 0, 1, 0}, salt...), b...)
}

func apiHeader(password string, bits int) []byte {
	le := binary.LittleEndian
	head := make([]byte, 34)
	le.PutUint32(head[8:], 0x6801)
	le.PutUint32(head[16:], uint32(bits))
	salt, verifier := plain(16), plain(16)
	base := sha1.Sum(append(bytes.Clone(salt), wide(password)...))
	hash := sha1.Sum(verifier)
	var stream *rc4.Cipher = (&Blocks{base: base[:], size: bits / 8, api: true}).Stream(0)
	stream.XORKeyStream(verifier, verifier)
	stream.XORKeyStream(hash[:], hash[:])
	out := []byte{2, 0, 2, 0, 4, 0, 0, 0}
	out = le.AppendUint32(out, uint32(len(head)))
	out = append(out, head...)
	out = le.AppendUint32(out, 16)
	out = append(append(out, salt...), verifier...)
	out = le.AppendUint32(out, 20)
	return append(out, hash[:]...)
}

// Files from real programs with published passwords open, both encryptions.
func TestDecryptCorpus(t *testing.T) {
	for _, name := range []string{"tika/microsoft/testWORD_protected_passtika.docx", "tika/microsoft/testEXCEL_protected_passtika.xlsx",
		"tika/microsoft/testEXCEL_protected_passtika_2.xlsx", "tika/microsoft/protect.xlsx", "poi/poifs/extenxls_pwd123.xlsx",
		"tika/microsoft/casing_protected_upper_case.docx", "tika/microsoft/testPPT_protected_passtika.pptx"} {
		b := formattest.Bytes(t, name)
		if got, err := openFile(t, b, "tika", "pwd123", "password"); err != nil || !bytes.HasPrefix(got, []byte("PK\x03\x04")) {
			t.Errorf("%s: %d bytes and %v", filepath.Base(name), len(got), err)
		}
	}
}

func FuzzDescribe(f *testing.F) {
	f.Add([]byte{4, 0, 4, 0, 0, 0, 0, 0, '<'})
	f.Add(append([]byte{3, 0, 2, 0, 0, 0, 0, 0, 32, 0, 0, 0}, make([]byte, 120)...))
	f.Fuzz(func(t *testing.T, info []byte) {
		if len(info) < 8 {
			return
		}
		if o, err := describe(info); err == nil && o.spins() > maxSpins {
			t.Errorf("one try costs %d", o.spins())
		}
		if k, err := OpenRC4(info, nil); (k == nil) == (err == nil) {
			t.Errorf("keys %v and error %v", k, err)
		}
	})
}
