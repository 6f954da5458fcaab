// Package dbtest opens databases for tests: SQLite in a temporary folder, and
// PostgreSQL in a private cluster on a private socket, which it starts when a
// test first asks and stops in the end. Only tests import it.
//
//	func TestMain(m *testing.M) { os.Exit(dbtest.Main(m)) }
//
//	func TestStore(t *testing.T) {
//		dbtest.Each(t, func(t *testing.T, d *db.DB) { … })
//	}
//
// Where PostgreSQL is not installed its tests are skipped with a line that says
// so; with CI set in the environment they fail.
package dbtest
