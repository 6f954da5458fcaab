// Package db is the one way to the database of a case: a SQLite file inside the
// case folder, or a PostgreSQL database. It alone knows the two dialects.
//
// Rooms write one SQL text with ? for each value, plain types (INTEGER, TEXT,
// BLOB, REAL) in their schema, and call
//
//	d.Read(ctx, func(tx *db.Tx) error { … })    // one consistent view
//	d.Write(ctx, func(tx *db.Tx) error { … })   // all or nothing
//
// Inside, Exec, Each, All and One run statements, and Bulk loads many rows. A
// room brings its tables with Migrate, each room with a counter of its own.
//
// What holds on both databases: text is compared bytewise; INTEGER has 64 bits;
// foreign keys are enforced; text that is no valid UTF-8 or holds a NUL byte is
// stored with U+FFFD in its place; a value from the database is never part of
// an error. Times are INTEGER seconds UTC, and floats stay out of what is
// ordered or grouped.
//
// The package never names a room's table, and rooms never open a database
// themselves. A third dialect is a file beside sqlite.go and postgres.go.
package db
