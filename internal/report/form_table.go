package report

import "github.com/reeve-council/reeve/internal/incident"

// forms are the returns that the room knows, in the order in which they are
// offered. The headings of all but the ICO's are our own: those bodies take
// them as text, by telephone, mail or on pages of their own.
var forms = []form{
	icoForm,
	{
		Kind: "ncsc", Title: "Report of a cyber incident", To: "National Cyber Security Centre",
		How:      "On the NCSC's page for reporting, watched day and night, or to your contact there.",
		Audience: incident.Internal, TLP: incident.Amber, Phased: true,
		Parts: []part{{"Report", []question{
			{Key: "summary", Label: "What happened, in three sentences", As: asText, Topics: []string{"what happened", "date of attack"}, Need: true},
			{Key: "systems", Label: "Systems and networks concerned", As: asText, Topics: []string{"containment", "services"}, Need: true},
			{Key: "data", Label: "Data taken or changed", As: asText, Topics: []string{"what data was taken", "who lost data"}},
			{Key: "actor", Label: "What is known of the attackers", As: asText, Topics: []string{"attackers", "publication"}},
			{Key: "done", Label: "What was done", As: asText, Topics: []string{"measures after", "containment"}, Need: true},
			{Key: "others", Label: "Who else is engaged", As: asText, Topics: []string{"lead agency", "agencies"}},
			{Key: "asks", Label: "What you ask the NCSC for", As: asText, Need: true},
			{Key: "contact", Label: "Contact, day and night", As: asText, Need: true, Person: true},
		}}},
	},
	{
		Kind: "report-fraud", Title: "Report of a cyber crime by an organisation", To: "Report Fraud (City of London Police)",
		How:      "On reportfraud.police.uk or 0300 123 2040. Report Fraud took the place of Action Fraud on 4 December 2025.",
		Audience: incident.Internal, TLP: incident.Amber,
		Parts: []part{{"Report", []question{
			{Key: "summary", Label: "What happened", As: asText, Topics: []string{"what happened", "date of attack"}, Need: true},
			{Key: "still", Label: "Is the attack still going on?", As: asChoice, From: yesNoUnknown, Need: true},
			{Key: "loss", Label: "What was lost: money, data, working time", As: asText, Topics: []string{"what data was taken", "cost", "services"}},
			{Key: "suspects", Label: "What is known of who did it", As: asText, Topics: []string{"attackers"}},
			{Key: "evidence", Label: "What evidence is kept", As: asText, Topics: []string{"evidence"}},
			{Key: "contact", Label: "Who answers questions", As: asText, Need: true, Person: true},
		}}},
	},
	{
		Kind: "mhclg", Title: "Situation report", To: "Ministry of Housing, Communities and Local Government",
		How:      "By mail to the local resilience and digital contacts, as often as they ask.",
		Audience: incident.Partners, TLP: incident.Amber, Phased: true,
		Parts: []part{{"Situation report", []question{
			{Key: "headline", Label: "Headline", As: asText, Topics: []string{"what happened"}, Need: true},
			{Key: "services", Label: "Services to residents: what runs, what does not", As: asText, Topics: []string{"services", "recovery"}, Need: true},
			{Key: "vulnerable", Label: "Residents at risk, and what is done for them", As: asText, Topics: []string{"vulnerable people"}, Need: true},
			{Key: "data", Label: "Personal data", As: asText, Topics: []string{"what data was taken", "who lost data"}},
			{Key: "money", Label: "Cost so far and foreseen", As: asText, Topics: []string{"cost"}},
			{Key: "public", Label: "What has been said in public", As: asText, Topics: []string{"telling people", "press"}},
			{Key: "partners", Label: "Other councils and partners", As: asText, Topics: []string{"other councils", "agencies", "lead agency"}},
			{Key: "asks", Label: "Help asked for", As: asText},
			{Key: "next", Label: "Next report", As: asLine, Need: true},
		}}},
	},
	{
		Kind: "police", Title: "Statement of the council for the investigation", To: "Police",
		How:      "To the officer in the case, with the bundle from the register of evidence. The statement itself is signed on the police's own form.",
		Audience: incident.Internal, TLP: incident.AmberStrict,
		Note: "Only what the signer knows of their own knowledge, or from a record named here.",
		Parts: []part{{"Statement", []question{
			{Key: "who", Label: "Who makes it, in what office", As: asText, Need: true, Person: true},
			{Key: "what", Label: "What happened, in order of time", As: asText, Topics: []string{"what happened", "discovery", "date of attack"}, Need: true},
			{Key: "systems", Label: "Whose the systems are, and who may use them", As: asText, Topics: []string{"other councils", "systems"}},
			{Key: "permission", Label: "That nobody was given leave to do this", As: asText, Need: true},
			{Key: "evidence", Label: "Evidence produced, with its marks", As: asText, Topics: []string{"evidence"}, Need: true},
			{Key: "effect", Label: "What it did to the council and to residents", As: asText, Topics: []string{"services", "harm", "cost"}, Need: true},
		}}},
	},
	{
		Kind: "lgsco", Title: "Notice of delay in answering complaints", To: "Local Government and Social Care Ombudsman",
		How:      "By mail to the council's link officer there.",
		Audience: incident.Partners, TLP: incident.Green, Phased: true,
		Parts: []part{{"Notice", []question{
			{Key: "what", Label: "What happened", As: asText, Topics: []string{"what happened"}, Need: true},
			{Key: "records", Label: "Which records cannot be read, and since when", As: asText, Topics: []string{"services", "systems"}, Need: true},
			{Key: "effect", Label: "Effect on complaints and remedies", As: asText, Topics: []string{"complaints"}, Need: true},
			{Key: "until", Label: "Until when", As: asText, Topics: []string{"recovery"}},
			{Key: "contact", Label: "Who answers", As: asText, Need: true, Person: true},
		}}},
	},
	{
		Kind: "insurer", Title: "Notice of circumstances that may give rise to a claim", To: "Insurers",
		How:      "As the policy says, through the broker. Late notice may cost the cover.",
		Audience: incident.Partners, TLP: incident.Amber, Phased: true,
		Note: "Have Legal read it first. It says what happened and admits nothing.",
		Parts: []part{{"Notice", []question{
			{Key: "policy", Label: "Policy and its number", As: asLine, Need: true},
			{Key: "what", Label: "What happened, and when it was found", As: asText, Topics: []string{"what happened", "discovery", "date of attack"}, Need: true},
			{Key: "claims", Label: "Claims made or foreseen", As: asText, Topics: []string{"claims", "harm"}, Need: true},
			{Key: "cost", Label: "Cost so far and foreseen", As: asText, Topics: []string{"cost"}, Need: true},
			{Key: "consent", Label: "What you ask them to agree to before it is spent", As: asText},
			{Key: "contact", Label: "Who answers", As: asText, Need: true, Person: true},
		}}},
	},
}
