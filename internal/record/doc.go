// Package record is the tamper-evident log of a case: who did what to which
// thing, when. Every act of a person or a job that changes state appends one
// leaf in the transaction that makes the change, so that neither is there
// without the other.
//
// The log is the Merkle tree of RFC 6962 (golang.org/x/mod/sumdb/tlog). Its
// head, a size and one hash, fits on a printed page; whoever holds an old head
// can have it proved that nothing before it was changed, taken out or put in.
//
// A leaf holds no personal data: it holds a commitment, a salted hash, to the
// readable line, which is kept beside it with its salt. When the line must be
// destroyed, Destroy removes line and salt; the leaf stays, the tree stays
// whole, and that a line was there stays proved.
//
// In flows a Leaf from any room above; out flow lines for the timeline, heads,
// proofs and bundles. Nothing here edits or deletes a leaf: what was wrong is
// corrected by a later one.
//
// Heads are signed with the key of the case (Sign, Notary) and go outside: on
// printed pages, to witnesses, who sign them too (Cosign, KeepCosignature). A
// Bundle is the record for others to keep; Verify checks one and trusts nothing
// but the public key and an older head. A change of keys is a leaf (Rotate).
//
// A new sort of line in a bundle is one case in verify.go's entry and one
// function in bundle.go; what older programs cannot read needs a new header.
package record
