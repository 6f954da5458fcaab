package compoundtest

import (
	"bytes"
	"crypto/md5"
	"crypto/rc4"
)

// LockRC4 is the encryption header that Office 97 writes for a password
// ([MS-OFFCRYPTO] 2.3.6.1), with a fixed salt.
func LockRC4(password string) []byte {
	salt, check := bytes.Repeat([]byte{7}, 16), bytes.Repeat([]byte{9}, 16)
	sum := md5.Sum(Wide(password))
	mixed := md5.Sum(bytes.Repeat(append(append([]byte(nil), sum[:5]...), salt...), 16))
	first := md5.Sum(append(append([]byte(nil), mixed[:5]...), 0, 0, 0, 0))
	key, err := rc4.NewCipher(first[:])
	if err != nil {
		panic(err)
	}
	digest := md5.Sum(check)
	verifier := append(check, digest[:]...)
	key.XORKeyStream(verifier, verifier)
	return Pack(uint16(1), uint16(1), salt, verifier)
}
