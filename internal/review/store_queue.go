package review

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/sweep"
)

// queueThing is what a queue hands out.
type queueThing struct {
	About string
	Thing string
	place int64
}

// pick is whom a queue hands things to, and which.
type pick struct {
	Sort    string
	User    string
	Scope   sweep.Scope
	Council string // one council within the scope, "" for any
	Lists   int64  // of the stamp of the lists
	Now     int64
}

// queueQuery is how a sort finds what is to be judged: the select gives thing
// and place; where stands behind its WHERE, place is the column that is ordered
// by and that a mark bounds.
type queueQuery struct {
	about  string
	fields string
	from   string
	where  string
	place  string
	order  string // the same order, in columns that have an index
}

// queueQueries are the sorts, in the words of the published views. Of what is
// unread, level of triage and item make one number: a level has 2^40 places.
var queueQueries = map[string]queueQuery{
	sortVulnerable: {aboutPerson, "p.id, p.place", "case_people p", "1 = 1", "p.place", "p.place"},
	sortSpecial: {aboutPerson, "p.id, p.place", "case_people p",
		"(p.categories LIKE '%health%' OR p.categories LIKE '%genetic%' OR p.categories LIKE '%racial%' OR p.categories LIKE '%political%' OR p.categories LIKE '%religious%' OR p.categories LIKE '%trade union%' OR p.categories LIKE '%sex%' OR p.categories LIKE '%gender%' OR p.categories LIKE '%criminal%')", "p.place", "p.place"},
	sortUncertain: {aboutLink, "l.mark || ':' || p.id, p.place", "case_people p JOIN case_links l ON l.person = p.id",
		"p.tier IN ('likely', 'possible') AND l.posterior < 990000 AND l.decided = ''", "p.place", "p.place"},
	sortController: {aboutController, "p.id, p.place", "case_controllers u JOIN case_people p ON p.id = u.person", "u.council = 'unknown'", "p.place", "p.place"},
	sortUnread: {aboutDocument, "CAST(i.id AS TEXT), t.level * 1099511627776 + t.item", "case_triage t JOIN case_items i ON i.id = t.item",
		"i.status NOT IN ('read', 'partly-read')", "t.level * 1099511627776 + t.item", "t.level, t.item"},
}

// thingIs is the expression by which a row of a sort names its thing.
func (q queueQuery) thingIs() string { return q.fields[:strings.LastIndex(q.fields, ", ")] }

// open is the condition that nobody has judged a thing: no verdict stands, waits
// or is in conflict.
func (q queueQuery) open() string {
	return fmt.Sprintf(" AND NOT EXISTS (SELECT 1 FROM verdict_now n WHERE n.about = '%s' AND n.thing = %s AND n.state <> 'none')", q.about, q.thingIs())
}

// free is the condition that a thing may be handed to somebody: theirs by scope,
// not set aside, not with somebody else, not skipped by them. Sealed people are
// never handed out.
func (q queueQuery) free(k *pick) (string, []any) {
	text := fmt.Sprintf(` AND NOT EXISTS (SELECT 1 FROM queue_claim c WHERE c.about = '%s' AND c.thing = %s AND c.until > ? AND (c.user_ <> ? OR c.batch > 0))
		AND NOT EXISTS (SELECT 1 FROM queue_skip s WHERE s.user_ = ? AND s.about = '%s' AND s.thing = %s AND s.at > ?)`, q.about, q.thingIs(), q.about, q.thingIs())
	args := []any{k.Now, k.User, k.User, k.Now - skipLasts}
	if q.about == aboutDocument {
		if k.Scope.Councils != nil {
			return " AND 1 = 0", nil // an unread item is no council's yet
		}
		return text + " AND NOT EXISTS (SELECT 1 FROM review_stopped x WHERE x.item = i.id AND x.who IN ('', ?))" +
			" AND NOT EXISTS (SELECT 1 FROM case_hidden h WHERE h.item = i.id)", append(args, k.User)
	}
	scope, more := inScope(k.Scope)
	text += " AND " + scope + " AND NOT EXISTS (SELECT 1 FROM review_stopped x WHERE x.person = p.id AND x.who IN ('', ?))"
	args = append(append(args, more...), k.User)
	if k.Council != "" {
		text += " AND EXISTS (SELECT 1 FROM case_controllers k2 WHERE k2.person = p.id AND k2.council = ?)"
		args = append(args, k.Council)
	}
	return text, args
}

