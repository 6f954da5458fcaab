// Package carve takes runs of text out of what only its own program can open:
// backups and data files of SQL Server. It is for triage: it shows whether
// there is anything about people in the file, and the outcome says that the
// file needs restoring to be read.
//
// Bytes flow in; lines in layer deleted flow out, one for each run, without
// tables, columns or places in them. It must never say that a file was read.
// A further format of that kind is one function like ReadBackup.
package carve
