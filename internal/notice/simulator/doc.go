// Package simulator stands in for GOV.UK Notify, for practice and for tests: the
// same addresses, signatures, limits, errors and statuses, on a clock of its own
// that runs a set multiple of real time. Nothing is sent to anybody.
//
// In flow signed requests, as Notify takes them; out flow its answers. Every
// message that it takes is a line of its log, written before the answer: opened
// again, it goes on where it was, and the log proves who got what how often.
// The log holds references and times, never a name, an address or a text.
//
// What it does not do: it reads no letter's print. Geometry is held to Notify's
// rules before a letter leaves (notice, geometry.go).
package simulator
