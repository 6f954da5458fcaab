package evidence

import (
	"bufio"
	"encoding/csv"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"github.com/reeve-council/reeve"
)

// Listing is what is known to have been taken: names, and where known sizes
// and digests, from the attackers' own listing or a firewall's or file
// server's log.
type Listing struct {
	Lines []ListedFile
}

// ListedFile is one line of a listing. Size is -1 and Digest "" where not known.
type ListedFile struct {
	Line   int // 1-based, in the listing
	Path   string
	Size   int64
	Digest string
}

// Held is a file that the exhibit holds.
type Held struct {
	Path   string // item path
	Size   int64
	Digest string
}

// Gap is a listed file that the exhibit lacks (not-held), or holds with another
// size or digest (differs).
type Gap struct {
	ListedFile
	What string // "not-held" or "differs"
	Held string // item path of the nearest file held; "" for not-held
}

// What a Gap may be.
const (
	NotHeld = "not-held"
	Differs = "differs"
)

// maxListed bounds a listing's lines.
const maxListed = 20 << 20

// ReadListing reads a listing: CSV (comma, semicolon or tab) with path, size
// and perhaps SHA-256 in this order or as a header names them, or plain lines,
// one path each. UTF-8 or, with a byte order mark, UTF-16.
func ReadListing(r io.Reader) (Listing, error) {
	br := bufio.NewReaderSize(transform.NewReader(r, unicode.BOMOverride(unicode.UTF8.NewDecoder())), 1<<16)
	head, err := br.Peek(1 << 15)
	if err != nil && err != io.EOF && err != bufio.ErrBufferFull {
		return Listing{}, fmt.Errorf("read listing: %w", err)
	}
	first, _, _ := strings.Cut(string(head), "\n")
	if delimiter := delimiterOf(first); delimiter != 0 {
		return readListingTable(br, delimiter)
	}
	return readListingLines(br)
}

// delimiterOf tells a table's first line from a plain path: it names its
// columns, or its second field is a number.
func delimiterOf(line string) rune {
	line = strings.TrimSpace(line)
	for _, d := range []rune{'\t', ';', ','} {
		c := csv.NewReader(strings.NewReader(line))
		c.Comma, c.LazyQuotes = d, true
		fields, err := c.Read()
		if err != nil || len(fields) < 2 {
			continue
		}
		if _, ok := columnsOf(fields); ok {
			return d
		}
		if _, ok := sizeOf(fields[1]); ok {
			return d
		}
	}
	return 0
}

// columns says where the values stand; -1 for none.
type columns struct{ path, size, digest int }

func columnsOf(header []string) (columns, bool) {
	c := columns{-1, -1, -1}
	for i, h := range header {
		switch strings.ToLower(strings.Trim(strings.TrimSpace(h), `"`)) {
		case "path", "fullname", "full path", "file", "filename", "file name", "filepath":
			c.path = i
		case "name":
			if c.path < 0 {
				c.path = i
			}
		case "size", "length", "bytes", "size (bytes)", "file size":
			c.size = i
		case "sha256", "sha-256", "hash", "digest":
			c.digest = i
		}
	}
	return c, c.path >= 0
}

func readListingTable(r io.Reader, delimiter rune) (Listing, error) {
	c := csv.NewReader(r)
	c.Comma, c.LazyQuotes, c.FieldsPerRecord, c.ReuseRecord = delimiter, true, -1, true
	at := columns{0, 1, 2}
	var l Listing
	for first := true; ; first = false {
		fields, err := c.Read()
		if err == io.EOF {
			return l, nil
		}
		if err != nil {
			return l, fmt.Errorf("read listing: %w: %w", reeve.Invalid, err)
		}
		if first {
			if named, ok := columnsOf(fields); ok {
				at = named
				continue
			}
		}
		line, _ := c.FieldPos(0)
		if at.path >= len(fields) || strings.TrimSpace(fields[at.path]) == "" {
			continue
		}
		f := ListedFile{Line: line, Path: strings.Clone(fields[at.path]), Size: -1}
		if at.size >= 0 && at.size < len(fields) {
			if n, ok := sizeOf(fields[at.size]); ok {
				f.Size = n
			}
		}
		if at.digest >= 0 && at.digest < len(fields) {
			f.Digest = digestOf(fields[at.digest])
		}
		if l.Lines = append(l.Lines, f); len(l.Lines) > maxListed {
			return l, fmt.Errorf("read listing: more than %d lines: %w", maxListed, reeve.Invalid)
		}
	}
}

