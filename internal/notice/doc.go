// Package notice tells a person something, once, provably, by any channel: what
// was found of them in the copied files, and what they can do.
//
// In flow the rows of a named list version, the council's wording, and what the
// guard says of each person; out flow letters, e-mails and texts through a
// Channel, lists for delivery by hand, receipts, and the view notice_status.
//
// What holds:
//
//   - A run is a list frozen with its digest. Two named people sign it after
//     every letter was set, read back out of its file and checked, and some were
//     drawn to pixels and looked at (look.go); it can be paused and stopped.
//   - Each message leaves once. It is marked as leaving in a transaction of its
//     own before anything is handed over, under a reference that the channel
//     can be asked for; what was leaving when the program died is looked up
//     before it is tried again.
//   - The Guard is asked when a run is frozen and again for each message as it
//     leaves. A refusal is a row with its reason.
//   - No letter says that somebody is not affected. Nothing but the sure and
//     plain is said before a human verdict. A child is never written to, nor a
//     dead person, without a decision on record; an adult is never chosen by
//     the machine.
//   - What people carry, by hand, on the telephone or through a named worker, is
//     marked as leaving in their name before anybody is told; the guard is asked
//     then, at each print, and at the outcome, and exactly one outcome ends it.
//   - Whoever tells people without seeing lists of them has one call or round,
//     which the room chooses (telling_page.go). No address of theirs names a
//     person; what they are shown is a reveal on record and ends with the call.
//   - Text messages, the outside of letters, errors and logs name no data.
//
// The room knows recipients, templates and facts, not exposures. It never
// imports review: Guard and Evidence are declared here and wired by cmd/reeve.
//
// To add something that can come of a call, a visit or a worker's talk: a row in
// outcome.go. To add a channel: channel_x.go and a line in the conformance suite. A
// template: a file in templates/. A rule of content: a row in
// requirement_table.go, which every template and every letter is held to.
package notice
