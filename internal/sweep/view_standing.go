package sweep

// Standing is where the case stands: from what is known to have been taken to
// the people whose data was in it. Sealed people are in no number but their own.
// People figures are of the councils in scope; item figures are of the whole
// case and name nobody.
type Standing struct {
	Stamp       Stamp          `json:"stamp"`
	AsOf        string         `json:"as_of"`
	Exhibits    int64          `json:"exhibits"`
	Registers   int64          `json:"registers"`
	Listed      int64          `json:"listed_not_held"` // known to have been taken and not held
	Differs     int64          `json:"listed_differs"`
	Items       int64          `json:"items"`
	Bytes       int64          `json:"bytes"`
	Read        int64          `json:"read"`
	PartlyRead  int64          `json:"partly_read"`
	NotRead     int64          `json:"not_read"`
	Pages       int64          `json:"pages"`
	PagesUnread int64          `json:"pages_unread"`
	Personal    int64          `json:"items_with_personal_data"`
	Reasons     []FunnelReason `json:"not_read_by_reason"`
	People      int64          `json:"people"`
	Households  int64          `json:"households"`
	Sealed      string         `json:"sealed"` // exact from 10, "fewer than 10" for 1–9
	Tiers       []Count        `json:"tiers"`
	Bands       []Count        `json:"bands"`
	Lanes       []Count        `json:"lanes"`
	Signals     []Count        `json:"signals"`
	Categories  []Count        `json:"categories"`
	Kinds       []Count        `json:"kinds"`
	Contacts    []Count        `json:"safe_contacts"`
	Roles       []Count        `json:"roles"`
	Controllers []Count        `json:"controllers"`
	Newest      []Count        `json:"newest_year"` // people by the year of their newest data; "" where the content gives none
	Oldest      []Count        `json:"oldest_year"`
	Wards       []Count        `json:"wards"`      // empty where no register row holds a ward
	StillHeld   []Count        `json:"still_held"` // people by kind of which a value found is what a register holds now
	Current     int64          `json:"people_with_current_data"`
	Unread      []UnreadFolder `json:"unread"`
	Services    []UnreadFolder `json:"unread_by_service"`
	Before      *Before        `json:"before"` // the last day before today that was counted; null on the first
}

// Count is how many have one value.
type Count struct {
	Value string `json:"value"`
	N     int64  `json:"n"`
}

// UnreadFolder is what could not be read, wholly or in part, below one top
// folder of an exhibit, or of one service.
type UnreadFolder struct {
	Exhibit string `json:"exhibit"`
	Folder  string `json:"folder"`  // top folder, "" for the exhibit itself
	Service string `json:"service"` // as the folder's name says; "" when it does not
	Items   int64  `json:"items"`   // all items
	Unread  int64  `json:"unread"`  // not read
	Partly  int64  `json:"partly"`
	Bytes   int64  `json:"bytes"` // of those not read or read in part
	Pages   int64  `json:"pages"` // unread pages
}

// Before holds the figures of an earlier day, for the change since then.
type Before struct {
	Day         string  `json:"day"` // 2026-03-05
	Items       int64   `json:"items"`
	Read        int64   `json:"read"`
	PartlyRead  int64   `json:"partly_read"`
	NotRead     int64   `json:"not_read"`
	PagesUnread int64   `json:"pages_unread"`
	Personal    int64   `json:"items_with_personal_data"`
	People      int64   `json:"people"`
	Households  int64   `json:"households"`
	Tiers       []Count `json:"tiers"`
	Bands       []Count `json:"bands"`
	Lanes       []Count `json:"lanes"`
}
