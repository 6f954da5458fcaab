package plant

var officeTypes = []docType{
	{name: "HR grievance", folder: "HR/Grievances/{year}", file: "{sur} grievance", pool: "staff", weight: 12, years: [2]int{2006, 2020},
		formats: words(`docx pdf txt`),
		seen: []string{`
# Grievance investigation - confidential
Employee: {a.full} ({a.job}), payroll no. {a.payroll}
{l.nino}: {a.nino}
Investigating officer: {o.full}
{a.given} raised a grievance on {date} about working hours. {a.He} has been off with {a!health:@health} and is represented by {a!trade_union:@union}.`},
		unseen: []string{`
Notes, {date}. {a.reversed} says that the rota is unfair to {a.him} because of {a!health:@health}. {a!trade_union:@union} rep present. HR: {o.initialled}. Home tel {a.phone}; lives {a.addr} {a.pc}.`}},
	{name: "sickness record", folder: "HR/Sickness/{year}", file: "{sur} {ini} fit note", pool: "staff", weight: 10, years: [2]int{2008, 2020},
		formats: words(`docx txt pdf odt`), ocr: 0.1,
		seen: []string{`
# Statement of fitness for work
Patient: {a.titled_full}, {l.dob} {a.dob}
{l.addr}: {a.addr}, {a.pc}
I assessed your case on {date} and advise that you are not fit for work because of {a!health:@health}.`},
		unseen: []string{`
Return to work interview {date}: {a.full}, {a.payroll}. Off 12 days, {a!health:@health}. Manager {o.full}.`}},
	{name: "disciplinary letter", folder: "HR/Disciplinary/{year}", file: "{sur} letter", pool: "staff", weight: 6, years: [2]int{2006, 2020},
		formats: words(`docx pdf`),
		seen: []string{`
{block}
{date}
Dear {a.titled}
You are suspended on full pay from {date}. The DBS check showed {a!offence:a caution for} {a!offence:@offence}. {o.full} will be in touch.`},
		unseen: []string{`
To {a.full}, {a.payroll}. Final written warning issued {date}. Reason: undeclared {a!offence:conviction}.`}},
	{name: "councillor casework", folder: "Members/Casework/{year}", file: "{sur} {n}", pool: "adult", weight: 15, years: [2]int{2006, 2020},
		formats: words(`docx txt html`), caps: "r=relative",
		seen: []string{`
Cllr {c.full} - surgery {date}
{a.full}, {a.addr}, {a.pc}, {l.phone} {a.phone}
Wants to be moved to a bigger flat. {a.His} {one:son;daughter} {r.full} has {r!health:@health}. Promised to write to Housing.`},
		unseen: []string{`
casework {date}: {a.lower} of {a.addr} {a.pc} came about bins and about {a.his} council tax ({a.ctax}). member of the {a!politics:@party} party. passed to {o.full}. c. {c.surname}`}},
	{name: "supplier bank details", folder: "Finance/Suppliers/{year}", file: "BACS form {n}", pool: "supplier", weight: 8, years: [2]int{2006, 2020},
		formats: words(`docx pdf xlsx`),
		seen: []string{`
Supplier: {company} Ltd
Sole trader / contact: {a.full}
Address: {a.addr}, {a.pc}
Bank: {a.bank}
UTR: {a.utr}
E-mail: {a.email}`},
		unseen: []string{`
Change of bank details received {date}: {a.titled_full}, {a.phone}. New account {a.bank}, IBAN {a.iban}. UTR {a.utr}. Checked by telephone: no.`}},
	{name: "FOI log entry", folder: "Corporate/FOI/{year}", file: "FOI {n}", pool: "stranger", weight: 8, years: [2]int{2006, 2020},
		formats: words(`docx txt html`),
		seen: []string{`
Request FOI-{n:1000-9999} received {date}
Requester: {a.full}, {a.email}
How much did the council spend on consultants? Answered by {w.full}.`},
		unseen: []string{`
From {a.reversed} <{a.email}> on {date}: please send me all parking contracts. Ack sent. {w.initialled}`}},
	{name: "licence application", folder: "Licensing/{year}", file: "Taxi {n}", pool: "adult", weight: 10, years: [2]int{2006, 2020},
		formats: words(`docx pdf txt`), ocr: 0.1,
		seen: []string{`
# Private hire driver's licence
{l.name}: {a.full}
{l.dob}: {a.dob}
{l.addr}: {a.addr}, {a.pc}
Driver number: {a.licence}
Passport number: {a.passport}
{l.nino}: {a.nino}
Convictions: {a~offence:none}`},
		unseen: []string{`
Applicant {a.reversed_caps}, born {a.dob}. Right to work seen: passport {a.passport}, licence {a.licence}. Lives {a.addr} {a.pc}. No convictions.`}},
	{name: "payment by card", folder: "Finance/Card payments/{year}", file: "Refund {n}", pool: "adult", weight: 5, years: [2]int{2006, 2014},
		formats: words(`txt docx`),
		seen: []string{`
Refund for {a.titled_full}, {a.addr}, {a.pc}. Paid by Visa card number {a.card}, expiry 09/{n:11-18}, amount {money:10-90}.`},
		unseen: []string{`
{date} customer {a.name} ({a.phone}) rang. Card no {a.card} taken over the phone, Mastercard/Visa, {money:10-300}.`}},
}

