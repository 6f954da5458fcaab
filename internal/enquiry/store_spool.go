package enquiry

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/reeve-council/reeve"
)

// spool is a folder in which accepted forms wait for the database, one file
// each, readable by its owner alone. A form is accepted when its file has been
// written through to the disk under its own name; a file goes when a transaction
// that holds it has been committed. So what was accepted is never lost, and what
// is taken in twice has the same reference and is there once.
type spool struct {
	folder string
	limits Limits
	free   func(folder string) (int64, bool) // bytes on the disk
	mu     sync.Mutex
	files  int
	bytes  int64
}

// openSpool makes the folder and counts what waits in it.
func openSpool(folder string, limits Limits) (*spool, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("open spool: the folder cannot be made: %w", reeve.Unavailable)
	}
	s := &spool{folder: folder, limits: limits, free: diskFree}
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, fmt.Errorf("open spool: the folder cannot be read: %w", reeve.Unavailable)
	}
	for _, e := range entries {
		info, err := e.Info()
		switch {
		case err != nil:
			continue // taken in meanwhile
		case strings.HasPrefix(e.Name(), "."):
			os.Remove(filepath.Join(folder, e.Name())) // was never accepted
		case waits(e.Name()):
			s.files++
			s.bytes += info.Size()
		}
	}
	return s, nil
}

// written is a submission as it stands in a file: the form as JSON, then the
// attachments, each with its length.
type written struct {
	Reference, Kind, Topic, Council, Channel string
	At                                       int64
	Name, Email, Phone, Postcode, Safe       string
	Words, Letter                            string
	Vulnerable                               bool
	Scam                                     *writtenScam `json:",omitempty"`
}

type writtenScam struct {
	Way, Sender string
	Copied      bool
	Names       []string
}

// put accepts a submission: it is on disk when put returns without an error.
// reeve.Unavailable where too much waits already, or the disk refuses.
func (s *spool) put(sub Submission) error {
	w := written{sub.Reference, string(sub.Kind), sub.Topic, sub.Council, string(sub.Channel), sub.At, sub.Person.Name.Reveal(), sub.Person.Email.Reveal(),
		sub.Person.Phone.Reveal(), sub.Person.Postcode.Reveal(), sub.Person.Safe.Reveal(), sub.Words.Reveal(), sub.Letter.Reveal(), sub.Vulnerable, nil}
	var bodies [][]byte
	if x := sub.Scam; x != nil {
		w.Scam = &writtenScam{Way: x.Way, Sender: x.Sender.Reveal(), Copied: x.Copied}
		for _, f := range x.Files {
			w.Scam.Names = append(w.Scam.Names, f.Name.Reveal())
			bodies = append(bodies, f.Body)
		}
	}
	head, err := json.Marshal(w)
	if err != nil {
		return fmt.Errorf("keep form: %w", reeve.Invalid)
	}
	data := binary.BigEndian.AppendUint32(nil, uint32(len(head)))
	data = append(data, head...)
	for _, b := range bodies {
		data = binary.BigEndian.AppendUint32(data, uint32(len(b)))
		data = append(data, b...)
	}
	if left, known := s.free(s.folder); known && left-int64(len(data)) < s.limits.Spare {
		return fmt.Errorf("keep form: the disk is nearly full: %w", reeve.Unavailable)
	}
	if !s.reserve(int64(len(data))) {
		return fmt.Errorf("keep form: too many wait: %w", reeve.Unavailable)
	}
	if err := s.write(fmt.Sprintf("%019d-%s", time.Now().UnixNano(), sub.Reference), data); err != nil {
		s.release(int64(len(data)))
		return fmt.Errorf("keep form: the disk refuses: %w", reeve.Unavailable)
	}
	return nil
}

func (s *spool) reserve(size int64) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.files >= s.limits.Wait || s.bytes+size > s.limits.Bytes {
		return false
	}
	s.files++
	s.bytes += size
	return true
}

func (s *spool) release(size int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.files--
	s.bytes -= size
}

