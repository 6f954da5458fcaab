package notice

import (
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/web"
)

var runsPage = web.NewPage[runsView](pages, "runs.html")

// runLine is a run in a list.
type runLine struct {
	ID         int64  `json:"id"`
	Title      string `json:"title"`
	Kind       string `json:"kind"`
	Council    string `json:"council"`
	State      string `json:"state"`
	StateWords string `json:"-"`
	Colour     string `json:"-"`
	People     int64  `json:"people"`
	List       int64  `json:"list_version"`
	Path       string `json:"-"`
}

func (r *run) line() runLine {
	return runLine{r.ID, r.Title, kindWords[r.Kind] + ", " + wayWords[r.Way], r.Council, string(r.State), stateWord(r.State, r.Way), stateColour(r.State), r.People, r.List, runPath(r.ID)}
}

type runsView struct {
	Runs   []runLine `json:"runs"`
	Writes bool      `json:"-"`
}

func (v runsView) Columns() []string {
	return []string{"run", "title", "kind", "council", "state", "people", "list_version"}
}

func (v runsView) EachRow(emit func(...any) error) error {
	for _, r := range v.Runs {
		if err := emit(r.ID, r.Title, r.Kind, r.Council, r.State, r.People, r.List); err != nil {
			return err
		}
	}
	return nil
}

func (m *Room) runs(r *web.Request) (web.Answer, error) {
	v := runsView{Writes: r.May(web.Act{Verb: web.Write, Object: web.ObjectNotice})}
	err := m.db.Read(r.Context(), func(tx *db.Tx) error {
		all, err := readRuns(tx)
		for i := range all {
			if sees(r.Visitor, all[i].Council) {
				v.Runs = append(v.Runs, all[i].line())
			}
		}
		return err
	})
	return runsPage.With("Notices", v), err
}
