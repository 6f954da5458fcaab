package sweep

// ItemView is one item with its document. Where the document holds a sealed
// person who is not opened to the visitor, Hidden is set, Path reads «hidden-N»
// and Blocks refuses.
type ItemView struct {
	ID          int64            `json:"id"`
	Document    int64            `json:"document"` // 0 where the bytes could not be had
	Exhibit     string           `json:"exhibit"`
	Path        string           `json:"path"`
	Folder      string           `json:"folder"`
	Name        string           `json:"name"`
	Digest      string           `json:"digest"`
	Size        int64            `json:"size"`
	Modified    int64            `json:"modified"` // UTC seconds, 0 when not known
	Type        string           `json:"type"`
	Reader      string           `json:"reader"`
	Status      string           `json:"status"`
	Reason      string           `json:"reason"`
	Detail      string           `json:"detail"`
	Pages       int64            `json:"pages"`
	PagesUnread int64            `json:"pages_unread"`
	Blocks      int64            `json:"blocks"`
	Container   bool             `json:"container"`
	Picture     bool             `json:"picture"` // PageImage can show it
	Hidden      bool             `json:"hidden"`
	Findings    int64            `json:"findings"` // of people who may be seen
	People      int64            `json:"people"`
	Level       string           `json:"level"` // of triage
	Reasons     []string         `json:"reasons"`
	Headers     []HeaderLine     `json:"headers"` // of a mail
	Above       []ItemLine       `json:"above"`   // the containers it lies in, outermost first
	Copies      []ItemLine       `json:"copies"`  // other items with the same bytes, at most 50
	MoreCopies  int64            `json:"more_copies"`
	Members     []ItemLine       `json:"members"` // of a container, at most 200
	MoreMembers int64            `json:"more_members"`
	SameText    []ItemLine       `json:"same_text"` // items whose bytes differ and whose text is the same, at most 50
	Linked      []DocumentPerson `json:"linked"`    // who of those to be seen is in it, the most urgent first, at most 50
}

// ItemLine is an item in a list.
type ItemLine struct {
	ID      int64  `json:"id"`
	Exhibit string `json:"exhibit"`
	Path    string `json:"path"`
	Type    string `json:"type"`
	Status  string `json:"status"`
	Size    int64  `json:"size"`
	Hidden  bool   `json:"hidden"`
}

// DocumentPerson is a person as linked to one document.
type DocumentPerson struct {
	PersonLine
	Mentions int64 `json:"mentions"`
}
