package evidence

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"slices"
)

// FileDigest is one file on disk: the SHA-256 of its bytes in lower-case hex,
// "" where it could not be read, and its item path.
type FileDigest struct{ Digest, Path string }

// ExhibitDigest is the SHA-256, in hex, of the sorted lines "sha256  path" of
// an exhibit's files on disk, each with its line end, unreadable files as "-".
// It is what `sha256sum` and `sort` give, so that anyone can check it.
func ExhibitDigest(files []FileDigest) string {
	lines := make([]string, len(files))
	for i, f := range files {
		if f.Digest == "" {
			f.Digest = "-"
		}
		lines[i] = f.Digest + "  " + f.Path + "\n"
	}
	slices.Sort(lines)
	h := sha256.New()
	for _, line := range lines {
		io.WriteString(h, line)
	}
	return hex.EncodeToString(h.Sum(nil))
}
