package demo

// wording is what the invented council says in all its notices.
var wording = []string{
	"name", "Norvale Borough Council", "address", "Returned letters\nTown Hall\nWeir Street\nNorvale\nNV1 1AA", "phone", "020 7946 0100", "hours", "Every day, 8am to 8pm",
	"email", "incident@norvale.example.org", "website", "incident.norvale.example.org", "check_page", "incident.norvale.example.org/check-a-letter",
	"dpo", "Tobias Anand-Reyes", "dpo_email", "dpo@norvale.example.org", "signatory", "Rosalind Thackeray-Bloom", "role", "Chief executive", "worker_line", "020 7946 0110",
	"services", "our housing, benefits and social care services",
	"happened", "On 24 November 2025 we saw that somebody had broken into our computer systems. They had copied files that hold personal data.",
	"measures", "We cut the systems off the same morning. We told the Information Commissioner's Office, the police and the National Cyber Security Centre.",
	"published", "On 19 January 2026 we knew of no place where the files were published. We keep looking.",
	"next", "We go on reading the files. If we find more about you, we will write to you again.",
}

// contactNotes are on what the invented officers rest how somebody may safely be
// contacted: basis, where the evidence is, and the reason.
var contactNotes = [][3]string{
	{"person", "Call note of the contact centre, 12 January 2026", "They said on the telephone that letters to this address reach them alone"},
	{"service", "Note of the housing officer, 13 January 2026", "The tenancy is theirs, nobody else opens the post, and no flag stands in any system"},
	{"register", "Council tax record checked with its owner, 14 January 2026", "The only adult at the address; confirmed with the revenue team"},
	{"person", "Visit to the counter with a photo document, 14 January 2026", "They came in person and gave this as the safe way"},
}

// What happened to letters after the run was signed.
const (
	danger       = "She telephoned: a former partner has moved back into her street and opens her letters. Nothing may be sent."
	dangerSource = "Call note of the contact centre, 20 January 2026, given to the domestic abuse adviser"
	cameBack     = "2026-02-03 09:30"
)
