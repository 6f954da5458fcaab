package plant

var childTypes = []docType{
	{name: "child protection conference", folder: "Children/Conferences/{year}", file: "ICPC {sur} {ini} {n}", pool: "protection", weight: 18, years: [2]int{2006, 2020},
		formats: words(`docx pdf txt odt`), ocr: 0.06, caps: "p=relative r=relative",
		seen: []string{`
# Initial Child Protection Conference - Minutes
Date: {date}
Child: {a.full}, {l.dob} {a.dob}, {l.nhs} {a.nhs}
{l.addr}: {a.addr}, {a.pc}
Mother: {p.full}
Chair: {o.full}, Independent Reviewing Officer
Social worker: {s.full}

The conference decided that {a.given} be made {a!child_social_care/child_protection:subject to a child protection plan} under the category of {one:neglect;emotional abuse;physical abuse}.
{s.full} reported that {p.given} has missed two appointments. {k.full} was seen alone.
Next core group {date+10}.`},
		unseen: []string{`
NOTES OF MEETING {date} (strictly confidential)
Present: {s.initialled} (SW), {o.initialled} (chair), school nurse
Concerning {a.caps} ({a.dob}) of {a.addr} {a.pc}
All agencies agreed that the threshold was met; {a.he} will have {a!child_social_care/child_protection:a CP plan} from today. Mum ({p.full}) was upset.
Sibling {k.full}: {k~child_social_care:no concerns}.`}},
	{name: "section 47 record", folder: "Children/Assessments/S47 {year}", file: "S47 {sur} {n}", pool: "protection", weight: 15, years: [2]int{2006, 2020},
		formats: words(`docx txt rtf pdf`), caps: "p=relative",
		seen: []string{`
# Section 47 enquiry
{l.name}: {a.reversed}
{l.dob}: {a.dob}
Case number: {a.case}
{l.addr}: {a.addr}, {a.pc}

{date}: strategy discussion. {a!child_social_care/child_protection:Section 47 enquiry} to begin. {a.given} told the teacher that {a.he} had been hurt at home.
{date+2}: home visit by {s.full}. {p.full} denied this.`},
		unseen: []string{`
s.47 - outcome
re {a.full} b. {a.dob}, file {a.case}
Visited {a.addr} ({a.pc}) on {date}. Enquiry under {a!child_social_care/child_protection:s.47} concluded: concerns substantiated. Convene conference. Author {s.full}.`}},
	{name: "children case note", folder: "Children/Case notes/{year}", file: "{sur} {ini} note {n}", pool: "need", weight: 30, years: [2]int{2006, 2020},
		formats: words(`txt docx html rtf txt-utf16`), caps: "p=relative",
		seen: []string{`
Case note - {a.full} ({a.case})
{date} - {s.full}
Visited {p.full} and {a.given} at {a.addr}, {a.pc}. {a.given} is {a.age}. {a!child_social_care/child_in_need:Child in need plan} reviewed; {p.given} says that money is short and that {p.he} feels low.
No injuries seen. {a~health:No known allergies}.`, `
{date} T/C from {p.full} re {a.full} (DOB {a.dob}). School says attendance 71%. {a!child_social_care/child_in_need:CIN} meeting booked {date+7}. {s.initialled}`},
		unseen: []string{`
{date} Saw {a.lower}, dob {a.dob}, at home ({a.addr}). Under {a!child_social_care/child_in_need:section 17}. mum {p.lower} engaging ok. next visit two wks. {s.given}`}},
	{name: "looked after review", folder: "Children/LAC reviews/{year}", file: "Review {sur} {n}", pool: "looked", weight: 12, years: [2]int{2006, 2020},
		formats: words(`docx pdf odt`), caps: "p=relative",
		seen: []string{`
# Review of arrangements for a looked after child
{l.name}: {a.full}
{l.dob}: {a.dob}
Legal status: {a!child_social_care/looked_after:Looked after, section 20}
Placement address: {a.nowaddr}, {a.nowpc}
Mother: {p.full}
Date: {date}
{a.given} is settled with the foster carers. Contact with {p.given} is weekly and supervised by {s.full}.`},
		unseen: []string{`
LAC review no 3 for {a.reversed_caps}, born {a.dob}, {l.nhs} {a.nhs}.
The Independent Reviewing Officer ({o.full}) met {a.given}, who has been {a!child_social_care/looked_after:in care under a full care order} since {date}. Birth mother {p.full} did not come.`}},
	{name: "adoption report", folder: "Children/Adoption/CONFIDENTIAL {year}", file: "CPR {sur} {n}", pool: "adoption", weight: 8, years: [2]int{2006, 2020},
		formats: words(`docx pdf`), caps: "x=relative p=relative",
		seen: []string{`
# Child permanence report
Child to be placed for adoption: {a.full}, born {a.dob}
{a!child_social_care/looked_after:Placement order} made on {date}.
Prospective adopters: {p.full} and {x.full}, of {p.nowaddr}, {p.nowpc}
The adopters' address must not be disclosed to the birth family.
Report by {s.full}`},
		unseen: []string{`
Adoption panel {date}
Match considered: {a.caps} (d.o.b. {a.dob}) with {p.full} / {x.full}, {p.nowaddr} {p.nowpc}. Panel recommends. {a!child_social_care/looked_after:Care order and placement order} in force.`}},
	{name: "education health and care plan", folder: "Education/SEN/EHCP {year}", file: "EHCP {sur} {n}", pool: "sen", weight: 15, years: [2]int{2010, 2020},
		formats: words(`docx pdf odt`), caps: "p=relative",
		seen: []string{`
# Education, Health and Care Plan
{l.name}: {a.full}
{l.dob}: {a.dob}   UPN: {a.upn}   {l.nhs}: {a.nhs}
{l.addr}: {a.addr}, {a.pc}
Parent: {p.full}
Primary need: {a!education_need:@need}
{a.given} needs 15 hours of support a week. Health: {a!health:@health}.`},
		unseen: []string{`
Annual review of statement - {a.reversed} - {a.dob} - {a.upn}
The SENCO said that {a.given}'s {a!education_need:@need} makes class hard for {a.him}. Family home {a.addr}, {a.pc}; parent {p.full}, {p.phone}.`}},
	{name: "youth offending record", folder: "Children/YOT/{year}", file: "YOT {sur} {n}", pool: "offender", weight: 8, years: [2]int{2006, 2020},
		formats: words(`docx txt pdf`),
		seen: []string{`
# Youth justice / probation liaison
{l.name}: {a.full}   {l.dob}: {a.dob}   PNC: {a.pnc}
{l.addr}: {a.addr}, {a.pc}
{a.given} was {a!offence/offender:convicted of} {a!offence/offender:@offence} on {date}. Supervised by {s.full}.`},
		unseen: []string{`
PNC check {date}: {a.reversed_caps}, {a.dob}, {a.pnc}. Previous: {a!offence/offender:@offence} (community order). Resident {a.addr} {a.pc}.`}},
}