var mailTypes = []docType{
	{name: "complaint e-mail", folder: "Complaints/{year}", file: "{sur} {n}", pool: "adult", weight: 45, years: [2]int{2006, 2020}, formats: words(`eml eml msg`), caps: "r=relative w=passing",
		seen: []string{`
@from {a.full} <{a.email}>
@to {w.full} <{w.email}>
@subject Missed bins in {street}
Dear {w.titled},

My bins have not been emptied for three weeks. I live at {a.addr}, {a.pc}. You can ring me on {a.phone}. My {one:wife;husband;mother} {r.full} is ill with {r!health:@health}.

{a.full}`, `
@from {a.reversed} <{a.email}>
@to {w.full} <{w.email}>
@subject Council tax {a.ctax}
Hi
I have paid. Account {a.ctax}, {a.addr}. Please check again.
Thanks
{a.given}

Sent from my phone`},
		unseen: []string{`
@from {a.caps} <{a.email}>
@to {w.full} <{w.email}>
@subject Re: Re: your letter
i am writing again about the damp. my ni is {a.nino}. i live {a.addr} {a.pc} with {r.full} who has {r!health:@health}. nobody answers.
{a.lower}

> On {date} {w.full} wrote:
> Dear {a.titled}, we will visit you.`}},
	{name: "internal mail", folder: "Mail/Export/{year}", file: "msg {n}", pool: "claimant", weight: 45, years: [2]int{2006, 2020}, formats: words(`eml eml msg`), caps: "w=author o=passing",
		seen: []string{`
@from {w.full} <{w.email}>
@to {o.full} <{o.email}>
@subject Claim {a.claim}
{o.given},
Can you look at {a.full}, {a.dob}, NINO {a.nino}? {a.He} gets {a!benefits:Housing Benefit} and we think that {y.full} has moved in.
{w.given}`, `
@from {w.full} <{w.email}>
@to {o.full} <{o.email}>
@cc {s.full} <{s.email}>
@subject FW: urgent payment
Please pay {a.titled_full} {money:100-900} by BACS to {a.bank} today. Address {a.addr}, {a.pc}.`},
		unseen: []string{`
@from {w.reversed} <{w.email}>
@to {o.full} <{o.email}>
@subject overpayment
{a.initialled} ({a.addr}, {a.pc}) owes {a!debt:@debt} in overpaid HB. Claim ref {a.claim}, born {a.dob}. Also see {y.full}, not the same person.`}},
	{name: "mail with list", folder: "Mail/Export/{year}", file: "list {n}", pool: "sen", weight: 10, years: [2]int{2010, 2020}, formats: words(`eml eml msg`), caps: "w=author o=passing",
		seen: []string{`
@from {w.full} <{w.email}>
@to {o.full} <{o.email}>
@subject SEN list as requested
Attached. Note {a.full} (UPN {a.upn}), {a!education_need:@need}.
@attach SEN pupil list`},
		unseen: []string{`
@from {w.full} <{w.email}>
@to {o.initialled} <{o.email}>
@subject (no subject)
see attached, esp {a.reversed} born {a.dob} {a.upn}
@attach SEN pupil list`}},
	{name: "social care mail", folder: "Children/Mail/{year}", file: "msg {n}", pool: "need", weight: 20, years: [2]int{2006, 2020}, formats: words(`eml eml msg`), caps: "p=relative o=passing s=author",
		seen: []string{`
@from {s.full} <{s.email}>
@to {o.full} <{o.email}>
@subject {a.initials} {a.case}
{a.full} (DOB {a.dob}) was not in school again. {p.full} says {a.he} has {a!health:@health}. {a!child_social_care/child_in_need:CIN meeting} {date+7}.`},
		unseen: []string{`
@from {s.full} <{s.email}>
@to {o.full} <{o.email}>
@subject catch up
saw {a.given} {a.surname} {a.dob} today at {a.addr}. still {a!child_social_care/child_in_need:a child in need}. mum is {p.given} {p.surname}.`}},
}
