package plant

import (
	"fmt"
	"os"
	"path/filepath"
)

// oddities adds what every real share has: files that are empty, broken,
// locked, misnamed or not to be followed.
func (t *town) oddities(s *shelf, dir string) error {
	if _, err := s.put("Scans/empty.pdf", nil, ItemTruth{Status: []string{"read"}, Format: "empty"}, nil); err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "passwords.txt"), []byte("norvale2014\n"), 0o644); err != nil {
		return fmt.Errorf("write passwords: %w", err)
	}
	return nil
}