// findOpen gives up to limit things of a sort, in its order, that nobody has
// judged and that may be handed to somebody.
func findOpen(tx *db.Tx, k *pick, limit int) ([]queueThing, error) {
	q := queueQueries[k.Sort]
	from, err := moveMark(tx, k, q)
	if err != nil {
		return nil, err
	}
	free, args := q.free(k)
	return db.All(tx, func(row db.Row) (t queueThing, err error) {
		t.About = q.about
		return t, row.Scan(&t.Thing, &t.place)
	}, "SELECT "+q.fields+" FROM "+q.from+" WHERE "+q.place+" >= ? AND "+q.where+q.open()+free+" ORDER BY "+q.order+", 1 LIMIT ?",
		append(append([]any{from}, args...), limit)...)
}

// moveMark gives the place below which a sort has nothing open and moves it up
// as far as it goes now. It holds for everybody: scope and claims do not count.
func moveMark(tx *db.Tx, k *pick, q queueQuery) (int64, error) {
	var lists, was, place int64
	err := tx.One([]any{&lists, &was}, "SELECT lists, place FROM queue_mark WHERE sort = ?", k.Sort)
	if err != nil && !errors.Is(err, reeve.NotFound) {
		return 0, err
	}
	if lists != k.Lists {
		was = -1
	}
	var thing string
	err = tx.One([]any{&thing, &place}, "SELECT "+q.fields+" FROM "+q.from+" WHERE "+q.place+" >= ? AND "+q.where+q.open()+" ORDER BY "+q.order+" LIMIT 1", was)
	if errors.Is(err, reeve.NotFound) {
		place, err = markEnd, nil
	}
	if err != nil || place-was < markStep && lists == k.Lists {
		return was, err
	}
	mark := tx.Upsert("queue_mark", []string{"sort"}, []string{"sort", "lists", "place"})
	if err := mark.Add(k.Sort, k.Lists, place); err != nil {
		return 0, err
	}
	return place, mark.Close()
}

// markStep is how far a mark must move to be written. markEnd lies beyond every
// place: nothing is open until the lists change or something is taken back.
const (
	markStep = 50
	markEnd  = 1 << 60
)

// carryMarks keeps the marks over a decision that changed some people: none lies
// above the first of them.
func carryMarks(tx *db.Tx, lists int64, people []string) error {
	least := int64(-1)
	if len(people) > 0 && len(people) <= 500 {
		if err := tx.One([]any{&least}, "SELECT COALESCE(MIN(place), 1099511627776) FROM case_people WHERE id IN ("+marks(len(people))+")", arguments(people)...); err != nil {
			return err
		}
	}
	_, err := tx.Exec("UPDATE queue_mark SET lists = ?, place = CASE WHEN place > ? AND sort <> ? THEN ? ELSE place END WHERE lists = ?", lists, least, sortUnread, least, lists-1)
	return err
}

// reopen makes sure that something that is to be judged again is found.
func reopen(tx *db.Tx, _, _ string) error {
	_, err := tx.Exec("DELETE FROM queue_mark")
	return err
}

// claimed gives the single card that a user has from a sort, if it is still to
// be judged and still theirs to see.
func claimed(tx *db.Tx, k *pick) (queueThing, error) {
	q := queueQueries[k.Sort]
	t := queueThing{About: q.about}
	free, args := q.free(k)
	return t, tx.One([]any{&t.Thing, &t.place}, "SELECT "+q.fields+" FROM "+q.from+" WHERE "+q.where+q.open()+free+" AND "+q.thingIs()+
		" IN (SELECT o.thing FROM queue_claim o WHERE o.user_ = ? AND o.batch = 0 AND o.about = ? AND o.until > ?) ORDER BY "+q.order+" LIMIT 1",
		append(args, k.User, q.about, k.Now)...)
}

