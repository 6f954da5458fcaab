package plant

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/reeve-council/reeve"
)

// Options say what to make. The same options give the same bytes.
type Options struct {
	Seed      uint64
	People    int    // residents, 50 to 490,000; 0 is 3,000
	Documents int    // documents of the share, without oddities; 0 is 1,500
	Style     string // letters A to F that authors may have; "" is all. D to F are for judging
	Dir       string // made if it is not there; must be empty or absent
}

// Generate writes registers, exhibit and truth below o.Dir and gives the truth.
// It stops with the context's error; errors name no value.
func Generate(ctx context.Context, o Options) (*Truth, error) {
	if err := o.settle(); err != nil {
		return nil, err
	}
	town := newTown(o.Seed, o.People)
	town.style = o.Style
	truth := &Truth{Seed: o.Seed, AsOf: asOf.String(), Exhibit: "share", Passwords: "passwords.txt"}
	var err error
	if truth.Registers, err = town.writeRegisters(filepath.Join(o.Dir, "registers")); err != nil {
		return nil, err
	}
	s := &shelf{dir: filepath.Join(o.Dir, "share"), truth: truth, used: map[string]bool{}, bundles: map[string]*bundle{}}
	if err := town.fill(ctx, s, o.Seed, o.Documents); err != nil {
		return nil, err
	}
	if err := town.oddities(s, o.Dir); err != nil {
		return nil, err
	}
	truth.settle()
	truth.judge(town)
	if err := truth.write(filepath.Join(o.Dir, "truth")); err != nil {
		return nil, err
	}
	return truth, age(o.Dir)
}

func (o *Options) settle() error {
	if o.People == 0 {
		o.People = 3000
	}
	if o.Documents == 0 {
		o.Documents = 1500
	}
	if o.Style == "" {
		o.Style = "ABCDEF"
	}
	switch {
	case o.People < 50 || o.People > 490000:
		return fmt.Errorf("number of residents, 50 to 490,000: %w", reeve.Invalid)
	case strings.Trim(o.Style, "ABCDEF") != "":
		return fmt.Errorf("styles are letters A to F: %w", reeve.Invalid)
	case o.Dir == "":
		return fmt.Errorf("no folder to write to: %w", reeve.Invalid)
	}
	if list, err := os.ReadDir(o.Dir); err == nil && len(list) > 0 {
		return fmt.Errorf("folder to write to is not empty: %w", reeve.Conflict)
	}
	return nil
}
