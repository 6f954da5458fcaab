package account

import (
	"crypto/rand"
	"strings"
)

// Recovery codes are what is left when the telephone is: printed, each works
// once in the place of a code. 80 random bits need no slow hash.
const (
	recoveryCodes  = 10
	recoveryBytes  = 10
	recoveryLength = recoveryBytes * 8 / 5 // in base32 letters
)

// newRecovery makes the codes as they are printed and the hashes that are kept.
func newRecovery() (codes, hashes []string) {
	for range recoveryCodes {
		b := make([]byte, recoveryBytes)
		rand.Read(b)
		text := letters.EncodeToString(b)
		code := text[:4] + "-" + text[4:8] + "-" + text[8:12] + "-" + text[12:]
		codes, hashes = append(codes, code), append(hashes, recoveryDigest(code))
	}
	return codes, hashes
}

// isRecovery reports whether a typed code is long enough for a recovery code:
// those of an app have six digits.
func isRecovery(code string) bool { return len(bareRecovery(code)) == recoveryLength }

func recoveryDigest(code string) string { return digest(bareRecovery(code)) }

// bareRecovery reads a code as typed from paper: any case, any dashes, and the
// digits that base32 leaves out for the letters that they look like.
func bareRecovery(code string) string {
	return strings.NewReplacer("-", "", " ", "", "0", "O", "1", "I", "8", "B").Replace(strings.ToUpper(code))
}
