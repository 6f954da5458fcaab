package demo

import (
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/reeve-council/reeve/internal/notice"
)

// practice is the sample incident's way to the simulator of GOV.UK Notify: the
// channel "practice" of the workspace, which goes on with its log. Its clock is
// set where the story moves on.
type practice struct{ *notice.Practice }

func newPractice(dir string) (*practice, error) {
	folder := filepath.Join(dir, notice.LettersFolder)
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("make the folder of letters: %w", err)
	}
	p, err := notice.NewPractice(folder, 1)
	return &practice{p}, err
}

// open sets the clock to a moment of the story.
func (p *practice) open(when string) error { return p.Begin(time.Unix(at(when), 0)) }
