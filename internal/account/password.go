package account

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
)

// cost is what hashing one password takes.
type cost struct {
	memory uint32 // KiB
	passes uint32
	lanes  uint8
}

// productCost is above what OWASP's password storage page asks of argon2id
// (19 MiB and 2 passes, or as much otherwise), and lets a small laptop sign
// people in in a tenth of a second.
var productCost = cost{memory: 32 << 10, passes: 3, lanes: 1}

const (
	saltSize = 16
	hashSize = 32
	// leastPassword and mostPassword bound a password in characters. NIST SP
	// 800-63B asks for length and a list of common ones, and against rules of
	// composition; the NCSC's guidance likewise.
	leastPassword = 12
	mostPassword  = 200
)

// hashPassword gives what is kept of a password, with its parameters, in the
// PHC string format.
func (m *Room) hashPassword(password string) string {
	salt := make([]byte, saltSize)
	rand.Read(salt)
	b := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s", argon2.Version, m.cost.memory, m.cost.passes, m.cost.lanes,
		b.EncodeToString(salt), b.EncodeToString(m.derive(password, salt, m.cost)))
}

// derive waits for its turn: every hash takes the memory of its cost.
func (m *Room) derive(password string, salt []byte, c cost) []byte {
	m.hashing <- struct{}{}
	defer func() { <-m.hashing }()
	return argon2.IDKey([]byte(password), salt, c.passes, c.memory, c.lanes, hashSize)
}

// checkPassword compares a password with what is kept. Without anything kept it
// does the same work and says no, so that an unknown name takes as long.
func (m *Room) checkPassword(kept, password string) bool {
	salt, want, c, ok := parseHash(kept)
	if !ok {
		m.derive(password, make([]byte, saltSize), m.cost)
		return false
	}
	return subtle.ConstantTimeCompare(m.derive(password, salt, c), want) == 1
}

// stale reports whether a hash was made with other parameters than new ones are.
func (m *Room) stale(kept string) bool {
	_, _, c, ok := parseHash(kept)
	return !ok || c != m.cost
}

func parseHash(kept string) (salt, hash []byte, c cost, ok bool) {
	parts := strings.Split(kept, "$")
	if len(parts) != 6 || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return nil, nil, c, false
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &c.memory, &c.passes, &c.lanes); err != nil {
		return nil, nil, c, false
	}
	salt, err := base64.RawStdEncoding.DecodeString(parts[4])
	if err != nil {
		return nil, nil, c, false
	}
	hash, err = base64.RawStdEncoding.DecodeString(parts[5])
	const most = 1 << 20 // KiB: what no release of ours has written, and argon2 would panic or hang on
	ok = err == nil && len(hash) == hashSize && c.passes > 0 && c.passes < 100 && c.lanes > 0 && c.memory <= most
	return salt, hash, c, ok
}

// passwordFault says what is wrong with a new password, "" if nothing is. names
// are what it must not be made of: the user's own names.
func passwordFault(password string, names ...string) string {
	n := utf8.RuneCountInString(password)
	switch {
	case n < leastPassword:
		return fmt.Sprintf("Enter a password of %d characters or more: three random words are good", leastPassword)
	case n > mostPassword:
		return fmt.Sprintf("Enter a password of %d characters or fewer", mostPassword)
	case !utf8.ValidString(password) || strings.ContainsRune(password, 0):
		return "Enter a password that can be typed"
	case common(password, names):
		return "Enter another password: this one is among the first that are tried"
	}
	return ""
}

// common reports whether a password is on the list, a listed one or a name with
// something around it, or one pattern over and over.
func common(password string, names []string) bool {
	p := strings.ToLower(strings.TrimSpace(password))
	for _, w := range commonPasswords {
		if trimmed := strings.Trim(p, "0123456789!?.,-_*#£$ "); p == w || trimmed == w {
			return true
		}
	}
	for _, name := range names {
		if name = strings.ToLower(name); len(name) > 3 && strings.Contains(p, name) && len(p)-len(name) < 6 {
			return true
		}
	}
	return periodic(p)
}

// periodic reports whether text repeats a piece of at most four letters, or
// runs up or down the alphabet or the digits.
func periodic(p string) bool {
	for size := 1; size <= 4; size++ {
		if len(p) > size && p[size:] == p[:len(p)-size] {
			return true
		}
	}
	step, run := 0, true
	for i := 1; i < len(p) && run; i++ {
		d := int(p[i]) - int(p[i-1])
		if i == 1 {
			step = d
		}
		run = d == step && (d == 1 || d == -1)
	}
	return run
}
