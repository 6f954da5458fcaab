// Package linkage says who is who: it groups the findings of one document into
// mentions, joins the rows of the council's registers into persons, ties
// mentions to persons with a posterior probability, clusters the mentions of
// people on no register, and finds the households.
//
// In: findings with their clumps (NewGrouper), register records, mentions,
// human decisions and the ids given in earlier runs (Resolve). Out: mentions;
// people, links, households, residences and redirects; and for any link the
// reasons in plain words (Explain).
//
// Two jobs, two algorithms. A mention is looked up in the register and its
// candidates compete, "nobody on a register" among them (compete.go). Mentions
// that nobody claims, and the rows of the registers themselves, are scored in
// pairs and clustered under guard (guard.go): never by plain connected
// components, which join strangers as soon as one wrong link bridges them. Both
// use the same comparison (compare.go), the same weights (params.go) and the
// same blocking keys (keys.go).
//
// It must never: use a clock, randomness, the order of its input or the number
// of workers; let a human decision move a weight; tie two humans by a bare name
// across documents; break a human decision; print a value.
//
// A new comparison field is one more row in fields.go, its levels in compare.go
// and its shipped weights in params_table.go. A new blocking key is one case in
// keys.go. A new register layout is one file register_<name>.go.
package linkage
