package enquiry

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

// mayHandOver asks for the right to take what came with a report away: it holds
// what residents sent whole, so it is the data protection officer’s.
func mayHandOver(r *web.Request, council string) bool {
	return r.May(web.Act{Verb: web.Approve, Object: web.ObjectScam, Council: council, Degree: web.Special})
}

// handOver gives the files of a report, sealed, to whoever hands evidence to the
// police or the NCSC, with a reason. It is the only way in which they leave.
func (m *Room) handOver(r *web.Request) (web.Answer, error) {
	f, err := r.Fields()
	if err != nil {
		return nil, err
	}
	why := f.Need("seal_why", 300, "Say for whom it is")
	if !f.OK() {
		v, err := m.reportView(r)
		if err != nil {
			return nil, err
		}
		v.Errors = f.Errors
		return m.showReport(r, v).Faulty(f), nil
	}
	var report Report
	var members []sealedMember
	err = m.act(r, func(tx *db.Tx) (leaf record.Leaf, err error) {
		if report, err = askedReport(tx, r); err != nil {
			return leaf, err
		}
		if !mayHandOver(r, report.Council) {
			return leaf, fmt.Errorf("hand over report: %w", reeve.Denied)
		}
		if members, err = membersOf(tx, report); err != nil {
			return leaf, err
		}
		return record.Leaf{Verb: "export", Object: fmt.Sprintf("scam:%d", report.ID), Rows: int64(len(members) - 1),
			Line: fmt.Sprintf("Took away the sealed files of scam report %d. %s", report.ID, why)}, nil
	})
	if err != nil {
		return nil, err
	}
	return web.File{Name: fmt.Sprintf("DANGER-scam-report-%d.zip", report.ID), Type: "application/zip", Pour: func(w http.ResponseWriter) error { return writeSealed(w, sealPassword, members) }}, nil
}

// membersOf are the files of a report under names that open nothing, and a list
// of what they were.
func membersOf(tx *db.Tx, report Report) ([]sealedMember, error) {
	files, err := filesOf(tx, report.ID)
	if err != nil {
		return nil, err
	}
	list := []string{"DANGER. These files came with a report of a scam. Open them only on a machine that is kept for that.", "", "file\tbytes\tSHA-256\tname as it came"}
	var members []sealedMember
	for i, f := range files {
		body, held, err := bodyIfHeld(tx, f.Digest)
		if err != nil {
			return nil, err
		}
		name := fmt.Sprintf("%03d.bin", i+1)
		if held {
			members = append(members, sealedMember{name, body})
		} else {
			name = "inside another"
		}
		list = append(list, fmt.Sprintf("%s\t%d\t%s\t%s", name, f.Size, f.Digest, nameOf(f)))
	}
	return append([]sealedMember{{"READ-FIRST.txt", []byte(strings.Join(list, "\r\n") + "\r\n")}}, members...), nil
}
