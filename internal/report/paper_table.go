package report

import "github.com/reeve-council/reeve/internal/incident"

// paperKinds are the papers that can be made.
var paperKinds = []paperKind{
	{
		Kind: "situation", Title: "Situation report", Lead: "Where things stand now, and the last two days. For those who run the incident and for partners.",
		For: []incident.Audience{incident.Internal, incident.Partners, incident.Councillors, incident.Employees}, Since: 48,
		Parts: []paperPart{{"Summary", summaryPart}, {"What is known", knownPart}, {"What is not known", unknownPart}, {"What is assumed", assumedPart},
			{"The copied data", figuresPart}, {"The last two days", timelinePart}, {"Decisions", decisionsPart}, {"Dates set by law", clocksPart},
			{"Work in hand", tasksPart}, {"Agencies", agenciesPart}, {"Cost so far", costPart}, {"What is asked of you", askPart}},
	},
	{
		Kind: "cabinet", Title: "Cabinet paper", Lead: "What members need to decide and to answer for.",
		For: []incident.Audience{incident.Councillors, incident.Internal, incident.Public},
		Parts: []paperPart{{"Recommendations", askPart}, {"Summary", summaryPart}, {"What happened", knownPart}, {"What is not known", unknownPart},
			{"People whose data was copied", figuresPart}, {"Decisions taken, and by what authority", decisionsPart}, {"Legal duties", clocksPart},
			{"Regulators, police and partners", agenciesPart}, {"Financial implications", costPart}, {"What we learn", lessonsPart}},
	},
	{
		Kind: "board", Title: "Board pack", Lead: "The figures and the exceptions, for those who steer.",
		For: []incident.Audience{incident.Internal, incident.Councillors, incident.Partners}, Since: 7 * 24,
		Parts: []paperPart{{"Summary", summaryPart}, {"Dates set by law", clocksPart}, {"Returns", returnsPart}, {"The copied data", figuresPart},
			{"Open questions", unknownPart}, {"Assumptions", assumedPart}, {"Decisions", decisionsPart}, {"Work in hand", tasksPart}, {"Cost", costPart},
			{"Lessons and recommendations", lessonsPart}, {"What is asked of the board", askPart}},
	},
	{
		Kind: "counsel", Title: "Timeline for counsel", Lead: "Every entry with both of its times, for legal advice. It is marked as privileged: give it to nobody else.",
		For: []incident.Audience{incident.Internal}, Privileged: true,
		Parts: []paperPart{{"Instructions", summaryPart}, {"Questions on which advice is asked", askPart}, {"Timeline", timelinePart}, {"Decisions", decisionsPart},
			{"What is known", knownPart}, {"What is not known", unknownPart}, {"Legal duties", clocksPart}, {"Returns made", returnsPart}, {"Agencies", agenciesPart}},
	},
}
