package account

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/base64"
	"encoding/hex"
)

// newSecret makes a secret of 256 random bits, for a cookie, link or token.
func newSecret() string {
	b := make([]byte, 32)
	rand.Read(b)
	return base64.RawURLEncoding.EncodeToString(b)
}

// digest is what the database keeps of a secret. One pass is enough for what
// nobody can guess; passwords are another matter (password.go).
func digest(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

var letters = base32.StdEncoding.WithPadding(base32.NoPadding)

// newID makes an id: a letter for what it is and 60 random bits.
func newID(letter string) string {
	b := make([]byte, 8)
	rand.Read(b)
	return letter + letters.EncodeToString(b)[:12]
}
