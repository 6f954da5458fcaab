package incident

// Agency is a body outside that must be told, or that works on the incident.
type Agency struct {
	Kept
	Sort      string `json:"sort"`
	Title     string `json:"title"`
	Duty      string `json:"duty"`
	Clock     int64  `json:"clock"`
	Contacts  string `json:"contacts"`
	Reference string `json:"reference"`
	State     string `json:"state"`
	Why       string `json:"why"`
}

// Told is one thing that was said to an agency or by it, and on which facts, in
// which version: when a fact changes, what was said on it is found again.
type Told struct {
	Kept
	Parent    int64  `json:"agency"`
	At        int64  `json:"at"`
	Direction string `json:"direction"`
	Way       string `json:"way"`
	Who       string `json:"who"`
	Them      string `json:"them"`
	Note      string `json:"note"`
	Facts     string `json:"facts"` // numbers of fact versions, one a line
	Reference string `json:"reference"`
	State     string `json:"state"`
	Why       string `json:"why"`
}

// Police is the state of an investigation from a moment on. Its history stands:
// "no arrests made" was true when it was said.
type Police struct {
	Kept
	Parent int64  `json:"agency"`
	At     int64  `json:"at"`
	Known  int64  `json:"known"`
	Stage  string `json:"stage"`
	Source string `json:"source"`
	Note   string `json:"note"`
	State  string `json:"state"`
	Why    string `json:"why"`
}

// newest is the state of the investigation now: the one that stands and came
// last, nil before the first. all is in the order of time.
func newest(all []Police) *Police {
	for i := len(all) - 1; i >= 0; i-- {
		if all[i].State == stateStands {
			return &all[i]
		}
	}
	return nil
}

// tag shows how far things are with the agency.
func (a Agency) tag() cell {
	colour := "blue"
	switch a.State {
	case "to-tell":
		colour = "orange"
	case "told":
		colour = "green"
	case "closed", "none":
		colour = "grey"
	}
	return tagged(choiceText(agencyStates, a.State), colour)
}
