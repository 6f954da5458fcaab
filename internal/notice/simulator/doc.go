// Package simulator stands in for GOV.UK Notify, for practice and for tests: the
// same addresses, signatures, limits, errors and statuses, on a clock of its own
// that runs a set multiple of real time. Nothing is sent to anybody.
//
// In flow signed requests, as Notify takes them; out flow its answers, and the
// callbacks that Notify sends by itself. Every message that it takes is a line of
// its log, written before the answer: opened again, it goes on where it was, and
// the log proves who got what how often. The log holds references and times,
// never a name, an address or a text.
//
// A letter is read as it would be printed (letter.go): size and number of its
// pages, where text stands, and the address in the window. What is wrong is
// found, as by Notify, after the letter was taken: its status is then
// validation-failed, and the log says why by Notify's name. Pictures and lines are
// not looked at, nor are pixels.
package simulator
