package sweep

// TriageRow is an item that somebody should look at, and why.
type TriageRow struct {
	Item     int64    `json:"item"`
	Document int64    `json:"document"`
	Exhibit  string   `json:"exhibit"`
	Path     string   `json:"path"` // «hidden-N» where it holds a sealed person
	Type     string   `json:"type"`
	Status   string   `json:"status"`
	Level    string   `json:"level"` // now, today, soon, routine
	Reasons  []string `json:"reasons"`
	People   int64    `json:"people"` // who may be seen
	Hidden   bool     `json:"hidden"`
}
