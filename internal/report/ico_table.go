package report

import (
	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/incident"
)

// The vocabulary of the Information Commissioner's report of a personal data
// breach and of its data set of reported incidents, adopted word for word.
var (
	icoCategories = []string{string(reeve.CategoryBasic), string(reeve.CategoryIdentification), string(reeve.CategoryFinancial),
		string(reeve.CategoryDocuments), string(reeve.CategoryLocation), string(reeve.CategoryHealth), string(reeve.CategoryGenetic),
		string(reeve.CategoryEthnic), string(reeve.CategoryPolitical), string(reeve.CategoryReligious), string(reeve.CategoryTradeUnion),
		string(reeve.CategorySexLife), string(reeve.CategorySexual), string(reeve.CategoryGender), string(reeve.CategoryCriminal), icoUnknown, "other"}
	icoLikelihood = []string{"Very likely", "Likely", "Neutral: neither likely nor unlikely", "Unlikely", "Very unlikely", "Not yet known"}
	icoImpact     = []string{"High", "Medium", "Low", "Not yet known"}
	icoRecovery   = []string{"Regular: the time can be foreseen, with the means there are", "Supplemented: the time can be foreseen, with further means",
		"Extended: the time cannot be foreseen", "Not recoverable", "Complete: recovered", "Not yet known"}
	icoDiscovery = []string{"Unusual activity seen by the council's own monitoring", "Told by staff", "Told by a supplier or partner", "Told by a public body",
		"Told by a person concerned", "Told by the press or found published", "Other"}
	icoIncidents  = []string{"Unauthorised access", "Ransomware", "Malware", "Phishing", "Brute force", "Misconfiguration", "Denial of service", "Not yet known"}
	yesNoUnknown  = []string{"Yes", "No", "Not yet known"}
	yesAboutToNot = []string{"Yes", "About to", "No, and not going to", "Not yet decided"}
)

// icoUnknown is the ICO's word for a category or type that is not known.
const icoUnknown = "unknown"

// icoForm is the report to the Information Commissioner, in the order of the
// six parts of the ICO's online form as copies of 2020 to 2024 show it. The
// form cannot be saved half way, so it is filled in here and then typed over.
var icoForm = form{
	Kind: "ico", Title: "Report of a personal data breach", To: "Information Commissioner's Office",
	How:      "Online form, or by telephone on 0303 123 1113. Type the answers over in this order.",
	Audience: incident.Internal, TLP: incident.AmberStrict, Figures: true, Clock: true, Phased: true,
	Note: "The order and the words follow copies of the form from 2020 to 2024: compare with the form of the day. Information may be given in phases (Article 33(4)). Never put the name of anybody concerned in it.",
	Parts: []part{
		{"1. Type of report", []question{
			{Key: "case_reference", Label: "ICO case reference", As: asLine, Follow: true, Need: true},
			{Key: "reason", Label: "Why you report", As: asChoice, From: []string{"We think the breach must be reported", "We are not sure yet whether it must be reported", "We want advice"}, Need: true},
		}},
		{"2. What happened", []question{
			{Key: "what", Label: "What happened", Hint: "Everything that is known of how and why, without the name of anybody concerned.", As: asText, Topics: []string{"what happened", "who lost data", "containment"}, Need: true},
			{Key: "cyber", Label: "Was it a cyber incident?", As: asChoice, From: yesNoUnknown, Need: true},
			{Key: "incident_type", Label: "Type of incident", As: asSeveral, From: icoIncidents, Cyber: true},
			{Key: "how_found", Label: "How you found out", As: asSeveral, From: icoDiscovery, Need: true},
			{Key: "found_more", Label: "More about how you found out", As: asText, Topics: []string{"discovery"}},
			{Key: "discovered", Label: "When you discovered it", Hint: "Day and time in London.", As: asMoment, Need: true},
			{Key: "happened", Label: "When it happened", Hint: "Day and time in London, or the first day on which it can have happened.", As: asMoment},
			{Key: "happened_more", Label: "What is not sure about these times", As: asText, Topics: []string{"date of attack"}},
		}},
		{"3. The personal data and the people", []question{
			{Key: "categories", Label: "Categories of personal data", Hint: "Those found so far come from the list version; tick what else is known.", As: asSeveral, From: icoCategories, Need: true},
			{Key: "data_more", Label: "More about the data", As: asText, Topics: []string{"what data was taken", "age of the data"}},
			{Key: "figures", Label: "Number of records and of people, and the types of people", As: asFigures},
			{Key: "detriment", Label: "Has anybody suffered because of it?", As: asText, Topics: []string{"harm", "publication"}, Follow: true, Need: true},
			{Key: "likelihood", Label: "How likely are significant consequences for people?", As: asChoice, From: icoLikelihood, Need: true},
			{Key: "consequences", Label: "What the consequences may be", As: asText, Topics: []string{"consequences"}, Need: true},
		}},
		{"4. Cyber incidents only", []question{
			{Key: "affected", Label: "What was affected", As: asSeveral, From: []string{"Confidentiality", "Integrity", "Availability"}, Cyber: true, Need: true},
			{Key: "impact", Label: "Impact on the council", As: asChoice, From: icoImpact, Cyber: true, Need: true},
			{Key: "recovery", Label: "Time to recover", As: asChoice, From: icoRecovery, Cyber: true, Need: true},
			{Key: "recovery_more", Label: "More about recovery", As: asText, Topics: []string{"recovery", "services"}, Cyber: true},
		}},
		{"5. What you did before and after", []question{
			{Key: "staff_involved", Label: "Were staff involved in how it came about?", As: asChoice, From: yesNoUnknown},
			{Key: "training", Label: "Had the staff concerned data protection training in the last two years?", As: asChoice, From: yesNoUnknown},
			{Key: "training_more", Label: "More about training", As: asText, Topics: []string{"training"}},
			{Key: "before", Label: "Measures that were in place before", As: asText, Topics: []string{"measures before"}, Need: true},
			{Key: "after", Label: "What you have done since, and will do", As: asText, Topics: []string{"measures after", "containment"}, Need: true},
			{Key: "told_people", Label: "Have you told the people concerned?", As: asChoice, From: yesAboutToNot, Need: true},
			{Key: "told_why", Label: "Whom you told and when, or why not", As: asText, Topics: []string{"telling people"}, Need: true},
			{Key: "overseas", Label: "Were people in other countries concerned, or their regulators told?", As: asChoice, From: yesNoUnknown},
			{Key: "others_told", Label: "Other regulators, agencies and the police who were told", As: asText, Topics: []string{"lead agency", "agencies"}, Need: true},
			{Key: "delay", Label: "If this is later than 72 hours after you became aware: why", Hint: "Article 33(1). Needed when the report goes out after the 72 hours.", As: asText},
		}},
		{"6. About you", []question{
			{Key: "organisation", Label: "Organisation", As: asLine, Need: true, Person: true},
			{Key: "registration", Label: "ICO registration number", As: asLine},
			{Key: "dpo", Label: "Data protection officer or contact point", Hint: "Name, telephone, e-mail of somebody who acts for the council.", As: asText, Need: true, Person: true},
			{Key: "sector", Label: "Sector", As: asLine},
		}},
	},
}
