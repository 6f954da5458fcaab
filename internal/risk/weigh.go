package risk

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/reeve-council/reeve"
)

// Evidence is one finding as risk sees it: no value, no place.
type Evidence struct {
	Kind       reeve.Kind
	Confidence reeve.Confidence
	Capacity   reeve.Capacity
	Signal     reeve.Signal
	Said       reeve.Date
	Posterior  float64 // of the link that ties it to the person
	Item       int     // distinct document
	Incomplete bool    // the item was not fully read
	Negated    bool
}

// Input is all that is weighed of one person.
type Input struct {
	Person      string
	Tier        reeve.Tier
	Records     []reeve.Record
	Evidence    []Evidence // links at `possible` included
	Born        reeve.Date // as documents say it, where no register does
	Dead        bool       // a document says that the person has died
	Role        reeve.Role // as documents say it
	Controllers []string   // of the items, by rule; "" where no rule matched
	Council     string     // of the case; may be empty
	SafetyNear  bool       // SafetyAtAll of anyone linked to the address or household
	AsOf        reeve.Date
}

// likely is the posterior from which a link counts (contract).
const likely = 0.90

// Weigh gives the exposure of one person. For a person who is only `possible`
// all links count.
func Weigh(in Input) reeve.Exposure {
	counted := in.counted()
	kinds := make(kindSet)
	out := reeve.Exposure{Person: in.Person, Capacity: capacityOf(counted), Role: roleOf(&in), Deceased: deceasedOf(&in)}
	for _, e := range counted {
		if e.Negated || e.Confidence == reeve.ConfidenceD || e.Kind.Circumstance() && !carries(e) {
			continue
		}
		kinds[e.Kind] = true
		out.DataFrom, out.DataTo = widen(out.DataFrom, out.DataTo, e.Said)
	}
	out.Items, out.Incomplete = countItems(counted)
	out.Signals = signalsOf(&in, counted)
	out.Kinds = slices.Sorted(maps.Keys(kinds))
	out.Categories = categoriesOf(out.Kinds)
	safety := hasSafety(out.Signals)
	contexts := kinds.contexts(safety, isMinor(&in))
	out.Severity = Severity(contexts, kinds.ease(), CopiedByCriminals)
	out.Band = BandOf(out.Severity)
	out.Lane = laneOf(out.Signals, kinds)
	out.Controllers = controllersOf(&in)
	out.SafeContact = contactOf(in.Records, in.SafetyNear || safety)
	out.Sealed = sealedBy(in.Records, out.Signals)
	out.Reasons = reasonsOf(&out, contexts, kinds.ease())
	return out
}

func (in *Input) counted() []Evidence {
	if in.Tier == reeve.TierPossible {
		return in.Evidence
	}
	var out []Evidence
	for _, e := range in.Evidence {
		if e.Posterior >= likely {
			out = append(out, e)
		}
	}
	return out
}

func capacityOf(counted []Evidence) reeve.Capacity {
	best := reeve.CapacityPassing
	for _, e := range counted {
		if e.Capacity != reeve.CapacityUnknown && e.Capacity < best {
			best = e.Capacity
		}
	}
	return best
}

// registerRoles says what a register's role column makes of a person.
var registerRoles = map[string]reeve.Role{
	"tenant": reeve.RoleResident, "owner": reeve.RoleResident, "liable": reeve.RoleResident, "elector": reeve.RoleResident, "resident": reeve.RoleResident,
	"leaseholder": reeve.RoleResident, "occupier": reeve.RoleResident,
	"claimant": reeve.RoleServiceUser, "partner": reeve.RoleServiceUser, "child": reeve.RoleServiceUser, "carer": reeve.RoleServiceUser,
	"service-user": reeve.RoleServiceUser, "client": reeve.RoleServiceUser, "pupil": reeve.RoleServiceUser, "applicant": reeve.RoleServiceUser,
	"staff": reeve.RoleStaff, "employee": reeve.RoleStaff, "councillor": reeve.RoleCouncillor, "member": reeve.RoleCouncillor,
	"supplier": reeve.RoleSupplier, "landlord": reeve.RoleLandlord,
}

var roleOrder = []reeve.Role{reeve.RoleServiceUser, reeve.RoleCouncillor, reeve.RoleStaff, reeve.RoleLandlord, reeve.RoleSupplier, reeve.RoleResident, reeve.RoleOther}

