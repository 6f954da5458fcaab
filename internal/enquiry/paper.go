package enquiry

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/paper"
)

// A paper form has a number with a check letter, so that a number that was typed
// wrong is not another form's. Numbers follow each other: they are no secret.

// formName is a form's number as it is printed: F000123-H.
func formName(n int64) string {
	digits := fmt.Sprintf("%06d", n)
	return "F" + digits + "-" + formLetter(digits)
}

func formLetter(digits string) string {
	const letters = "ABCDEFGHJKLMNPQRSTUVWXY" // 23, a prime; no I and O
	sum := 0
	for i := range len(digits) {
		sum += (i + 2) * int(digits[i]-'0')
	}
	return letters[sum%len(letters):][:1]
}

// formNumber reads a number as it is printed; reeve.Invalid for what is none.
func formNumber(text string) (int64, error) {
	s := strings.ToUpper(strings.NewReplacer(" ", "", "-", "").Replace(strings.TrimSpace(text)))
	digits := strings.TrimPrefix(s, "F")
	if len(digits) < 7 || len(digits) > 10 || strings.Trim(digits[:len(digits)-1], "0123456789") != "" {
		return 0, fmt.Errorf("read number of form: %w", reeve.Invalid)
	}
	last := digits[len(digits)-1:]
	digits = digits[:len(digits)-1]
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || n < 1 || formLetter(fmt.Sprintf("%06d", n)) != last {
		return 0, fmt.Errorf("read number of form: %w", reeve.Invalid)
	}
	return n, nil
}

// formLine is where somebody writes: a question and room for the answer.
const formLine = "______________________________________________________________"

// formPaper is blank forms, one to a page.
func formPaper(first, n int64, now time.Time) *paper.Document {
	doc := &paper.Document{Title: "Enquiry forms", Subtitle: fmt.Sprintf("%s to %s", formName(first), formName(first+n-1)), Date: now,
		Footer: "Keep filled forms locked away. Type each in as soon as you can; then store or destroy it as your council says."}
	add := func(b ...paper.Block) { doc.Blocks = append(doc.Blocks, b...) }
	for i := range n {
		if i > 0 {
			add(paper.PageBreak{})
		}
		add(paper.Heading{Level: 1, Text: "Enquiry form " + formName(first+i)},
			paper.Paragraph{Text: "Write down what they say, in their words. Ask for no more than this form does. Never ask for passwords, PIN or bank details."})
		for _, q := range formQuestions {
			add(paper.Paragraph{Text: q.ask + "\n" + strings.TrimSuffix(strings.Repeat(formLine+"\n", q.lines), "\n")})
		}
		add(paper.Paragraph{Text: "They want:  [  ] an answer to a question   [  ] help   [  ] to complain   [  ] to use their data rights"},
			paper.Paragraph{Text: "[  ] They need extra help, or are worried about their safety."},
			paper.Paragraph{Text: "[  ] They report a scam. How did it come?  e-mail / text / call / post / at the door"})
	}
	return doc
}

var formQuestions = []struct {
	ask   string
	lines int
}{
	{"Day and time, and who wrote this down:", 1},
	{"Their name:", 1},
	{"How to reach them (telephone, e-mail or postcode):", 1},
	{"When and how is it safe to be in touch?", 1},
	{"Reference of a letter or an earlier enquiry, if they have one:", 1},
	{"What they ask or tell:", 7},
}
