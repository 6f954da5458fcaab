package enquiry

import (
	"os"
	"path/filepath"

	"github.com/reeve-council/reeve/internal/mail"
)

// The folders of the room inside the case.
const (
	spoolFolder = "enquiry-waiting"
	inboxFolder = "inbox"
	looseFolder = "enquiry-reading" // one file at a time, while it is read
)

// openFolders makes the folders of the room.
func (m *Room) openFolders(dir string) (err error) {
	m.folder = dir
	if m.spool, err = openSpool(filepath.Join(dir, spoolFolder), m.Limits); err != nil {
		return err
	}
	if m.asked, err = mail.NewInbox(filepath.Join(dir, inboxFolder, "enquiries")); err != nil {
		return err
	}
	if m.scams, err = mail.NewInbox(filepath.Join(dir, inboxFolder, "scams")); err != nil {
		return err
	}
	m.loose = filepath.Join(dir, looseFolder)
	if err := os.RemoveAll(m.loose); err != nil { // what a process left that died while reading
		return err
	}
	return os.MkdirAll(m.loose, 0o700)
}
