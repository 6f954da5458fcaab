package reeve

// Taken says how sure it is that an exhibit was taken by the attackers.
type Taken string

const (
	TakenProven  Taken = "proven"
	TakenLikely  Taken = "likely"
	TakenInReach Taken = "in-reach"
	TakenUnknown Taken = "unknown"
)

// Exhibit is one set of copied files under examination, with its reference and
// custody. Name is --ref or the base name; Path is where its bytes are read
// from; From, By and Taken are its custody; Digest is the SHA-256 of the sorted
// lines "sha256  path" of its files on disk, unreadable ones as "-".
type Exhibit struct {
	Name   string
	Path   string
	From   string
	By     string
	Taken  Taken
	Digest string
}
