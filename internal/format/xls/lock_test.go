package xls

import (
	"bytes"
	"crypto/md5"
	"crypto/rc4"
	"testing"

	"github.com/reeve-council/reeve/internal/ole"
)

// lockRC4 encrypts a workbook the way that Excel 97 does ([MS-OFFCRYPTO]
// 2.3.6), with a fixed salt.
func lockRC4(t testing.TB, b []byte, password string) []byte {
	t.Helper()
	salt, check := bytes.Repeat([]byte{7}, 16), bytes.Repeat([]byte{9}, 16)
	sum := md5.Sum(wide(password))
	mixed := md5.Sum(bytes.Repeat(append(append([]byte(nil), sum[:5]...), salt...), 16))
	first := md5.Sum(append(append([]byte(nil), mixed[:5]...), 0, 0, 0, 0))
	key, err := rc4.NewCipher(first[:])
	if err != nil {
		t.Fatal(err)
	}
	digest := md5.Sum(check)
	verifier := append(check, digest[:]...)
	key.XORKeyStream(verifier, verifier)
	header := packed(uint16(1), uint16(1), salt, verifier)
	keys, err := ole.OpenRC4(header, []string{password})
	if err != nil {
		t.Fatal(err)
	}
	var lock biff
	lock.rec(recFilePass, uint16(1), header)
	b = insertLock(b, lock)
	eachRecord(b, func(kind uint16, at int, body []byte) {
		for i := openFrom(kind); i < len(body); i++ {
			c, skip := keys.Stream(uint32((at+i)/1024)), make([]byte, (at+i)%1024)
			c.XORKeyStream(skip, skip)
			c.XORKeyStream(body[i:i+1], body[i:i+1])
		}
	})
	return b
}