// waiting is how many forms wait.
func (s *spool) waiting() int {
	if s == nil {
		return 0
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.files
}

// write puts a whole file under its name, through to the disk.
func (s *spool) write(name string, data []byte) error {
	f, err := os.CreateTemp(s.folder, ".part-*") // mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(f.Name()) // after the rename it is not there
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	if e := f.Close(); err == nil {
		err = e
	}
	if err == nil {
		err = os.Rename(f.Name(), filepath.Join(s.folder, name))
	}
	if err == nil {
		err = syncFolder(s.folder)
	}
	return err
}

func syncFolder(folder string) error {
	d, err := os.Open(folder)
	if err != nil {
		return err
	}
	err = d.Sync()
	if e := d.Close(); err == nil {
		err = e
	}
	return err
}

// names are the files that wait, the oldest first, at most limit.
func (s *spool) names(limit int) ([]string, error) {
	entries, err := os.ReadDir(s.folder)
	if err != nil {
		return nil, fmt.Errorf("list forms: %w", reeve.Unavailable)
	}
	var all []string
	for _, e := range entries {
		if e.Type().IsRegular() && waits(e.Name()) {
			all = append(all, e.Name())
		}
	}
	slices.Sort(all)
	return all[:min(len(all), limit)], nil
}

// waits reports whether a name is that of a form that waits: not one half
// written, put aside as broken, or settled by a person since.
func waits(name string) bool {
	return !strings.HasPrefix(name, ".") && !strings.HasPrefix(name, asideBroken+"-") && !strings.HasPrefix(name, settledMark)
}

// take reads a waiting form. One that cannot be read is put aside under another
// name, for a person to look at: reeve.Invalid.
func (s *spool) take(name string) (Submission, error) {
	data, err := os.ReadFile(filepath.Join(s.folder, name))
	if err != nil {
		return Submission{}, fmt.Errorf("read form: %w", reeve.Unavailable)
	}
	sub, err := readWritten(data)
	if err != nil {
		s.release(int64(len(data)))
		err = errors.Join(err, os.Rename(filepath.Join(s.folder, name), filepath.Join(s.folder, asideBroken+"-"+name)))
	}
	return sub, err
}

// readWritten takes back what put wrote.
func readWritten(data []byte) (sub Submission, err error) {
	broken := fmt.Errorf("read form: it is not whole: %w", reeve.Invalid)
	piece := func() ([]byte, bool) {
		if len(data) < 4 || int64(binary.BigEndian.Uint32(data)) > int64(len(data)-4) {
			return nil, false
		}
		n := 4 + int(binary.BigEndian.Uint32(data))
		p := data[4:n]
		data = data[n:]
		return p, true
	}
	head, ok := piece()
	var w written
	if !ok || json.Unmarshal(head, &w) != nil {
		return sub, broken
	}
	sub = Submission{Reference: w.Reference, At: w.At, Channel: Channel(w.Channel), Kind: Kind(w.Kind), Topic: w.Topic, Council: w.Council,
		Person: personOf(w.Name, w.Email, w.Phone, w.Postcode, w.Safe), Words: private(w.Words), Letter: private(w.Letter), Vulnerable: w.Vulnerable}
	if w.Scam == nil {
		return sub, nil
	}
	sub.Scam = &ScamSubmission{Way: w.Scam.Way, Sender: private(w.Scam.Sender), Copied: w.Scam.Copied}
	for _, name := range w.Scam.Names {
		body, ok := piece()
		if !ok {
			return sub, broken
		}
		sub.Scam.Files = append(sub.Scam.Files, File{Name: private(name), Body: body})
	}
	return sub, nil
}

// drop removes a form that is in the database.
func (s *spool) drop(name string) error {
	path := filepath.Join(s.folder, name)
	info, err := os.Stat(path)
	if err == nil {
		err = os.Remove(path)
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("remove form: %w", reeve.Unavailable)
	}
	s.release(info.Size())
	return nil
}
