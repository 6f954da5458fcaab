package enquiry

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
)

// addReport keeps a report with its files, to be read later, and gives its
// number; one that is there already is left as it is.
func addReport(tx *db.Tx, s Submission) (id int64, added bool, err error) {
	if err := tx.Serialise("enquiry-scam"); err != nil {
		return 0, false, err
	}
	err = tx.One([]any{&id}, "SELECT id FROM scam_report WHERE reference = ? OR digest = ? AND digest <> ''", s.Reference, s.Digest)
	if err == nil || !errors.Is(err, reeve.NotFound) {
		return id, false, err
	}
	if id, err = next(tx, "SELECT COALESCE(MAX(id), 0) + 1 FROM scam_report"); err != nil {
		return 0, false, err
	}
	p := s.Person
	_, err = tx.Exec(`INSERT INTO scam_report (id, reference, channel, way, council, name, email, phone, sender, subject, words, said, copied, vulnerable, state, signs, cluster, alike,
		unread, outcome, received, digest, by_name, version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '', '', ?, ?, ?, 'new', '', 0, 0, 1, '', ?, ?, ?, 1)`,
		id, s.Reference, s.Channel, s.Scam.Way, s.Council, p.Name.Reveal(), p.Email.Reveal(), p.Phone.Reveal(), defang(s.Scam.Sender.Reveal()),
		defang(s.Words.Reveal()), s.Scam.Copied, s.Vulnerable, s.At, s.Digest, s.ByName)
	if err != nil {
		return 0, false, fmt.Errorf("keep report: %w", err)
	}
	for i, f := range s.Scam.Files {
		digest := digestOf(f.Body)
		if _, err := tx.Exec("INSERT INTO scam_file (report, n, name, digest, size, type, status) VALUES (?, ?, ?, ?, ?, '', '')", id, i+1, defang(f.Name.Reveal()), digest, len(f.Body)); err != nil {
			return 0, false, fmt.Errorf("keep report: %w", err)
		}
		if err := keepBody(tx, digest, f.Body); err != nil {
			return 0, false, err
		}
	}
	return id, true, nil
}

// keepBody keeps bytes once.
func keepBody(tx *db.Tx, digest string, body []byte) error {
	if _, err := tx.Exec("INSERT INTO scam_body (digest, body) VALUES (?, ?) ON CONFLICT DO NOTHING", digest, body); err != nil {
		return fmt.Errorf("keep attachment: %w", err)
	}
	return nil
}

// unreadReports are the reports whose files nobody read yet, with the bytes.
func unreadReports(tx *db.Tx, limit int) ([]Report, error) {
	return db.All(tx, scanReport, reportColumns+"WHERE unread = 1 ORDER BY id LIMIT ?", limit)
}

func filesOf(tx *db.Tx, report int64) ([]ReportFile, error) {
	return db.All(tx, func(row db.Row) (f ReportFile, err error) {
		var name string
		err = row.Scan(&name, &f.Digest, &f.Size, &f.Type, &f.Status)
		f.Name = private(name)
		return f, err
	}, "SELECT name, digest, size, type, status FROM scam_file WHERE report = ? ORDER BY n", report)
}

func bodyOf(tx *db.Tx, digest string) (body []byte, err error) {
	err = tx.One([]any{&body}, "SELECT body FROM scam_body WHERE digest = ?", digest)
	return body, err
}

// bodyIfHeld gives the bytes of a digest; false where only its number is kept, as
// of what lay inside another file.
func bodyIfHeld(tx *db.Tx, digest string) (body []byte, held bool, err error) {
	body, err = bodyOf(tx, digest)
	if errors.Is(err, reeve.NotFound) {
		return nil, false, nil
	}
	return body, err == nil, err
}

func linksOfReport(tx *db.Tx, report int64) ([]ReportLink, error) {
	return db.All(tx, func(row db.Row) (l ReportLink, err error) {
		return l, row.Scan(&l.Target, &l.Shown)
	}, "SELECT target, shown FROM scam_link WHERE report = ? ORDER BY n", report)
}

// reading is what was found in a report.
type reading struct {
	message Message
	files   []ReportFile // beyond those that came: inside a message that was attached
	state   []ReportFile // type and status of those that came, in order
	outcome string
}

// keepReading writes down what was read of a report and puts it into its group.
func keepReading(tx *db.Tx, r Report, found reading) error {
	m := &found.message
	var codes []string
	for _, s := range signsOf(m) {
		codes = append(codes, s.Code)
	}
	for i, f := range found.state {
		if _, err := tx.Exec("UPDATE scam_file SET type = ?, status = ? WHERE report = ? AND n = ?", f.Type, f.Status, r.ID, i+1); err != nil {
			return err
		}
	}
	for i, f := range found.files {
		_, err := tx.Exec("INSERT INTO scam_file (report, n, name, digest, size, type, status) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
			r.ID, len(found.state)+i+1, defang(f.Name.Reveal()), f.Digest, f.Size, f.Type, f.Status)
		if err != nil {
			return err
		}
	}
	for i, l := range linksOf(m) {
		if _, err := tx.Exec("INSERT INTO scam_link (report, n, target, shown) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING", r.ID, i+1, defang(l.Target), defang(l.Shown)); err != nil {
			return err
		}
	}
	cluster, alike, err := joinCluster(tx, r, m)
	if err != nil {
		return err
	}
	_, err = tx.Exec("UPDATE scam_report SET unread = 0, sender = ?, subject = ?, words = ?, signs = ?, outcome = ?, cluster = ?, alike = ?, version = version + 1 WHERE id = ?",
		defang(strings.TrimSpace(m.FromName+" "+m.From)), defang(m.Subject), defang(m.Words), strings.Join(codes, ";"), found.outcome, cluster, alike, r.ID)
	return err
}

