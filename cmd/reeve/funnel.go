package main

import (
	"fmt"
	"io"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/sweep"
)

// printFunnel prints the account with which a sweep ends.
func printFunnel(w io.Writer, f sweep.Funnel) {
	line := func(what string, n int64) { fmt.Fprintf(w, "%-38s %12s\n", what, thousands(n)) }
	line("items seen", f.Items)
	line("  read", f.Read)
	line("  partly read", f.PartlyRead)
	line("  not read", f.NotRead)
	for _, r := range f.Reasons {
		why := string(r.Status)
		if r.Reason != "" {
			why += ", " + string(r.Reason)
		}
		line("    "+why, r.Items)
	}
	if f.Pages > 0 {
		line("pages not read in them", f.Pages)
	}
	line("items with personal data", f.Personal)
	line("people", f.People)
	for i := len(reeve.Bands) - 1; i >= 0; i-- {
		line("  "+string(reeve.Bands[i]), f.ByBand[string(reeve.Bands[i])])
	}
	for _, t := range []reeve.Tier{reeve.TierStrong, reeve.TierLikely, reeve.TierPossible} {
		line("  linked: "+string(t), f.ByTier[string(t)])
	}
	line("households", f.Households)
	fmt.Fprintf(w, "%-38s %12s\n", "sealed people, in no number above", f.Sealed)
	if f.NotHeld+f.Differs > 0 {
		line("listed as taken, not held", f.NotHeld)
		line("listed as taken, held differently", f.Differs)
	}
}
