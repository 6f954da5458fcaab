// Package risk weighs what was exposed of one person: severity after ENISA,
// signals with their source, lane, safe contact, seal, priority.
//
// In: a person's register records and the findings that links at `likely` or
// above tie to them. Out: a reeve.Exposure with its reasons in plain words.
// risk never decides that somebody need not be told, and its band is a sorting
// aid, not the Article 34 decision. It sees no text: kinds, confidences, dates.
//
// To change a weight, see the tables in enisa.go; to add a signal, add it to
// package reeve and to the lanes in signal.go.
package risk
