package incident

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/job"
	"github.com/reeve-council/reeve/internal/paper"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

// paperTasks is how many tasks one paper holds.
const paperTasks = 500

// taskPaper prints what is to be done, by work stream, with boxes to tick and
// room for a name and a time: what is done on paper is typed in by the number
// of the task. Nothing red leaves on it.
func (m *Room) taskPaper(r *web.Request) (web.Answer, error) {
	sight, now := SightOf(r, web.ObjectTask).Leaving(), r.Now.Unix()
	q := taskQuery(r)
	q.limit, q.skip, q.order = paperTasks, 0, "x.stream, x.due, x.id"
	var all []Task
	d := paper.Document{Title: "Tasks", Subtitle: "Printed " + shown(now) + ". Tick what is done, sign it, and have it typed in by its number.", Date: r.Now}
	err := m.db.Read(r.Context(), func(tx *db.Tx) (err error) {
		if all, err = taskShelf.list(tx, sight, q); err != nil {
			return err
		}
		d.Footer, err = footer(tx, all)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("print tasks: %w", err)
	}
	for _, s := range append(streams, choice{"", "Other", false}) {
		if t := paperTable(all, s.Value); len(t.Rows) > 0 {
			d.Blocks = append(d.Blocks, paper.Heading{Level: 1, Text: s.Text}, t)
		}
	}
	if len(d.Blocks) == 0 {
		d.Blocks = []paper.Block{paper.Paragraph{Text: "Nothing is to be done."}}
	}
	return web.File{Name: "tasks.pdf", Type: "application/pdf", Pour: func(w http.ResponseWriter) error { return d.WritePDF(w) }}, nil
}

func paperTable(all []Task, stream string) paper.Table {
	t := paper.Table{Columns: []paper.Column{{Title: "No.", Number: true}, {Title: "Task"}, {Title: "Who"}, {Title: "By when"}, {Title: "Done: who, when"}}}
	for _, x := range all {
		if x.Stream != stream {
			continue
		}
		text := x.Title
		for _, s := range x.Checklist() {
			box := "[  ] "
			if s.Done {
				box = "[x] "
			}
			text += "\n" + box + s.Text
		}
		t.Rows = append(t.Rows, []string{fmt.Sprint(x.ID), text, x.OwnerName, shown(x.Due), ""})
	}
	return t
}

// footer stands on a paper: the closest label on it, and the head of the record
// of which it is a picture.
func footer(tx *db.Tx, all []Task) (string, error) {
	mark := Mark{TLP: Clear}
	for _, t := range all {
		mark = mark.closer(t.Mark)
	}
	head, err := record.Root(tx)
	return mark.TLP.Label() + "\n" + fmt.Sprintf("Record: %d acts, %s", head.Size, head.Root), err
}

// lateJob looks every few minutes for tasks that are late, and puts them before
// whoever is to be told.
func (m *Room) lateJob() job.Handler {
	return job.Handler{Kind: "incident.late", Every: 10 * time.Minute, Run: func(ctx context.Context, _ *job.Work) error {
		now := m.Now()
		return m.db.Write(ctx, func(tx *db.Tx) error {
			late, err := lateTasks(tx, now.Unix())
			if err != nil || len(late) == 0 {
				return err
			}
			lead, err := leadOf(tx)
			if err != nil {
				return err
			}
			var ids []string
			for _, t := range late {
				seen := t.Version
				if t.Escalate == "" {
					t.Escalate, t.EscalateName = lead.ID, lead.Name
				}
				t.Escalated, t.ChangedBy, t.ChangedName, t.ChangedAt, t.Why = now.Unix(), "reeve", "Reeve", now.Unix(), "late"
				if err := taskShelf.put(tx, &t, seen); err != nil {
					return err
				}
				ids = append(ids, fmt.Sprint(t.ID))
			}
			_, err = record.Append(tx, record.Leaf{Time: now.Unix(), Actor: "reeve", Verb: "escalate", Object: "task:late", Rows: int64(len(ids)), Line: "tasks are late: " + strings.Join(ids, ", ")})
			return err
		})
	}}
}
