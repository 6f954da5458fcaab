package notice

// takenSchema keeps which user carries a round themself, as delivery officers
// do; ” for a round that somebody makes for somebody else.
const takenSchema = `
ALTER TABLE notice_round ADD COLUMN taken_by TEXT NOT NULL DEFAULT '';
CREATE INDEX notice_round_taken ON notice_round (taken_by, id);
`
