package evidence

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// NameRule says which characters separate folders in a name.
type NameRule uint8

const (
	DiskName    NameRule = iota // one name of the file system; "/" cannot be in it
	ArchiveName                 // "/" and "\" separate; nothing may climb
	MailName                    // a mail folder or attachment: nothing separates
)

// EncodeName writes a name as the contract's item paths have it: "%", control
// bytes, invalid UTF-8, ";" and a final "!" become %XX, and so do "/" and "\"
// of a mail name. In an archive's name "\" separates, and parts that are empty,
// ".", ".." or a drive are written so that they are names like any other; an
// empty part is written as the separator that ends it. What is left of a name
// that was empty is "".
func EncodeName(name string, rule NameRule) string {
	switch rule {
	case ArchiveName:
		return encodeArchiveName(name)
	case MailName:
		return encodePart(name, `/\`)
	}
	return encodePart(name, "")
}

func encodeArchiveName(name string) string {
	// A folder's final separator is no part of its name.
	if n := len(name); n > 1 && (name[n-1] == '/' || name[n-1] == '\\') && name[n-2] != '/' && name[n-2] != '\\' {
		name = name[:n-1]
	}
	if plain(name) {
		return name
	}
	var b strings.Builder
	for name != "" {
		part, end := name, strings.IndexAny(name, `/\`)
		if end >= 0 {
			part = name[:end]
		}
		switch {
		case part == "":
			writeEscaped(&b, name[0])
		case part == "." || part == "..":
			for range part {
				writeEscaped(&b, '.')
			}
		case len(part) >= 2 && part[1] == ':' && isLetter(part[0]):
			b.WriteByte(part[0])
			writeEscaped(&b, ':')
			b.WriteString(encodePart(part[2:], ""))
		default:
			b.WriteString(encodePart(part, ""))
		}
		if end < 0 {
			break
		}
		name = name[end+1:]
		// An empty part has eaten its separator; the next part follows it directly
		// only where something follows at all.
		if part != "" && name != "" {
			b.WriteByte('/')
		}
	}
	return b.String()
}

// plain reports whether an archive's name needs no encoding, as most do not.
func plain(name string) bool {
	start := 0
	for i := 0; i <= len(name); i++ {
		if i < len(name) && name[i] != '/' {
			if c := name[i]; c < 0x20 || c >= 0x7f || c == '%' || c == ';' || c == '\\' || c == ':' {
				return false
			}
			continue
		}
		part := name[start:i]
		if part == "" || part == "." || part == ".." || part[len(part)-1] == '!' {
			return false
		}
		start = i + 1
	}
	return true
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// encodePart encodes one name, and in it the bytes of also.
func encodePart(part, also string) string {
	var b strings.Builder
	for i := 0; i < len(part); {
		c := part[i]
		if c >= utf8.RuneSelf {
			r, n := utf8.DecodeRuneInString(part[i:])
			if r == utf8.RuneError && n == 1 {
				writeEscaped(&b, c)
			} else {
				b.WriteString(part[i : i+n])
			}
			i += n
			continue
		}
		last := i == len(part)-1
		if c < 0x20 || c == 0x7f || c == '%' || c == ';' || c == '!' && last || strings.IndexByte(also, c) >= 0 {
			writeEscaped(&b, c)
		} else {
			b.WriteByte(c)
		}
		i++
	}
	return b.String()
}

func writeEscaped(b *strings.Builder, c byte) {
	const hex = "0123456789ABCDEF"
	b.WriteByte('%')
	b.WriteByte(hex[c>>4])
	b.WriteByte(hex[c&15])
}

// Namer keeps names unique within one container. The zero value is ready.
type Namer struct {
	next map[string]int // names given out, with the suffix to try next
}

// Unique gives the name itself the first time and then the first free of
// name~2, name~3 … An empty name is "unnamed".
func (n *Namer) Unique(name string) string {
	if name == "" {
		name = "unnamed"
	}
	if n.next == nil {
		n.next = make(map[string]int)
	}
	suffix, taken := n.next[name]
	if !taken {
		n.next[name] = 2
		return name
	}
	for {
		candidate := name + "~" + strconv.Itoa(suffix)
		suffix++
		if _, taken := n.next[candidate]; !taken {
			n.next[name], n.next[candidate] = suffix, 2
			return candidate
		}
	}
}
