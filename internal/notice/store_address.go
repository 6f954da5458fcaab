package notice

import (
	"strings"

	"github.com/reeve-council/reeve/internal/db"
)

// home is an address at which somebody lives, as the case's gazetteers have it
// (the view case_addresses). It names nobody.
type home struct {
	register int64
	uprn     string
	lines    []string // without name and postcode
	postcode string
	council  string
}

// block is the address block of a letter to a home.
func (h *home) block() []string {
	return addressLines(occupier, strings.Join(h.lines, ", "), h.postcode)
}

// readHomes gives homes from behind one in the order of their postcodes, so that
// addresses that are written alike stand together; of one council where it is
// named.
func readHomes(tx *db.Tx, council string, after home, limit int) ([]home, error) {
	where, args := "", []any{after.postcode, after.uprn, after.register}
	if council != "" {
		where, args = " AND council = ?", append(args, council)
	}
	return db.All(tx, func(row db.Row) (h home, err error) {
		var lines string
		err = row.Scan(&h.register, &h.uprn, &lines, &h.postcode, &h.council)
		h.lines = strings.Split(lines, "\n")
		return h, err
	}, "SELECT register, uprn, lines, postcode, council FROM case_addresses WHERE (postcode, uprn, register) > (?, ?, ?)"+where+
		" ORDER BY postcode, uprn, register LIMIT ?", append(args, limit)...)
}

// homesAt gives what gazetteers say of one UPRN.
func homesAt(tx *db.Tx, uprn string) ([]home, error) {
	return db.All(tx, func(row db.Row) (h home, err error) {
		var lines string
		err = row.Scan(&h.register, &h.uprn, &lines, &h.postcode, &h.council)
		h.lines = strings.Split(lines, "\n")
		return h, err
	}, "SELECT register, uprn, lines, postcode, council FROM case_addresses WHERE uprn = ? ORDER BY register", uprn)
}

// homeCount is how many addresses of a council's gazetteers are homes (reason "")
// or are none, for a reason.
type homeCount struct {
	Council string
	Reason  Reason
	N       int64
}

// countHomes counts the addresses of gazetteers; of one council where it is named.
func countHomes(tx *db.Tx, council string) ([]homeCount, error) {
	where, args := "", []any(nil)
	if council != "" {
		where, args = " WHERE council = ?", []any{council}
	}
	return db.All(tx, func(row db.Row) (c homeCount, err error) {
		return c, row.Scan(&c.Council, &c.Reason, &c.N)
	}, "SELECT council, reason, SUM(n) FROM case_address_counts"+where+" GROUP BY council, reason ORDER BY council, reason", args...)
}

// homeOut is an address that a run left out, or a count of such addresses.
type homeOut struct {
	uprn   string
	reason Reason
	n      int64
}

// loadHomesOut keeps what a run left out; from is how many lines it has already.
func loadHomesOut(tx *db.Tx, run, from int64, all []homeOut) error {
	load := tx.Load("notice_home_out", "run", "line", "uprn", "reason", "n")
	for i, x := range all {
		if err := load.Add(run, from+int64(i)+1, x.uprn, string(x.reason), x.n); err != nil {
			return err
		}
	}
	return load.Close()
}

// suppressedHome tells whether nothing is to be posted to where a frozen message
// goes.
func suppressedHome(tx *db.Tx, m *frozenMessage) (bool, error) {
	bad, err := suppressedPlaces(tx, blockPlaces(m.Recipient.open().Lines))
	return len(bad) > 0, err
}
