package review

// The signs of legal professional privilege, as folded words. "counsel" is a
// barrister, "council" the authority; "court" alone is the name of many a block
// of flats, and "legal advice" alone what half of all letters tell people to
// get: neither is a sign by itself in running text.

// privilegeFolders are signs in the name of a folder or file.
var privilegeFolders = []string{
	"legal advice", "legally privileged", "legal privilege", "privileged", "privilege", "without prejudice",
	"litigation", "counsel", "counsels opinion", "counsels advice", "advice of counsel", "solicitors advice", "barrister",
	"court bundle", "court bundles", "court papers", "court documents", "court proceedings", "care proceedings", "trial bundle", "hearing bundle",
	"tribunal bundle", "employment tribunal", "county court", "high court", "family court", "crown court", "magistrates court", "court of appeal",
	"possession proceedings", "judicial review", "instructions to solicitor", "instructions to solicitors", "external solicitors",
}

// privilegeHeadings are signs where they begin or end a short line: a heading,
// a subject.
var privilegeHeadings = []string{
	"legal advice", "legal opinion", "request for legal advice", "advice note from legal services", "legal advice privilege",
	"private confidential and legally privileged", "privileged and confidential", "confidential and privileged", "legally privileged", "privileged", "counsels advice", "counsels opinion",
	"without prejudice", "without prejudice save as to costs", "instructions to counsel", "brief to counsel", "skeleton argument", "position statement",
	"witness statement", "statement of truth", "particulars of claim", "statement of case", "grounds of resistance", "court bundle", "case management order",
	"in the county court", "in the high court", "in the high court of justice", "in the family court", "in the crown court", "in the magistrates court",
	"in the court of appeal", "in the employment tribunal", "in the employment tribunals", "in the first tier tribunal", "in the upper tribunal", "in the central family court", "in the court of protection",
}

// privilegePhrases are signs anywhere in the opening.
var privilegePhrases = []string{
	"legally privileged", "legal professional privilege", "legal advice privilege", "litigation privilege", "privileged and confidential", "confidential and privileged",
	"subject to legal privilege", "in contemplation of litigation", "in contemplation of proceedings", "prepared for the purpose of litigation",
	"counsels opinion", "counsels advice", "advice of counsel", "opinion of counsel", "instructions to counsel", "brief to counsel", "i am instructed to advise", "we are instructed to advise",
	"you have asked me to advise", "our legal advice is", "in the county court at", "in the high court of justice", "in the family court at", "in the family court sitting at", "in the crown court at",
	"in the employment tribunal at", "in the matter of the children act 1989", "witness statement of", "statement of claim", "without prejudice save as to costs", "on behalf of the claimant", "on behalf of the respondent",
}

// privilegeNotices mark the notice below a mail, which says of every mail that
// it may be privileged.
var privilegeNotices = []string{
	"may be privileged", "may be legally privileged", "may also be privileged", "may also be legally privileged", "may contain privileged", "may contain legally privileged",
	"may be confidential", "may be confidential and privileged", "may be privileged and confidential", "may contain confidential", "may contain information", "intended recipient", "intended addressee", "intended solely", "intended only",
	"this email and any", "this e mail and any", "this message and any", "if you have received", "disclaimer",
}
