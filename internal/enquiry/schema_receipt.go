package enquiry

// receiptSchema: who is told by e-mail that what they sent was taken. About is
// enquiry or scam; contact is a digest, so that one address is not sent many.
var receiptSchema = []string{`
CREATE TABLE enquiry_receipt (
	about   TEXT NOT NULL,
	id      INTEGER NOT NULL, -- of the enquiry or report
	contact TEXT NOT NULL,
	state   TEXT NOT NULL, -- waiting, sent, failed, withheld
	why     TEXT NOT NULL, -- a code, of those that failed or were withheld
	tries   INTEGER NOT NULL,
	due     INTEGER NOT NULL, -- when it is tried next
	at      INTEGER NOT NULL,
	PRIMARY KEY (about, id)
);
CREATE INDEX enquiry_receipt_due ON enquiry_receipt (due, about, id) WHERE state = 'waiting';
CREATE INDEX enquiry_receipt_state ON enquiry_receipt (state, at);
CREATE INDEX enquiry_receipt_contact ON enquiry_receipt (contact, at);
`}
