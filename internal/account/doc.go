// Package account is who works here: staff with passwords and second factors
// that need no directory, their sessions and tokens, and the policy that says
// what each role may do.
//
// It answers the two questions that package web asks of its Door: who sent this
// request, and may they do that. It also keeps what a visitor may see for a
// while: grants (values in clear after a logged reveal) and openings (a sealed
// person, agreed to by two named people).
//
// In flow names, passwords, codes and reasons as people type them. Out flow
// web.Visitor and web.Ruling; and for rooms above, inside their own
// transactions: Reveal, Second, Users and Names. A room that shows a sealed person
// appends SealedRead; who reads them is gathered from the record, which names
// nobody of them but in its lines in words.
//
// What is never allowed: a password, code, token or session id in the database
// other than as a hash (the secret of a second factor is sealed with the key in
// the case folder); a typed sign-in name in the record or a log; an answer that
// tells whether a sign-in name, or a sealed person, is there; a role that both
// administers and sees personal data.
//
// Where to add things: a right is a line in policy_table.go (docs/policy.md is
// made from it: go test -run Policy -update); a role is a line in role_table.go;
// a thing that can be revealed is a line in reveal.go; another way to sign in,
// such as a passkey or single sign-on, is a Way in way.go.
package account