// mostMet is how many groups a report is compared with.
const mostMet = 20

// joinCluster finds the group of a report, or begins one.
func joinCluster(tx *db.Tx, r Report, m *Message) (cluster int64, alike int, err error) {
	if err := tx.Serialise("enquiry-cluster"); err != nil {
		return 0, 0, err
	}
	sig, strong := signatureOf(m.Subject+" "+m.Words), strongKeys(m)
	keys := append(sig.bands(), strong...)
	met, err := meet(tx, keys)
	if err != nil {
		return 0, 0, err
	}
	best := Cluster{}
	for _, id := range met {
		c, err := readCluster(tx, id)
		if err != nil {
			return 0, 0, err
		}
		n, err := closest(tx, c, sig)
		if err != nil {
			return 0, 0, err
		}
		if shares, err := sharesKey(tx, id, strong); err != nil {
			return 0, 0, err
		} else if shares {
			n = 100
		}
		if n >= alikeEnough && (n > alike || n == alike && id < best.ID) {
			best, alike = c, n
		}
	}
	if best.ID == 0 {
		alike = 100
		if best.ID, err = beginCluster(tx, r, m, sig); err != nil {
			return 0, 0, err
		}
	}
	_, err = tx.Exec("UPDATE scam_cluster SET reports = reports + 1, copied = copied + ?, first_seen = CASE WHEN first_seen > ? THEN ? ELSE first_seen END, last_seen = CASE WHEN last_seen < ? THEN ? ELSE last_seen END WHERE id = ?",
		r.Copied, r.Received, r.Received, r.Received, r.Received, best.ID)
	if err != nil {
		return 0, 0, err
	}
	return best.ID, alike, addKeys(tx, best.ID, keys)
}

// closest is how alike a text is to the wording of a group, or of one that staff
// put into it.
func closest(tx *db.Tx, c Cluster, sig signature) (int, error) {
	n := sig.likeness(c.signature)
	err := tx.Each(func(row db.Row) error {
		var text string
		err := row.Scan(&text)
		n = max(n, sig.likeness(readSignature(text)))
		return err
	}, "SELECT signature FROM scam_wording WHERE cluster = ?", c.ID)
	return n, err
}

// meet gives the groups that share a key, those that share most first.
func meet(tx *db.Tx, keys []string) ([]int64, error) {
	if len(keys) == 0 {
		return nil, nil
	}
	args := []any{}
	for _, k := range keys {
		args = append(args, k)
	}
	return db.All(tx, func(row db.Row) (id int64, err error) { var n int64; return id, row.Scan(&id, &n) },
		"SELECT cluster, COUNT(*) AS n FROM scam_key WHERE key IN ("+marks(len(keys))+") GROUP BY cluster ORDER BY n DESC, cluster LIMIT ?", append(args, mostMet)...)
}

func sharesKey(tx *db.Tx, cluster int64, keys []string) (bool, error) {
	if len(keys) == 0 {
		return false, nil
	}
	args := []any{cluster}
	for _, k := range keys {
		args = append(args, k)
	}
	var n int64
	err := tx.One([]any{&n}, "SELECT COUNT(*) FROM scam_key WHERE cluster = ? AND key IN ("+marks(len(keys))+")", args...)
	return n > 0, err
}

// marks are n placeholders.
func marks(n int) string { return strings.TrimSuffix(strings.Repeat("?, ", n), ", ") }

// mostClusterKeys bounds what one group is found by.
const mostClusterKeys = 400

func addKeys(tx *db.Tx, cluster int64, keys []string) error {
	var n int
	if err := tx.One([]any{&n}, "SELECT COUNT(*) FROM scam_key WHERE cluster = ?", cluster); err != nil {
		return err
	}
	keys = slices.Compact(slices.Sorted(slices.Values(keys)))
	for _, k := range keys[:min(len(keys), max(0, mostClusterKeys-n))] {
		if _, err := tx.Exec("INSERT INTO scam_key (key, cluster) VALUES (?, ?) ON CONFLICT DO NOTHING", k, cluster); err != nil {
			return err
		}
	}
	return nil
}

