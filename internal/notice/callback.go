package notice

import (
	"crypto/sha256"
	"crypto/subtle"
	"encoding/json"
	"fmt"
	"io"

	"github.com/reeve-council/reeve"
)

func sameToken(a, b string) bool {
	x, y := sha256.Sum256([]byte(a)), sha256.Sum256([]byte(b))
	return subtle.ConstantTimeCompare(x[:], y[:]) == 1
}

// readCallback reads a delivery receipt (id, reference, status …) or a returned
// letter (notification_id, reference, date_sent …), as Notify describes them.
func readCallback(r io.Reader) (reference, status string, err error) {
	var x struct {
		Reference string `json:"reference"`
		Status    string `json:"status"`
		Letter    string `json:"notification_id"`
	}
	if json.NewDecoder(r).Decode(&x) != nil || x.Reference == "" {
		return "", "", fmt.Errorf("read callback: %w", reeve.Invalid)
	}
	if x.Letter != "" && x.Status == "" {
		x.Status = "returned"
	}
	return x.Reference, x.Status, nil
}
