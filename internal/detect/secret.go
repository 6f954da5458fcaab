package detect

import (
	"strings"

	"github.com/reeve-council/reeve"
)

// secretHeads are the words that a secret follows in a sentence.
var secretHeads = []string{"password is ", "password: ", "password was ", "password = ", "password=", "passcode is ", "pin is ", "pin number is ", "pin code is ", "key safe code is ", "key safe number is ",
	"keysafe code is ", "key safe code ", "keysafe code ", "key safe number ", "door code is ", "door code ", "memorable word is ", "security answer is ", "alarm code is ", "keysafe "}

// findSecrets looks for passwords and codes told in a sentence. A secret holds a
// digit, or capitals inside, or stands in quotes: "the password is wrong" does not.
func (d *Document) findSecrets() {
	p := &d.prose
	if !d.speaksOf(reeve.KindCredential) {
		return
	}
	start, end := p.span()
	low := strings.ToLower(p.text[start:end])
	if len(low) != end-start {
		return // folding moved the bytes
	}
	for _, head := range secretHeads {
		for from := 0; ; {
			i := strings.Index(low[from:], head)
			if i < 0 {
				break
			}
			from += i + len(head)
			d.secretAt(start+from, end)
		}
	}
}

// span gives the bytes of the paragraph.
func (p *prose) span() (int, int) { return p.paraStart, p.paraEnd }

// speaksOf reports whether a word of context of the kind stands in the paragraph.
func (d *Document) speaksOf(kind reeve.Kind) bool {
	mask := d.set.masks[kind]
	for _, m := range d.prose.marks {
		if t := d.set.term(m); t != nil && t.near&mask != 0 {
			return true
		}
	}
	return false
}

func (d *Document) secretAt(at, end int) {
	p := &d.prose
	if l := p.labelAt(at); l != nil && l.covers(at) {
		return
	}
	word := p.text[at:end]
	if i := strings.IndexAny(word, " \n\t,;"); i >= 0 {
		word = word[:i]
	}
	quoted := strings.HasPrefix(word, "\"") || strings.HasPrefix(word, "'") || strings.HasPrefix(word, "“")
	lead := len(word) - len(strings.TrimLeft(word, "\"'“"))
	word = strings.Trim(word, "\"'“”.()")
	norm, ok := checkSecret(word)
	_, digits := count(word)
	if !ok || digits == 0 && !quoted && (len(word) < 2 || strings.ToLower(word[1:]) == word[1:]) || strings.ToUpper(word) == word && digits == 0 {
		return
	}
	d.emit(&credential, p.place(d, at+lead, at+lead+len(word)), word, norm, reeve.ConfidenceB, d.owner(at, at+len(word)))
}