func beginCluster(tx *db.Tx, r Report, m *Message, sig signature) (int64, error) {
	id, err := next(tx, "SELECT COALESCE(MAX(id), 0) + 1 FROM scam_cluster")
	if err != nil {
		return 0, err
	}
	_, err = tx.Exec(`INSERT INTO scam_cluster (id, title, way, reports, copied, first_seen, last_seen, signature, state, public_title, public_words, drafted_by, drafted_name, drafted_at,
		approved_by, approved_name, approved_at, version) VALUES (?, ?, ?, 0, 0, ?, ?, ?, 'open', '', '', '', '', 0, '', '', 0, 1)`,
		id, clusterTitle(m, r.Way), r.Way, r.Received, r.Received, sig.text())
	return id, err
}

// clusterTitle names a group without anything that could be personal: by how it
// came and where it leads.
func clusterTitle(m *Message, way string) string {
	for _, k := range strongKeys(m) {
		if host, ok := strings.CutPrefix(k, "host:"); ok {
			return wayWords(way) + ", leads to " + defang(host)
		}
	}
	return wayWords(way)
}

// reportColumns is what scanReport reads.
const reportColumns = `SELECT id, reference, channel, way, council, name, email, phone, sender, subject, words, said, copied, vulnerable, state, signs, cluster, alike, unread, outcome,
	received, version, emptied FROM scam_report `

func scanReport(row db.Row) (r Report, err error) {
	var name, email, phone, sender, subject, words, said, signs string
	var copied, vulnerable, unread int
	err = row.Scan(&r.ID, &r.Reference, &r.Channel, &r.Way, &r.Council, &name, &email, &phone, &sender, &subject, &words, &said, &copied, &vulnerable, &r.State, &signs, &r.Cluster, &r.Alike, &unread,
		&r.Outcome, &r.Received, &r.Version, &r.Emptied)
	r.Person, r.Sender, r.Subject, r.Words, r.Said = personOf(name, email, phone, "", ""), private(sender), private(subject), private(words), private(said)
	r.Copied, r.Vulnerable, r.Unread = copied == 1, vulnerable == 1, unread == 1
	if signs != "" {
		r.Signs = strings.Split(signs, ";")
	}
	return r, err
}

func readReport(tx *db.Tx, id int64) (r Report, err error) {
	return oneReport(tx, "WHERE id = ?", id)
}

func oneReport(tx *db.Tx, where string, args ...any) (r Report, err error) {
	all, err := db.All(tx, scanReport, reportColumns+where, args...)
	if err == nil && len(all) == 0 {
		err = reeve.NotFound
	}
	if err != nil {
		return r, fmt.Errorf("read report: %w", err)
	}
	return all[0], nil
}

// listReports gives a page of reports, the newest first, of a group or of all.
func listReports(tx *db.Tx, cluster int64, state string, councils []string, before int64, limit int) ([]Report, error) {
	where, args := "WHERE id < ?", []any{before}
	if cluster > 0 {
		where, args = where+" AND cluster = ?", append(args, cluster)
	}
	if state != "" {
		where, args = where+" AND state = ?", append(args, state)
	}
	if councils != nil {
		condition, values := ofCouncils("council", councils)
		where, args = where+" AND "+condition, append(args, values...)
	}
	return db.All(tx, scanReport, reportColumns+where+" ORDER BY id DESC LIMIT ?", append(args, limit)...)
}

// clusterColumns is what scanCluster reads.
const clusterColumns = `SELECT id, title, way, reports, copied, first_seen, last_seen, signature, state, public_title, public_words, drafted_by, drafted_name, drafted_at, approved_name,
	approved_at, version FROM scam_cluster `

func scanCluster(row db.Row) (c Cluster, err error) {
	var sig string
	err = row.Scan(&c.ID, &c.Title, &c.Way, &c.Reports, &c.Copied, &c.FirstSeen, &c.LastSeen, &sig, &c.State, &c.PublicTitle, &c.PublicWords, &c.DraftedBy, &c.DraftedName, &c.DraftedAt,
		&c.ApprovedName, &c.ApprovedAt, &c.Version)
	c.signature = readSignature(sig)
	return c, err
}

func readCluster(tx *db.Tx, id int64) (c Cluster, err error) {
	all, err := db.All(tx, scanCluster, clusterColumns+"WHERE id = ?", id)
	if err == nil && len(all) == 0 {
		err = reeve.NotFound
	}
	if err != nil {
		return c, fmt.Errorf("read group: %w", err)
	}
	return all[0], nil
}

// listClusters gives a page of groups, those seen last first.
func listClusters(tx *db.Tx, state, after string, limit int) ([]Cluster, error) {
	where, args := "WHERE (reports > 0 OR state <> 'open')", []any{} // an empty one was put into another
	if state != "" {
		where, args = where+" AND state = ?", append(args, state)
	}
	if after != "" {
		var seen, id int64
		if _, err := fmt.Sscanf(after, "%d.%d", &seen, &id); err != nil {
			return nil, fmt.Errorf("go on with the groups: %w", reeve.Invalid)
		}
		where, args = where+" AND (last_seen < ? OR last_seen = ? AND id < ?)", append(args, seen, seen, id)
	}
	return db.All(tx, scanCluster, clusterColumns+where+" ORDER BY last_seen DESC, id DESC LIMIT ?", append(args, limit)...)
}
