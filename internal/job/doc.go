// Package job is work that must not be lost: rooms enqueue it in the
// transaction that makes it necessary, and a Queue runs it afterwards, in this
// process or another one.
//
//	job.Enqueue(tx, "notice.send", sendArgs{Run: 7}, job.Key("run 7"))
//
//	q := job.New(d, []job.Handler{{Kind: "notice.send", Run: room.send}}, log)
//	q.Run(ctx) // until ctx is cancelled
//
// What holds: a job runs at least once, so a handler must be able to begin
// again where it was; one worker at a time has it; a worker holds it by a lease
// that it renews, however long the work takes, so that the work of a killed
// process begins again within LeaseTime; failures are tried again later and
// later; what failed for good is kept, with its reason, until somebody retries
// or drops it. Jobs of different kinds never wait for each other; those of one
// kind run in the order in which they became due. Leases go by the clocks of the
// machines, which must agree within half a LeaseTime.
//
// In flow names of kinds and arguments as JSON: ids and options, never personal
// values, because they are listed on a page and kept in the clear. Out flows
// List for that page. Errors of handlers are kept as text and follow the rule of
// the house that no error holds a personal value.
//
// The table is the same on SQLite and PostgreSQL (docs/decisions/021). To add a
// kind, add a Handler to the room that does the work.
package job