func readListingLines(r io.Reader) (Listing, error) {
	var l Listing
	s := bufio.NewScanner(r)
	s.Buffer(nil, 1<<17)
	for line := 1; s.Scan(); line++ {
		path := strings.TrimRight(s.Text(), "\r ")
		if path == "" {
			continue
		}
		if l.Lines = append(l.Lines, ListedFile{Line: line, Path: path, Size: -1}); len(l.Lines) > maxListed {
			return l, fmt.Errorf("read listing: more than %d lines: %w", maxListed, reeve.Invalid)
		}
	}
	if err := s.Err(); err != nil {
		return l, fmt.Errorf("read listing: %w: %w", reeve.Invalid, err)
	}
	return l, nil
}

// sizeOf reads bytes, with or without separators of thousands.
func sizeOf(s string) (int64, bool) {
	s = strings.NewReplacer(",", "", " ", "", "\u00a0", "", "'", "").Replace(strings.TrimSpace(s))
	n, err := strconv.ParseInt(s, 10, 64)
	return n, err == nil && n >= 0
}

func digestOf(s string) string {
	s = strings.ToLower(strings.TrimSpace(s))
	if len(s) != 64 || strings.Trim(s, "0123456789abcdef") != "" {
		return ""
	}
	return s
}

// Compare gives the listed files that are not held or differ, in the order of
// the listing. Paths match, whatever their case, when one ends with the other
// at a separator: listings start at a drive, a share or a folder of their own.
// A held file answers one listed path, the nearest that agrees with it, so that
// one desktop.ini does not stand for five hundred.
func (l Listing) Compare(held iter.Seq[Held]) []Gap {
	m := matcher{keys: make([]string, len(l.Lines)), wanted: make(map[string][]int), agrees: make(map[string]bool), near: make(map[string]string)}
	for i, f := range l.Lines {
		m.keys[i] = pathKey(listedPath(f.Path))
		base := lastName(m.keys[i])
		m.wanted[base] = append(m.wanted[base], i)
	}
	for h := range held {
		m.place(l, h)
	}
	var gaps []Gap
	for i, f := range l.Lines {
		key := m.keys[i]
		switch {
		case m.agrees[key]:
		case m.near[key] != "":
			gaps = append(gaps, Gap{f, Differs, m.near[key]})
		default:
			gaps = append(gaps, Gap{f, NotHeld, ""})
		}
	}
	return gaps
}

// matcher is the state of one comparison; agrees and near are kept by path, as
// a listing may name a file twice.
type matcher struct {
	keys   []string         // of the listing's lines
	wanted map[string][]int // lines by last name
	agrees map[string]bool
	near   map[string]string
}

// place gives a held file to the listed path that it fits best.
func (m *matcher) place(l Listing, h Held) {
	key := pathKey(h.Path)
	best, bestScore := -1, 0
	for _, i := range m.wanted[lastName(key)] {
		if m.agrees[m.keys[i]] || !endsWith(key, m.keys[i]) {
			continue
		}
		score := 1<<20 - abs(strings.Count(key, "/")-strings.Count(m.keys[i], "/"))
		if l.Lines[i].agrees(h) {
			score += 1 << 21
		}
		if score > bestScore {
			best, bestScore = i, score
		}
	}
	if best < 0 {
		return
	}
	m.near[m.keys[best]] = h.Path
	m.agrees[m.keys[best]] = l.Lines[best].agrees(h)
}

func (f ListedFile) agrees(h Held) bool {
	return (f.Size < 0 || f.Size == h.Size) && (f.Digest == "" || h.Digest == "" || f.Digest == h.Digest)
}

func abs(n int) int { return max(n, -n) }

// listedPath writes a path as item paths are written, less the drive, share or
// root that it starts with.
func listedPath(path string) string {
	path = strings.ReplaceAll(strings.TrimSpace(path), `\`, "/")
	if len(path) >= 2 && path[1] == ':' && isLetter(path[0]) {
		path = path[2:]
	}
	path = strings.TrimLeft(path, "/")
	for strings.HasPrefix(path, "./") {
		path = strings.TrimLeft(path[2:], "/")
	}
	parts := strings.Split(path, "/")
	for i, part := range parts {
		parts[i] = EncodeName(part, DiskName)
	}
	return strings.Join(parts, "/")
}

func pathKey(path string) string { return strings.ToLower(path) }

func lastName(path string) string { return path[strings.LastIndexByte(path, '/')+1:] }

// endsWith reports whether the shorter path is the end of the longer.
func endsWith(a, b string) bool {
	if len(a) < len(b) {
		a, b = b, a
	}
	return a == b || strings.HasSuffix(a, b) && a[len(a)-len(b)-1] == '/'
}
