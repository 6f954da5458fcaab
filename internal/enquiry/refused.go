package enquiry

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/mail"
)

// asideFile is something that came and could not be taken in. It is in no queue:
// a person has to look at it, or somebody is never answered.
type asideFile struct {
	Name  string `json:"name"` // of ours; or "" of a file whose name is a stranger's
	Where string `json:"where"`
	Code  string `json:"code"`
	Why   string `json:"why"`
	Size  int64  `json:"size"`
	At    int64  `json:"at"` // put aside; seconds UTC
	path  string
}

// What is put aside, by how its name begins.
const (
	asideLarge  = "too-large"
	asideNoMail = "no-mail"
	asideOther  = "other"
	asideBroken = "broken"
	settledMark = "seen-"
)

var asideTable = map[string]string{
	asideLarge:  "It is larger than we read.",
	asideNoMail: "It could not be read as a message.",
	asideOther:  "It is no .eml or .msg file, so nobody takes it in.",
	asideBroken: "A form of the public site that is not whole.",
}

// mostAside is how many are listed.
const mostAside = 200

// aside lists what was put aside and nobody has settled, the oldest first.
func (m *Room) aside() (all []asideFile, err error) {
	if m.shut != nil {
		return nil, nil
	}
	for _, box := range []string{"enquiries", "scams"} {
		folder := filepath.Join(m.folder, inboxFolder, box)
		for _, look := range []struct {
			folder string
			code   func(name string) string
		}{{filepath.Join(folder, mail.Refused), refusedCode}, {folder, strayCode}} {
			if all, err = listAside(all, look.folder, inboxFolder+"/"+box, look.code); err != nil {
				return nil, err
			}
		}
	}
	if all, err = listAside(all, m.spool.folder, spoolFolder, brokenCode); err != nil {
		return nil, err
	}
	slices.SortStableFunc(all, func(a, b asideFile) int { return int(a.At - b.At) })
	return all, nil
}

// refusedCode is why a message was refused, "" of what was settled.
func refusedCode(name string) string {
	for _, code := range []string{asideLarge, asideNoMail} {
		if strings.HasPrefix(name, code+"-") {
			return code
		}
	}
	return ""
}

// strayCode is that of a file that lies among the mails and is none.
func strayCode(name string) string {
	switch ext := strings.ToLower(filepath.Ext(name)); {
	case strings.HasPrefix(name, "."), ext == ".eml", ext == ".msg":
		return ""
	}
	return asideOther
}

func brokenCode(name string) string {
	if strings.HasPrefix(name, asideBroken+"-") {
		return asideBroken
	}
	return ""
}

func listAside(all []asideFile, folder, where string, code func(string) string) ([]asideFile, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, fmt.Errorf("list what was refused: %w", reeve.Unavailable)
	}
	for _, e := range entries {
		c := code(e.Name())
		if c == "" || !e.Type().IsRegular() || len(all) == mostAside {
			continue
		}
		info, err := e.Info()
		if err != nil {
			continue // taken away meanwhile
		}
		f := asideFile{Name: e.Name(), Where: where, Code: c, Why: asideTable[c], Size: info.Size(), At: info.ModTime().Unix(), path: filepath.Join(folder, e.Name())}
		if c == asideOther {
			f.Name = ""
		}
		all = append(all, f)
	}
	return all, nil
}

// settle marks what was put aside as looked at. It stays where it is, under
// another name, until its time of retention is over.
func (m *Room) settle(name string) error {
	all, err := m.aside()
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(f asideFile) bool { return name != "" && f.Name == name })
	if i < 0 {
		return fmt.Errorf("settle what was refused: %w", reeve.NotFound)
	}
	folder := filepath.Dir(all[i].path)
	if err := os.Rename(all[i].path, filepath.Join(folder, settledMark+name)); err != nil {
		return fmt.Errorf("settle what was refused: the folder cannot be written: %w", reeve.Unavailable)
	}
	return nil
}

// refuse puts a message aside: it is dated by when that was done, which its time
// of retention is counted from.
func (m *Room) refuse(box *mail.Inbox, a mail.Arrived, code string) error {
	path, err := box.Move(a, mail.Refused, code+"-"+newReference())
	if err != nil {
		return err
	}
	if err := os.Chtimes(path, time.Time{}, m.Now()); err != nil {
		return fmt.Errorf("refuse message: the folder cannot be written: %w", reeve.Unavailable)
	}
	return nil
}
