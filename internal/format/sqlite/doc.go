// Package sqlite reads the tables of an SQLite 3 database file, page by page,
// without a database engine (file format: sqlite.org/fileformat2.html; section
// numbers in comments are its).
//
// Bytes flow in; each table flows out as rows under its column names, in the
// order of the file, and rows that are left on freed pages as deleted rows. No
// SQL is run, nothing is written, no lock is taken and no companion file is
// opened. Every page is visited at most once, so that a tree that loops ends.
package sqlite
