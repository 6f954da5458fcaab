package notice

import (
	"strings"

	"github.com/reeve-council/reeve/internal/paper"
)

// aloudWords turn sentences that only a letter can say into what a caller can:
// nobody on the telephone is asked to call, and nothing is written. What must not
// be named without a verdict is offered by a call back, not by this one.
var aloudWords = strings.NewReplacer(
	"that we do not want to write here", offAloud, "that we do not write here", offAloud,
	"You can call us to ask.", "A colleague can call you back about it.", "Call us to ask.", "A colleague can call you back about it.",
	"We will first check who you are.", "They will first check who you are.", "We will check who you are.", "They will first check who you are.",
	"Call us if it is not.", "Tell me if it is not.",
	"Call us if this puts you at risk.", "Tell me if this puts you at risk.",
	"Call us to get this in large print", "Tell me if you want this in large print")

const offAloud = "that I cannot say on this call"

// aloud is a notice as it is said on the telephone: the same, in words for the ear.
func aloud(blocks []paper.Block) []paper.Block {
	said := make([]paper.Block, len(blocks))
	for i, b := range blocks {
		switch b := b.(type) {
		case paper.Paragraph:
			b.Text = aloudWords.Replace(b.Text)
			said[i] = b
		case paper.List:
			items := make([]string, len(b.Items))
			for k, item := range b.Items {
				items[k] = aloudWords.Replace(item)
			}
			b.Items = items
			said[i] = b
		default:
			said[i] = b
		}
	}
	return said
}