// claim takes things for a user until a moment, for a batch or as a card (0).
func claim(tx *db.Tx, things []queueThing, user string, batch, until int64) error {
	load := tx.Upsert("queue_claim", []string{"about", "thing"}, []string{"about", "thing", "user_", "batch", "until"})
	for _, t := range things {
		if err := load.Add(t.About, t.Thing, user, batch, until); err != nil {
			return err
		}
	}
	return load.Close()
}

// dropClaim lets go of a thing, whoever had it: it was judged.
func dropClaim(tx *db.Tx, about, thing string) error {
	_, err := tx.Exec("DELETE FROM queue_claim WHERE about = ? AND thing = ? AND batch = 0", about, thing)
	return err
}

// dropCards lets go of the single cards of a user, and of all that ran out.
func dropCards(tx *db.Tx, user string, now int64) error {
	_, err := tx.Exec("DELETE FROM queue_claim WHERE user_ = ? AND batch = 0 OR until <= ?", user, now)
	return err
}

// skip keeps that a user does not want a thing for now.
func skip(tx *db.Tx, user, about, thing string, now int64) error {
	if _, err := tx.Exec("DELETE FROM queue_skip WHERE user_ = ? AND (at <= ? OR about = ? AND thing = ?)", user, now-skipLasts, about, thing); err != nil {
		return err
	}
	if _, err := tx.Exec("INSERT INTO queue_skip (user_, about, thing, at) VALUES (?, ?, ?, ?)", user, about, thing, now); err != nil {
		return err
	}
	_, err := tx.Exec("DELETE FROM queue_claim WHERE user_ = ? AND batch = 0 AND about = ? AND thing = ?", user, about, thing)
	return err
}

// bulkFilter is which items a bulk act is about: those of a folder and what is
// below it, of a type ("" for any), in which nobody is linked.
type bulkFilter struct {
	Exhibit, Folder, Type string
}

// bulkItems gives the items of a filter that nobody has judged. Items in which
// anybody is linked are never among them, nor what is set aside or hidden.
func bulkItems(tx *db.Tx, f bulkFilter, limit int) ([]int64, error) {
	return db.All(tx, func(row db.Row) (id int64, err error) { return id, row.Scan(&id) }, `SELECT i.id FROM case_items i
		WHERE i.exhibit = ? AND (? = '' OR i.folder = ? OR substr(i.folder, 1, ?) = ?) AND (? = '' OR i.type = ?)
		AND i.status = 'read' AND NOT EXISTS (SELECT 1 FROM case_links l WHERE l.document = i.document AND i.document > 0 AND l.person <> '')
		AND NOT EXISTS (SELECT 1 FROM verdict_now n WHERE n.about = 'document' AND n.thing = CAST(i.id AS TEXT) AND n.state <> 'none')
		AND NOT EXISTS (SELECT 1 FROM review_stopped x WHERE x.item = i.id) AND NOT EXISTS (SELECT 1 FROM case_hidden h WHERE h.item = i.id)
		AND NOT EXISTS (SELECT 1 FROM case_sealed_documents d WHERE d.document = i.document AND i.document > 0)
		ORDER BY i.id LIMIT ?`, f.Exhibit, f.Folder, f.Folder, utf8.RuneCountInString(f.Folder)+1, f.Folder+"/", f.Type, f.Type, limit)
}

// exhibitNames are the exhibits of the case.
func exhibitNames(tx *db.Tx) ([]string, error) {
	return db.All(tx, func(row db.Row) (s string, err error) { return s, row.Scan(&s) }, "SELECT name FROM case_exhibits ORDER BY name")
}
