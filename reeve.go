// Package reeve finds whose personal data was in files that were copied from a
// council, and runs the response until the last letter is sent.
//
// The main job is a pipeline in one direction:
//
//	Exhibit ─evidence→ Item ─format→ Block ─detect→ Finding ─linkage→ Mention → Person, Household ─risk→ Exposure
//
// This package holds the nouns which that pipeline passes on, and nothing else:
// no database, no network, no clock. The stages stand side by side in
// internal/evidence, internal/format, internal/detect, internal/linkage and
// internal/risk; each is a set of functions over these values. internal/sweep
// runs them over exhibits and keeps the case. What they share below them is
// internal/lex (tokens, normal forms, the compiled register index),
// internal/ole, internal/zip and internal/charset (containers and encodings)
// and internal/uk (facts of this country). cmd/reeve wires everything by hand.
//
// docs/house.md is the plan of the house, and house_test.go holds the code to
// it. The words are those of the contract in docs/contract.md.
package reeve
