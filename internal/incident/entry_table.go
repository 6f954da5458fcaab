package incident

import "regexp"

// personIn finds the id of a person.
var personIn = regexp.MustCompile(`P[A-Z2-7]{12}`)

// quietObjects are things whose acts are not told in the timeline, by what
// stands before the colon: work on single people and documents, sign-ins, and
// entries, which stand in the timeline themselves.
var quietObjects = []string{"person", "item", "document", "household", "link", "finding", "batch", "opening", "session", "token", "user", "entry", "record", "reveal"}

// quietVerbs are acts that are not told wherever they are done.
var quietVerbs = []string{"sign-in", "sign-in-failed", "sign-out", "reveal", "read-sealed", "read-special", "check-sealed-read", "end-session", "end-sessions",
	"end-token", "make-token", "make-link", "make-recovery-codes", "use-recovery-code", "set-second-factor", "change-password", "unlock", "sign", "witness",
	"keep-cosignature", "draw", "judge", "judge-many", "check-out", "return", "read-handover"}
