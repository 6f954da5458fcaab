// Package publish is the public site: what residents, staff and the press read
// about the incident. It is rendered from facts that were released to the
// public, from the numbers of the review, and from texts that one person wrote
// and another released.
//
// In flow texts as the communications officer types them (Markdown without
// HTML), facts and their versions (Deps.Facts), the funnel (Deps.Figures), scams
// that were approved for showing (Deps.Scams), and the public forms of other
// rooms (Deps.Forms). Out flow pages, feeds, a banner for other sites, a bulletin
// to print, and the same site as files (Export).
//
// A text is never changed: each version stands beside the ones before with who
// wrote it, who released it, when it was shown, and a sentence for the public
// change log. What is shown at a moment is a function of the stored texts and of
// that moment (Snapshot), and the site is a function of that (Build): it is
// rendered once for each content version and served from memory.
//
// Never: a personal value, a text that one person alone released, a number of
// people under ten or one that would give the sealed away by difference, the
// words "you are not affected", a cookie, a script, or anything loaded from
// elsewhere. The letter check answers yes or no to a reference and nothing else;
// its answers have one shape, one length and one pace (letter.go).
//
// To add a page: a Markdown file in content/ and a row in page_table.go; tests
// check its links, its sentences and its reading age.
package publish
