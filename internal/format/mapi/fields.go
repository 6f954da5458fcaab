package mapi

import (
	"strings"
	"unicode"
)

// header writes the fields of a message's header: those that its properties
// give, then those of the header that it came with which say something else.
func header(m *Message) string {
	h := &fields{has: map[string]bool{"mime-version": true}, came: map[string]bool{}}
	b := m.Props
	h.from(b)
	h.people("To", m, 1, b.First(tagDisplayTo))
	h.people("Cc", m, 2, b.First(tagDisplayCc))
	h.people("Bcc", m, 3, b.First(tagDisplayBcc))
	h.add("Date", b.First(TagSubmitted, TagDelivered, tagCreated))
	h.add("Subject", subject(b))
	h.add("Message-ID", b.First(tagMessageID))
	h.add("In-Reply-To", b.First(tagInReplyTo))
	h.add("References", b.First(tagReferences))
	h.add("Keywords", b.Text(Key{Set: PublicStrings, Name: "keywords"}))
	h.add("Sensitivity", sensitivity(b))
	h.add("X-Message-Class", b.First(TagClass))
	h.transport(b.Text(tagHeaders))
	for _, k := range b.names(netHeaders) {
		if fieldName(k.Name) && !h.came[k.Name] {
			h.other(k.Name, b.Text(k))
		}
	}
	return h.String()
}

// fields gathers a header.
type fields struct {
	strings.Builder
	has  map[string]bool // names, in lower case, that properties gave
	came map[string]bool // names that the header of its journey gave
}

func (h *fields) add(name, value string) {
	if value = clean(value); value != "" {
		h.has[strings.ToLower(name)] = true
		h.WriteString(fold(name+": "+value) + "\r\n")
	}
}

// from writes who the message is from, and who sent it where that is another.
// An Exchange address gives way to the one that the message's journey names.
func (h *fields) from(b *Bag) {
	from, by := b.person(author), b.person(sender)
	if from == "" {
		from, by = by, ""
	}
	if !strings.Contains(from, "@") {
		if came := field(b.Text(tagHeaders), "from"); strings.Contains(came, "@") {
			from = came
		}
	}
	h.add("From", from)
	if by != from && !strings.HasPrefix(from, by) {
		h.add("Sender", by)
	}
}

// maxLine is how long a line of a header gets where it has a space to fold at
// (RFC 5322 2.1.1).
const maxLine = 900

// fold cuts a field into lines at spaces.
func fold(s string) string {
	var b strings.Builder
	for len(s) > maxLine {
		cut := strings.LastIndexByte(s[:maxLine], ' ')
		if cut <= 0 {
			if cut = strings.IndexByte(s[maxLine:], ' '); cut < 0 {
				break
			}
			cut += maxLine
		}
		b.WriteString(s[:cut] + "\r\n")
		s = s[cut:]
	}
	return b.String() + s
}

// people writes the recipients of one kind, each on a line of its own; where
// the container lists none, the names that the message shows.
func (h *fields) people(name string, m *Message, kind int64, shown string) {
	var list []string
	for _, r := range m.Recipients {
		if n, _ := r.Int(TagRecipient); n&0xF != kind {
			continue
		}
		if who := r.recipient(); who != "" {
			list = append(list, who)
		}
	}
	if len(list) == 0 {
		h.add(name, strings.ReplaceAll(shown, "'", ""))
		return
	}
	h.has[strings.ToLower(name)] = true
	h.WriteString(name + ": " + strings.Join(list, ",\r\n ") + "\r\n")
}

// transport adds the fields of the header that the message came with. What
// describes its form is left out, for the form is another here.
func (h *fields) transport(text string) {
	eachField(text, func(name, value string) bool {
		h.other(name, value)
		return true
	})
}

// field is the first field of a name in a header.
func field(text, name string) (found string) {
	eachField(text, func(n, value string) bool {
		if strings.EqualFold(n, name) {
			found = value
		}
		return found == ""
	})
	return found
}

