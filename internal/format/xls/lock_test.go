package xls

import (
	"testing"

	"github.com/reeve-council/reeve/internal/format/compound/compoundtest"
	"github.com/reeve-council/reeve/internal/ole"
)

// lockRC4 encrypts a workbook the way that Excel 97 does.
func lockRC4(t testing.TB, b []byte, password string) []byte {
	t.Helper()
	header := compoundtest.LockRC4(password)
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