func roleOf(in *Input) reeve.Role {
	have := make(map[reeve.Role]bool)
	for i := range in.Records {
		if role, ok := registerRoles[in.Records[i].Role]; ok {
			have[role] = true
		} else if in.Records[i].Role != "" {
			have[reeve.RoleOther] = true
		}
	}
	for _, role := range roleOrder {
		if have[role] {
			return role
		}
	}
	if in.Role != "" {
		return in.Role
	}
	return reeve.RoleUnknown
}

// saidDead reports whether a field or a column of a document that is likely
// enough about the person says that they have died.
func saidDead(evidence []Evidence) bool {
	for i := range evidence {
		e := &evidence[i]
		if e.Kind == reeve.KindDeath && !e.Negated && e.Confidence <= reeve.ConfidenceB && e.Posterior >= likely {
			return true
		}
	}
	return false
}

func deceasedOf(in *Input) string {
	suspected := in.Dead || saidDead(in.Evidence)
	for i := range in.Records {
		switch in.Records[i].Deceased {
		case "yes":
			return "yes"
		case "suspected":
			suspected = true
		}
	}
	if suspected {
		return "suspected"
	}
	return "no"
}

func widen(from, to, d reeve.Date) (reeve.Date, reeve.Date) {
	if d.IsZero() {
		return from, to
	}
	if from.IsZero() || d.Before(from) {
		from = d
	}
	if to.Before(d) {
		to = d
	}
	return from, to
}

func countItems(counted []Evidence) (items, incomplete int) {
	seen := make(map[int]bool)
	for _, e := range counted {
		if seen[e.Item] {
			continue
		}
		seen[e.Item] = true
		items++
		if e.Incomplete {
			incomplete++
		}
	}
	return items, incomplete
}

func categoriesOf(kinds []reeve.Kind) []reeve.Category {
	set := make(map[reeve.Category]bool)
	for _, k := range kinds {
		set[k.Category()] = true
	}
	return slices.Sorted(maps.Keys(set))
}

// controllersOf gives, for every item, who held the data: the item's rule, else
// the councils of the register records, else the case's council, else unknown.
func controllersOf(in *Input) []string {
	set := make(map[string]bool)
	for _, c := range in.Controllers {
		if c != "" {
			set[c] = true
			continue
		}
		for _, d := range in.fallback() {
			set[d] = true
		}
	}
	if len(set) == 0 {
		for _, d := range in.fallback() {
			set[d] = true
		}
	}
	return slices.Sorted(maps.Keys(set))
}

func (in *Input) fallback() []string {
	var out []string
	for i := range in.Records {
		if c := in.Records[i].Council; c != "" && !slices.Contains(out, c) {
			out = append(out, c)
		}
	}
	switch {
	case len(out) > 0:
		return out
	case in.Council != "":
		return []string{in.Council}
	}
	return []string{"unknown"}
}

func reasonsOf(e *reeve.Exposure, contexts []Context, ease int) []string {
	var out []string
	for _, s := range e.Signals {
		line := fmt.Sprintf("signal %s: %s", s.Signal, s.Source)
		if !s.Since.IsZero() {
			line += " (" + s.Since.String() + ")"
		}
		out = append(out, line)
	}
	worst := slices.MaxFunc(contexts, func(a, b Context) int { return a.score() - b.score() })
	out = append(out, fmt.Sprintf("severity %d.%02d = %d (%s) × %.2f (%s) + %.2f (copied by criminals)",
		e.Severity/100, e.Severity%100, worst.score(), worst.Why, float64(ease)/100, easeWords[ease], float64(CopiedByCriminals)/100))
	if e.Incomplete > 0 {
		out = append(out, fmt.Sprintf("%d of %d items were not fully read: there may be more", e.Incomplete, e.Items))
	}
	if len(e.Categories) > 0 {
		names := make([]string, len(e.Categories))
		for i, c := range e.Categories {
			names[i] = string(c)
		}
		out = append(out, "found: "+strings.Join(names, ", "))
	}
	return out
}

var easeWords = map[int]string{
	EaseNegligible: "hard to identify", EaseLimited: "identified by a name alone",
	EaseSignificant: "identified by name and another detail", EaseMaximum: "fully identified",
}
