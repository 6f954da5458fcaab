package detect

import (
	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/uk"
)

// upn is the Unique Pupil Number of England.
var upn = Detector{
	Kind: reeve.KindUPN, Rule: "upn/1", Label: "your Unique Pupil Number (UPN)",
	Near:    `upn|unique pupil number|unique pupil no|pupil number|former upn`,
	Headers: `upn|unique pupil number|upn id|unique pupil num|unique pupil no|former upn|pupil upn|upn no`,
	Shape:   Shape{Mixed: lengths(13)}, Check: uk.NormUPN[string], Lone: reeve.ConfidenceD, NearPerson: reeve.ConfidenceC,
	Hits:   []string{"UPN: {B801200005001}", "Unique Pupil Number {H801200001001}", "upn {p207000016049}"},
	Misses: []string{"UPN: A801200005001", "Part B801200005002"},
}

// uln is the Unique Learner Number; its sum is built to exclude NHS numbers.
var uln = Detector{
	Kind: reeve.KindULN, Rule: "uln/1", Label: "your Unique Learner Number (ULN)",
	Near:    `uln|unique learner number|learner number|learner reference`,
	Headers: `uln|unique learner number|learner number|unique learner no|uln no`,
	Shape:   Shape{Digits: lengths(10)}, Check: uk.NormULN[string],
	Hits:   []string{"ULN: {9276308686}", "Unique Learner Number {9276308686}"},
	Misses: []string{"ULN: 9276308687", "Order number 9276308686"},
}
