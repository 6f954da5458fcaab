package sweep

import (
	"github.com/reeve-council/reeve/internal/db"
)

// writeContacts writes how the people of a resolution are reached. Nothing is
// kept for reaching those who are sealed: no list that a notice is made from
// holds them.
func (r *resolution) writeContacts(tx *db.Tx) error {
	load := tx.Load("person_reach", "person", "email", "phone", "language", "format", "worker", "services")
	for _, s := range r.order {
		if s.exposure.Sealed {
			continue
		}
		c := r.contactOf(s)
		if c == (contactCells{}) {
			continue
		}
		if err := load.Add(s.person.ID, c.email, c.phone, c.language, c.format, c.worker, c.services); err != nil {
			return err
		}
	}
	return load.Close()
}
