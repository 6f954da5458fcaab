package plant

var adultTypes = []docType{
	{name: "adult social care assessment", folder: "Adults/Assessments/{year}", file: "{sur} {ini} assessment {n}", pool: "adult_care", weight: 22, years: [2]int{2006, 2020},
		formats: words(`docx pdf txt odt`), ocr: 0.06, caps: "r=relative",
		seen: []string{`
# Care Act assessment
{l.name}: {a.titled_full}
{l.dob}: {a.dob}
{l.nhs}: {a.nhs}
{l.addr}: {a.addr}, {a.pc}
Telephone: {a.phone}
{a.titled} has {a!health:@health} and needs help to wash and dress. {a.He} receives {a!adult_social_care/adult_care:a package of home care} twice a day.
Assessed by {s.full} on {date}.`},
		unseen: []string{`
OT visit {date}. {a.full}, {a.addr} {a.pc}, b. {a.dob}. Diagnosis {a!health:@health}. Eligible for {a!adult_social_care/adult_care:care and support}, direct payment {money:80-400} pw. {s.given} to order rails.`}},
	{name: "safeguarding adult concern", folder: "Adults/Safeguarding/{year}", file: "Concern {n}", pool: "adult_safeguarding", weight: 14, years: [2]int{2008, 2020},
		formats: words(`docx txt pdf`), caps: "x=relative",
		seen: []string{`
# Safeguarding adults concern
Adult at risk: {a.full}, {a.dob}
{l.addr}: {a.addr}, {a.pc}
{date}: {a!adult_social_care/adult_safeguarding:section 42 enquiry} opened. It is alleged that {x.full} took money from {a.given}.
Enquiry officer: {s.full}`},
		unseen: []string{`
SG1 received {date}
who is at risk? {a.reversed_caps} dob {a.dob} nhs {a.nhs}
what happened? Bruising noticed by carer; GP told. {a!adult_social_care/adult_safeguarding:safeguarding enquiry} agreed by {s.full}.
where does the person live? {a.addr}, {a.pc}`}},
	{name: "mental health record", folder: "Adults/AMHP/{year}", file: "AMHP {sur} {n}", pool: "mental_health", weight: 14, years: [2]int{2006, 2020},
		formats: words(`docx txt pdf`),
		seen: []string{`
# AMHP report
Patient: {a.full}
{l.dob}: {a.dob}   {l.nhs}: {a.nhs}
{l.addr}: {a.addr}, {a.pc}
{a.titled} has a diagnosis of {a!health/mental_health:@mental} and was {a!health/mental_health:detained under section 2} of the Mental Health Act on {date}.
AMHP: {s.full}`},
		unseen: []string{`
Section 117 aftercare list entry: {a.reversed}, {a.dob}, {a.nhs}. Dx {a!health/mental_health:@mental}. {a!health/mental_health:s.117 aftercare} reviewed {date} by {s.full}; lives {a.addr} {a.pc}.`}},
	{name: "homelessness application", folder: "Housing/Homelessness/{year}", file: "Part 7 {sur} {n}", pool: "homeless", weight: 20, years: [2]int{2006, 2020},
		formats: words(`docx pdf txt`), ocr: 0.06,
		seen: []string{`
# Homelessness application (Part 7)
{l.name}: {a.titled_full}
{l.dob}: {a.dob}
{l.nino}: {a.nino}
Last settled address: {a.addr}, {a.pc}
{l.phone}: {a.phone}
{a.given} is {a!homelessness/homelessness:homeless} and has been {a!homelessness/homelessness:sleeping rough} since {date}. Health: {a!health:@health}.
Decision: full duty. Officer: {w.full}`},
		unseen: []string{`
Presented at front desk {date}: {a.full}, {a.dob}, NI {a.nino}. Evicted from {a.addr}, {a.pc}. {a!homelessness/homelessness:Placed in temporary accommodation}. Owes {a!debt:@debt}. {w.initialled}`}},
	{name: "asylum support record", folder: "Adults/NRPF/{year}", file: "NRPF {sur} {n}", pool: "asylum", weight: 12, years: [2]int{2008, 2020},
		formats: words(`docx txt pdf`),
		seen: []string{`
# No recourse to public funds - assessment
{l.name}: {a.full}
{l.dob}: {a.dob}
Home Office reference: {a.ho}
Biometric residence permit: {a.brp}
Language: {a.lang}
{a.given} is {a!immigration/asylum:an asylum seeker} supported under {a!immigration/asylum:section 95}. Address: {a.addr}, {a.pc}
Assessed by {s.full}, {date}`},
		unseen: []string{`
UASC / former UASC case list entry {date}: {a.reversed_caps}, d.o.b. {a.dob}, HO ref {a.ho}, passport {a.passport}. {a!immigration/asylum:Asylum claim refused}, appeal pending. Housed at {a.addr} {a.pc}. SW {s.full}`}},
	{name: "adult case note", folder: "Adults/Case notes/{year}", file: "{sur} {n}", pool: "adult_care", weight: 25, years: [2]int{2006, 2020},
		formats: words(`txt docx html txt-windows`), caps: "r=relative",
		seen: []string{`
{date} {s.full}: visit to {a.titled_full} at {a.addr}, {a.pc} (Case {a.case}). {a.He} is managing with {a!adult_social_care/adult_care:reablement}. Daughter-in-law rang. {a~health:No known allergies}.
Neighbour {y.full} holds a key.`},
		unseen: []string{`
{a.case} {date} tel call {a.nick} b {a.dob} says carer late again. {a!adult_social_care/adult_care:homecare} provider chased. {s.given}`}},
	{name: "housing case note", folder: "Housing/Case notes/{year}", file: "{sur} {n} note", pool: "tenant", weight: 25, years: [2]int{2006, 2020},
		formats: words(`txt docx rtf txt-windows`), caps: "r=relative",
		seen: []string{`
{date} - tenancy {a.rent}
{a.titled_initial} of {a.addr}, {a.pc} rang about damp in the bedroom. {a.His} {one:son;daughter} {r.full} has {r!health:@health}. Repair raised. {w.full}`, `
File note {date}. Spoke with {a.nick}, {a.addr}, {a.pc}, about noise from next door. Complains of {y.titled}. Arrears nil. {w.initialled}`},
		unseen: []string{`
{date} called on {a.titled}, {a.addr}. No answer, card left. ASB log opened re tenant {a.rent}. Also known as {a.former}. {w.given}`, `
note to file: {a.lower} dob {a.dob} moved out of {a.addr} last week. forwarding not known. {w.given}`}},
	{name: "typing pool letter", folder: "Housing/Typing pool/{year}", file: "dictation {n}", pool: "adult", weight: 15, years: [2]int{2006, 2016},
		formats: words(`txt docx`), ocr: 0.3,
		seen: []string{`
Re: {a.typo}, born {a.dob}, of {a.addr} {a.pc}. Letter dictated {date}: please tell the above that the adaptation has been agreed.`},
		unseen: []string{`
Client {a.typo} (date of birth {a.dob}) wishes to be rehoused from {a.addr}. Ring {a.phone}. Dictated {date}.`}},
	{name: "appointment", folder: "Adults/Diary/{year}", file: "visit {n}", pool: "adult_care", weight: 8, years: [2]int{2010, 2020}, formats: words(`ics`),
		seen: []string{`
Visit {a.titled_full}
{a.addr}, {a.pc}
Case {a.case}, tel. {a.phone}
Has {a!health:@health}; with {s.full}`},
		unseen: []string{`
{a.initials} review
client {a.reversed} ({a.dob}), {a.addr} {a.pc}, about {a!adult_social_care/adult_care:direct payments}`}},
	{name: "case workbook", folder: "Housing/Trackers/{year}", file: "tracker {n}", pool: "tenant", caps: "y=subject", weight: 8, years: [2]int{2010, 2020}, formats: words(`xlsx ods`),
		seen: []string{`
@sheet Summary
| Area | Open | Closed |
| North | {n:1-90} | {n:1-90} |
@sheet Cases
@hidden
| Tenant | Tenancy ref | DOB | Address | Postcode | Note |
| {a.reversed} | {a.rent} | {a.dob} | {a.addr} | {a.pc} | {a!health:@health} |
| {y.full} | | {y.dob} | {y.addr} | {y.pc} | evicted |`}},
	{name: "reviewed report", folder: "Adults/Reviews/{year}", file: "{sur} review {n}", pool: "adult_safeguarding", weight: 8, years: [2]int{2010, 2020}, formats: words(`docx`),
		seen: []string{`
# Review
{l.name}: {a.full}, {l.dob} {a.dob}
{l.addr}: {a.addr}, {a.pc}
The review of {date} was held by {s.full}.
@comment
Take this out before it goes to the family: {a.titled} told me that {a.he} has {a!health/mental_health:@mental}.
@plain
No change to the plan.`}},
}
