package account

import (
	"crypto/rand"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"

	"github.com/reeve-council/reeve/internal/db"
)

// The second factor is TOTP (RFC 6238) as every authenticator app has it:
// HMAC-SHA-1, six digits, a new code every 30 seconds.
const (
	factorPeriod = 30 // seconds
	factorBytes  = 20 // RFC 4226, section 4: 160 bits
	factorSlack  = 1  // codes of the step before and after are taken: clocks differ
)

// newFactor makes a secret in base32.
func newFactor() string {
	b := make([]byte, factorBytes)
	rand.Read(b)
	return letters.EncodeToString(b)
}

// factorOf gives back a secret that came with a form, or a new one if it is not
// what newFactor makes.
func factorOf(said string) string {
	if b, err := letters.DecodeString(said); err == nil && len(b) == factorBytes {
		return said
	}
	return newFactor()
}

// stepOf finds the time step to which a code belongs; false if to none of now.
func stepOf(secret, code string, now time.Time) (int64, bool) {
	code = strings.ReplaceAll(code, " ", "")
	at := now.Unix() / factorPeriod
	for _, step := range []int64{at, at - factorSlack, at + factorSlack} {
		if ok, err := hotp.ValidateCustom(code, uint64(step), secret, hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1}); ok && err == nil {
			return step, true
		}
	}
	return 0, false
}

// checkCode takes a code of a user's second factor, or a recovery code; each
// works once.
func (m *Room) checkCode(tx *db.Tx, u *User, code string, now time.Time) (ok, recovery bool, err error) {
	if isRecovery(code) {
		ok, err = useRecovery(tx, u.ID, recoveryDigest(code))
		return ok, ok, err
	}
	secret, err := m.unseal(u.ID, u.factor)
	if err != nil {
		return false, false, err
	}
	step, ok := stepOf(secret, code, now)
	if !ok {
		return false, false, nil
	}
	ok, err = useStep(tx, u.ID, step)
	return ok, false, err
}

// enrolment is a second factor as it is offered: as a picture and to be typed.
type enrolment struct {
	Secret string  `json:"-"`
	Typed  string  `json:"-"` // the secret in groups of four
	Code   picture `json:"-"`
}

// picture is a QR code as the path of an SVG.
type picture struct {
	Size int    // modules in a row, with the quiet zone
	Path string // the dark modules
}

// quiet is the light frame that ISO/IEC 18004 asks for, in modules.
const quiet = 4

func enrol(secret, issuer, name string) (enrolment, error) {
	e := enrolment{Secret: secret}
	for i := 0; i < len(secret); i += 4 {
		e.Typed += secret[i:min(i+4, len(secret))] + " "
	}
	e.Typed = strings.TrimSpace(e.Typed)
	q := url.Values{"secret": {secret}, "issuer": {issuer}, "algorithm": {"SHA1"}, "digits": {"6"}, "period": {fmt.Sprint(factorPeriod)}}
	label := issuer
	if name != "" {
		label += ":" + name
	}
	address := "otpauth://totp/" + url.PathEscape(label) + "?" + strings.ReplaceAll(q.Encode(), "+", "%20")
	key, err := otp.NewKeyFromURL(address)
	if err != nil {
		return e, fmt.Errorf("make enrolment: %w", err)
	}
	e.Code, err = draw(key)
	return e, err
}

// draw makes the picture of a key. The module scales its image; the smallest
// size that it takes is one dot for each module of the code.
func draw(key *otp.Key) (picture, error) {
	for size := 21; ; size += 4 { // versions 1 to 40
		img, err := key.Image(size, size)
		if err != nil {
			if size < 177 {
				continue
			}
			return picture{}, fmt.Errorf("draw enrolment: %w", err)
		}
		var path strings.Builder
		for y := range size {
			drawRow(&path, size, y, func(x int) bool { r, _, _, _ := img.At(x, y).RGBA(); return r < 0x8000 })
		}
		return picture{size + 2*quiet, path.String()}, nil
	}
}

// drawRow draws the dark runs of one row.
func drawRow(path *strings.Builder, size, y int, dark func(x int) bool) {
	for x := 0; x < size; x++ {
		run := 0
		for x+run < size && dark(x+run) {
			run++
		}
		if run > 0 {
			fmt.Fprintf(path, "M%d %dh%dv1h-%dz", x+quiet, y+quiet, run, run)
			x += run
		}
	}
}
