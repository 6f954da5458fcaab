package incident

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/web"
)

// mostDigested is how many bytes a file may have whose digest is reckoned here;
// larger ones are digested where they are.
const mostDigested = 8 << 30

var digestPage = web.NewPage[digestView](pages, "evidence_digest.html")

// digestView is the form that takes a file.
type digestView struct {
	Most string `json:"most"`
}

func (m *Room) digestForm(*web.Request) (web.Answer, error) {
	return digestPage.With("Digest of a file", digestView{Most: "8 GB"}), nil
}

// digestFile reckons the SHA-256 and the size of a file as it comes in and leads
// on to the form with both filled in. No byte of the file is kept.
func (m *Room) digestFile(r *web.Request) (web.Answer, error) {
	parts, err := r.MultipartReader()
	if err != nil {
		return nil, fmt.Errorf("read file: %w", reeve.Invalid)
	}
	for {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return nil, reeve.WithHint(fmt.Errorf("read file: %w", reeve.Invalid), "choose a file")
		}
		if err != nil {
			return nil, tooLarge(err)
		}
		if part.FileName() == "" {
			continue
		}
		sum := sha256.New()
		size, err := io.Copy(sum, part)
		if err != nil {
			return nil, tooLarge(err)
		}
		q := url.Values{"sha256": {hex.EncodeToString(sum.Sum(nil))}, "size": {strconv.FormatInt(size, 10)}}
		return web.Redirect("/evidence/new?"+q.Encode(), "The digest is filled in below. The file was not kept."), nil
	}
}

func tooLarge(err error) error {
	hint := "the file was cut short: send it again"
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		hint = "the file is too large: let sha256sum digest it where it is, and type what it says"
	}
	return reeve.WithHint(fmt.Errorf("read file: %w", reeve.Invalid), hint)
}

// digested fills a new piece with what digestFile found.
func (e *Evidence) digested(r *web.Request) {
	digest, err := readSHA256(r.Ask("sha256"))
	size, wrong := strconv.ParseInt(r.Ask("size"), 10, 64)
	if err == nil && wrong == nil && size >= 0 {
		e.SHA256, e.Size = digest, size
	}
}