// eachField visits the fields of a header, unfolded, until visit says no.
func eachField(text string, visit func(name, value string) bool) {
	var name, value string
	for _, line := range strings.Split(lineEnds.Replace(text), "\n") {
		if line != "" && (line[0] == ' ' || line[0] == '\t') {
			value += " " + strings.TrimSpace(line)
			continue
		}
		if name != "" && !visit(name, value) {
			return
		}
		name, value = "", ""
		if n, v, ok := strings.Cut(line, ":"); ok && fieldName(n) {
			name, value = n, strings.TrimSpace(v)
		}
	}
	if name != "" {
		visit(name, value)
	}
}

// other adds a field that a property has not given already. Fields that come
// more than once (Received) all stay.
func (h *fields) other(name, value string) {
	low := strings.ToLower(name)
	if h.has[low] || strings.HasPrefix(low, "content-") {
		return
	}
	if value = clean(value); value != "" {
		h.came[low] = true
		h.WriteString(fold(name+": "+value) + "\r\n")
	}
}

// fieldName reports whether s can name a header field (RFC 5322 2.2).
func fieldName(s string) bool {
	if s == "" || len(s) > 100 {
		return false
	}
	for i := 0; i < len(s); i++ {
		if s[i] <= ' ' || s[i] >= 0x7F || s[i] == ':' {
			return false
		}
	}
	return true
}

// subject is the subject without the two characters in front by which stores
// mark its prefix ([MS-PST] 2.5.3.1.1.1).
func subject(b *Bag) string {
	s := b.Text(TagSubject)
	if len(s) >= 2 && s[0] == 1 {
		r := []rune(s)
		return string(r[min(2, len(r)):])
	}
	return s
}

func sensitivity(b *Bag) string {
	switch n, _ := b.Int(tagSensitivity); n {
	case 1:
		return "personal"
	case 2:
		return "private"
	case 3:
		return "company-confidential"
	}
	return ""
}

// person is one of the people that a message comes from.
func (b *Bag) person(p person) string {
	name := b.First(Tag(p.name))
	if name == "Unknown" && !b.Has(Tag(p.address)) {
		return "" // what Outlook writes on a contact of one's own
	}
	return written(name, b.First(Tag(p.smtp)), b.First(Tag(p.kind)), b.First(Tag(p.address)))
}

// recipient is the person that a recipient's properties describe.
func (b *Bag) recipient() string {
	return written(b.First(TagName, tagRecipientName), b.First(tagSMTP, tagOriginalSMTP), b.First(tagAddressType), b.First(tagAddress))
}

// written is a person as a header has it: the SMTP address where one is known;
// of an Exchange address, which is a path, its last name.
func written(name, smtp, kind, address string) string {
	name, smtp, address = clean(name), clean(smtp), clean(address)
	if smtp == "" && (strings.EqualFold(kind, "EX") || strings.HasPrefix(address, "/")) {
		address = lastName(address)
	}
	if smtp != "" {
		address = smtp
	}
	name = strings.Trim(name, `'"`)
	if strings.EqualFold(name, address) {
		name = ""
	}
	switch {
	case address == "":
		return phrase(name)
	case name == "":
		return address
	}
	return phrase(name) + " <" + strings.Trim(address, "<>") + ">"
}

// lastName is the last name of an Exchange path, without the 32 digits that
// Exchange Online puts before it.
func lastName(path string) string {
	i := strings.LastIndex(strings.ToLower(path), "/cn=")
	if i < 0 {
		return path
	}
	path = path[i+4:]
	if head, rest, ok := strings.Cut(path, "-"); ok && len(head) == 32 && strings.Trim(strings.ToLower(head), "0123456789abcdef") == "" {
		return rest
	}
	return path
}

// phrase quotes a name that could not stand as it is (RFC 5322 3.2.4).
func phrase(name string) string {
	for _, r := range name {
		if r != ' ' && r != '-' && !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(name) + `"`
		}
	}
	return name
}
