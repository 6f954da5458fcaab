package review

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/web"
)

// inboxName is the folder of the case in which uploads lie.
const inboxName = "inbox"

// upload is a file that came through the browser, as it lies in the inbox.
type upload struct {
	Path   string // under a name of our own
	Called string // the name it came with, for people to read
	Digest string // SHA-256
	Size   int64
}

// bounds of the fields beside a file.
const (
	fieldBytes = 8 << 10
	fieldMost  = 40
)

// receive reads a form with one file: the fields into the request, where
// Fields finds them, the file into the inbox, never more of it in memory than a
// buffer. A form without a file gives an upload without Path.
func (m *Room) receive(r *web.Request) (up upload, err error) {
	parts, err := r.MultipartReader()
	if err != nil {
		return up, fmt.Errorf("read upload: %w", reeve.Invalid)
	}
	fields := make(url.Values)
	defer func() {
		r.PostForm, r.Form = fields, fields
		if err != nil {
			discard(up)
		}
	}()
	for n := 0; ; n++ {
		part, err := parts.NextPart()
		if err == io.EOF {
			return up, nil
		}
		if err != nil || n > fieldMost {
			return up, cutShort(err)
		}
		if part.FileName() == "" {
			text, err := io.ReadAll(io.LimitReader(part, fieldBytes))
			if err != nil {
				return up, cutShort(err)
			}
			fields.Add(part.FormName(), string(text))
			continue
		}
		if up.Path != "" {
			continue // one file at a time
		}
		if up, err = m.keepUpload(part, part.FileName()); err != nil {
			return up, err
		}
	}
}

// cutShort is the error of a form that ended early or grew too large.
func cutShort(err error) error {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return reeve.WithHint(fmt.Errorf("read upload: it is too large: %w", reeve.Invalid), "Copy it to the server, and add it as a folder there.")
	}
	return reeve.WithHint(fmt.Errorf("read upload: it was cut short: %w", reeve.Invalid), "Send it again.")
}

// discard removes an upload that is not wanted.
func discard(up upload) {
	if up.Path != "" {
		os.Remove(up.Path)
	}
}

// plainEnding is what of an upload's name may be part of ours: how it ends, if
// that is a few letters and digits.
var plainEnding = regexp.MustCompile(`^\.[a-z0-9]{1,8}$`)

// keepUpload writes a file into the inbox, readable by nobody else, under a
// name that tells nothing.
func (m *Room) keepUpload(from io.Reader, called string) (up upload, err error) {
	inbox := filepath.Join(m.kase.Dir, inboxName)
	if err := os.MkdirAll(inbox, 0o700); err != nil {
		return up, fmt.Errorf("keep upload: %w", withoutPath(err))
	}
	ending := strings.ToLower(filepath.Ext(called))
	if !plainEnding.MatchString(ending) {
		ending = ""
	}
	f, err := os.CreateTemp(inbox, "upload-*"+ending) // 0600
	if err != nil {
		return up, fmt.Errorf("keep upload: %w", withoutPath(err))
	}
	up = upload{Path: f.Name(), Called: shownName(called)}
	sum := sha256.New()
	up.Size, err = io.Copy(io.MultiWriter(f, sum), from)
	up.Digest = hex.EncodeToString(sum.Sum(nil))
	if err != nil {
		err = cutShort(err)
	} else if err = f.Sync(); err != nil {
		err = fmt.Errorf("keep upload: %w", withoutPath(err))
	}
	if closeErr := f.Close(); err == nil && closeErr != nil {
		err = fmt.Errorf("keep upload: %w", withoutPath(closeErr))
	}
	if err != nil {
		discard(up)
	}
	return up, err
}

// shownName is the name of an upload as pages show it: its last part, without
// what would confuse a reader.
func shownName(s string) string {
	s = s[strings.LastIndexAny(s, `/\`)+1:]
	s = strings.Map(func(c rune) rune {
		if c < ' ' || c == 0x7f || c >= 0x202a && c <= 0x202e || c >= 0x2066 && c <= 0x2069 {
			return -1
		}
		return c
	}, strings.ToValidUTF8(s, ""))
	if s == "" {
		return "upload"
	}
	return shorten(s, 120)
}

// withoutPath takes the path out of an error of the file system.
func withoutPath(err error) error {
	var p *os.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

// withoutLink is withoutPath for errors of renaming.
func withoutLink(err error) error {
	var l *os.LinkError
	if errors.As(err, &l) {
		return l.Err
	}
	return withoutPath(err)
}

// onServer finds what was named below one of the roots that the operator gave,
// and refuses what leads out of it: by "..", by an absolute path elsewhere, or
// by a link. Its errors do not say what else is on the machine.
func (m *Room) onServer(root, below string) (string, error) {
	refused := reeve.WithHint(fmt.Errorf("find exhibit: there is nothing of that name below the folder: %w", reeve.Invalid), "Give the path of a folder or file below it, as it is written on the server.")
	if !slices.Contains(m.Roots, root) {
		return "", refused
	}
	below = strings.TrimPrefix(filepath.Clean("/"+filepath.ToSlash(below)), "/")
	if below == "" {
		below = "."
	}
	tree, err := os.OpenRoot(root)
	if err != nil {
		return "", fmt.Errorf("open root of exhibits: %w: %w", withoutPath(err), reeve.Unavailable)
	}
	defer tree.Close()
	if _, err := tree.Stat(below); err != nil { // refuses links that lead out
		return "", refused
	}
	path, err := filepath.EvalSymlinks(filepath.Join(root, below))
	if err != nil || m.ownFolder(path) {
		return "", refused
	}
	return path, nil
}

// ownFolder reports whether a path lies in the folder of the case, which holds
// keys.
func (m *Room) ownFolder(path string) bool {
	own, err := filepath.EvalSymlinks(m.kase.Dir)
	if err != nil {
		return true
	}
	rel, err := filepath.Rel(own, path)
	return err != nil || rel == "." || rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// mostOffered is how many names a root offers.
const mostOffered = 200

// offered lists what lies directly below the roots, for the form.
func (m *Room) offered() []offer {
	var all []offer
	for _, root := range m.Roots {
		o := offer{Root: root}
		there, err := os.ReadDir(root)
		if err != nil {
			o.Trouble = "cannot be opened"
		}
		for _, e := range there[:min(len(there), mostOffered)] {
			if !strings.HasPrefix(e.Name(), ".") {
				o.Names = append(o.Names, e.Name())
			}
		}
		all = append(all, o)
	}
	return all
}

// offer is a root with what lies in it.
type offer struct {
	Root    string
	Names   []string
	Trouble string
}
