package account

import (
	"slices"

	"github.com/reeve-council/reeve/internal/web"
)

// policyView is the policy as an auditor reads it: one role at a time on the
// page, all of it as .csv.
type policyView struct {
	Role  roleWords    `json:"-"`
	Roles []roleWords  `json:"-"`
	Verbs []string     `json:"-"`
	Rows  []policyRow  `json:"-"`
	All   []policyCell `json:"policy"`
}

// policyRow is one object and, for each verb, how grave a thing may be; "" where
// the verb is denied.
type policyRow struct {
	Object string
	UpTo   []string
}

type policyCell struct {
	Role   Role       `json:"role"`
	Verb   web.Verb   `json:"verb"`
	Object web.Object `json:"object"`
	UpTo   string     `json:"up_to"`
}

func (v policyView) Columns() []string { return []string{"role", "verb", "object", "up_to"} }

func (v policyView) EachRow(emit func(...any) error) error {
	for _, c := range v.All {
		if err := emit(c.Role, c.Verb, c.Object, c.UpTo); err != nil {
			return err
		}
	}
	return nil
}

var policyPage = web.NewPage[policyView](pages, "policy.html")

func (m *Room) policy(r *web.Request) (web.Answer, error) {
	w, ok := Role(r.Ask("role")).words()
	if !ok && len(r.Visitor.Roles) > 0 {
		w, ok = Role(r.Visitor.Roles[0]).words()
	}
	if !ok {
		w = roles[0]
	}
	v := policyView{Role: w, Roles: roles, Rows: policyRows(w.Role)}
	for _, verb := range verbs {
		v.Verbs = append(v.Verbs, verb.Title)
	}
	if r.Machine() {
		v.All = policyCells()
	}
	return policyPage.With("Who may do what", v), nil
}

// policyRows are the objects that a role may do anything to.
func policyRows(r Role) (rows []policyRow) {
	for _, o := range objects {
		row := policyRow{Object: o.Title}
		for _, v := range verbs {
			text := ""
			if upTo, ok := matrix[cell{r, v.Verb, o.Object}]; ok {
				text = degreeWords[upTo]
			}
			row.UpTo = append(row.UpTo, text)
		}
		if slices.ContainsFunc(row.UpTo, func(s string) bool { return s != "" }) {
			rows = append(rows, row)
		}
	}
	return rows
}

// policyCells are all cells that allow something, in the order of the tables.
func policyCells() (all []policyCell) {
	for _, r := range roles {
		for _, o := range objects {
			for _, v := range verbs {
				if upTo, ok := matrix[cell{r.Role, v.Verb, o.Object}]; ok {
					all = append(all, policyCell{r.Role, v.Verb, o.Object, degreeWords[upTo]})
				}
			}
		}
	}
	return all
}
