package plant

var letterTypes = []docType{
	{name: "rent arrears letter", folder: "Housing/Rents/Arrears {year}", file: "{sur} {ini} - arrears {n}", pool: "tenant", weight: 40, years: [2]int{2007, 2020},
		formats: words(`docx pdf rtf txt odt txt-windows`), ocr: 0.08,
		seen: []string{`
{block}

{date}

{l.ref}: {a.rent}

Dear {a.titled}

# Your rent account

Our records show that your rent account is in arrears by {a!debt:@debt}. Please pay within 14 days or ring us to agree how you will pay.
If you get Housing Benefit, tell us at once of any change. Our office: {+phone:03069 990 100}.

Yours sincerely
{w.full}
Income Officer, {council}`, `
{council} - Housing Income Team
{date}
{a.titled_full}, {a.addr}, {a.pc}
Tenancy reference {a.rent}

Dear {a.titled},
NOTICE OF ARREARS. As of {date} you owe {a!debt:@debt} in rent on {a.addr}, {a.pc}. We may ask the court for possession of your home.
Call {+phone:03069 990 101} if you cannot pay.

{w.initialled}`},
		unseen: []string{`
To:
{block}

Re: money owed on your home ({a.rent})

Hello {a.given},

You are behind with your rent. The amount outstanding on {date} was {a!debt:@debt}. We would like to help. Did you know that advice is free?

Kind regards, {w.given} (Tenancy Sustainment)`, `
{date}
TENANCY {a.rent} / {a.caps} / {a.addr} / {a.pc}
Balance outstanding {a!debt:@debt}. Pre-action protocol letter 2 of 3. Copy kept on file by {w.full}.`}},
	{name: "benefit decision letter", folder: "Benefits/Decisions/{year}", file: "{n} {sur} decision", pool: "claimant", weight: 40, years: [2]int{2006, 2020},
		formats: words(`docx pdf txt odt`), ocr: 0.08,
		seen: []string{`
{block}
{date}

Claim number: {a.claim}
National Insurance number: {a.nino}

Dear {a.titled_initial}

# Your Housing Benefit and Council Tax Support

We have decided that you are entitled to {a!benefits:Housing Benefit} of {money:20-180} a week from {date}. We counted your income as {a!income:@income} a week.
We will pay it into the account ending in the numbers you gave us.

Benefits Service, {council}`, `
{date}
HOUSING BENEFIT NOTIFICATION
{l.name}: {a.reversed_caps}
{l.nino}: {a.nino}
{l.dob}: {a.dob}
{l.addr}: {a.addr}, {a.pc}
Claim: {a.claim}
Award: {a!benefits:Housing Benefit} {money:30-200} weekly
Assessed income: {a!income:@income}
Payment to: {a.bank}`},
		unseen: []string{`
Decision about {a.titled_full}, ref {a.claim}

You told us about your money on {date}. We looked at your {a!benefits:Employment and Support Allowance} and at your wages of {a!income:@income}.
You live at {a.addr}, {a.pc}. Your Nat Ins number is {a.nino}.
If you think that we are wrong you have one calendar month to appeal.`, `
Award record
| Claimant | {a.reversed} |
| NI | {a.nino} |
| Address | {a.addr}, {a.pc} |
| Benefit | {a!benefits:Council Tax Reduction} |
| Income p/w | {a!income:@income} |
| Pay into | {a.bank} |`}},
	{name: "school admission letter", folder: "Education/Admissions/{year}", file: "Offer {sur} {n}", pool: "pupil", weight: 25, years: [2]int{2006, 2020},
		formats: words(`docx pdf txt`), caps: "p=relative",
		seen: []string{`
{date}
Parent or carer of {a.full}
{a.addr}, {a.pc}

Dear {p.titled}

Offer of a school place for {a.full}, born {a.dob} (UPN {a.upn})
We are pleased to offer {a.given} a place at St. Brannoc's Primary School from September {year}.

Admissions Team`},
		unseen: []string{`
PLACE OFFERED
child {a.reversed_caps}, d.o.b. {a.dob}, unique pupil number {a.upn}
home {a.addr} {a.pc}
contact {p.name}
Reply by {date+14} or we will give the place to another child.`}},
	{name: "parking appeal letter", folder: "Parking/Appeals {year}", file: "PCN {n}", pool: "adult", weight: 25, years: [2]int{2008, 2020},
		formats: words(`docx txt pdf rtf`), ocr: 0.05,
		seen: []string{`
{block}

{date}
Penalty Charge Notice NP{n:10000000-99999999}
Vehicle registration mark: {a.mark}

Dear {a.titled},
Thank you for your letter about the notice issued in {street} to vehicle {a.mark}. We have decided not to cancel it. Please pay {money:30-65}.

{w.full}, Appeals Officer`},
		unseen: []string{`
From {a.full}, {a.addr}, {a.pc}. Tel {a.phone} / {a.email}

I wish to challenge the ticket put on my car ({a.mark}) on {date}. I was taking my mother to hospital because she has {r!health:@health} and the bay was not marked.
Yours, {a.initialled}`}},
	{name: "council tax letter", folder: "Revenues/Council Tax/Letters/{year}", file: "{n}", pool: "liable", weight: 35, years: [2]int{2006, 2020},
		formats: words(`docx pdf txt html`), ocr: 0.08,
		seen: []string{`
{block}
{date}
Account reference {a.ctax}

Dear {a.titled}
# Council tax reminder
You have not paid your instalment. The balance on account {a.ctax} is {a!debt:@debt}. Property: {a.addr}.`, `
{date}
{a.titled_initial}
{a.addr}, {a.pc}
Council Tax account number: {a.ctax}. Single person discount has been given from {date}. You pay by Direct Debit from account {a.bank}.`},
		unseen: []string{`
Re {a.ctax}. Dear {a.titled_full}, we wrote to you at {a.addr}, {a.pc} on {date} about what you owe ({a!debt:@debt}). A summons may follow; costs are {money:60-120}.`, `
| Liable party | {a.reversed} |
| A/c | {a.ctax} |
| Property | {a.addr} {a.pc} |
| Phone | {a.phone} |
| Owing | {a!debt:@debt} |`}},
	{name: "blue badge application", folder: "Adults/Blue Badge/{year}", file: "BB{n} {sur}", pool: "badge", weight: 25, years: [2]int{2007, 2020},
		formats: words(`docx pdf txt odt`), ocr: 0.15,
		seen: []string{`
# Blue Badge application
{l.name}: {a.titled_full}
{l.dob}: {a.dob}
{l.nino}: {a.nino}
{l.addr}: {a.addr}, {a.pc}
{l.phone}: {a.phone}
Vehicle registration: {a.mark}

Why do you need a badge? I have {a!health:@health} and I am a {a!disability:@disability}. I cannot walk more than 30 metres.
Do you get PIP or DLA? [x] {a!benefits:Higher rate mobility component} [ ] No
Signed: {a.full}  Date: {date}`},
		unseen: []string{`
Form BB1 - page 2 of 6
Surname {a.surname}   Forenames {a.given}   Born {a.dob}
Lives at {a.addr}, {a.pc}
Condition (as told by applicant): {a!health:@health}
Mobility: {a!disability:@disability}; uses a stick indoors
Any children under 3? No known
Driver number {a.licence}`}},
	{name: "planning objection", folder: "Planning/Objections/{year}", file: "Objection {n}", pool: "adult", weight: 25, years: [2]int{2006, 2020},
		formats: words(`docx txt pdf html`),
		seen: []string{`
{date}
Application NB/{year}/{n:1000-9999}: extension at {n:1-90} {street}

Dear Sir or Madam,
I live at {a.addr}, {a.pc} and I object. The extension would take the light from our kitchen.

{a.full}
{a.email}`},
		unseen: []string{`
OBJECTION received {date}
by: {a.titled_full} of {a.addr} ({a.pc}), tel. {a.phone}
grounds: noise, parking. Neighbour {y.full} has signed as well.`}},
	{name: "equality monitoring form", folder: "Corporate/Equalities/{year}", file: "Form {n}", pool: "adult", weight: 15, years: [2]int{2008, 2020},
		formats: words(`docx txt pdf`),
		seen: []string{`
# Equality monitoring
{l.name}: {a.full}
{l.dob}: {a.dob}
Postcode: {a.pc}
Ethnic origin: {a!ethnicity:@ethnicity}
Religion or belief: {a!religion:@religion}
Sexual orientation: {a!sexual_orientation:@sexuality}
Do you consider yourself disabled? {a~disability:No}
Is your gender the same as at birth? Yes`},
		unseen: []string{`
About you ({a.reversed}, {a.email}, {a.pc})
[x] {a!ethnicity:@ethnicity}
[ ] Prefer not to say
Faith: {a!religion:@religion}
Orientation: {a!sexual_orientation:@sexuality}
Long-term condition: [ ] yes  [x] no   ({a~health:No known conditions})`}},
	{name: "appeal from elsewhere", folder: "Parking/Appeals {year}", file: "PCN out {n}", pool: "stranger", weight: 12, years: [2]int{2008, 2020},
		formats: words(`docx txt pdf eml`),
		seen: []string{`
@from {a.full} <{a.email}>
@subject Penalty charge
{a.titled_full}
{a.addr}, {a.pc}
{date}
I am only a visitor to Norvale. My car {a.mark} was parked for five minutes. My passport {a.passport} proves that I was abroad on the other day.
{a.full}`},
		unseen: []string{`
@from {a.reversed} <{a.email}>
@subject PCN
{a.caps}, {a.addr}, {a.pc}, born {a.dob}. I sold the car ({a.mark}) last year, see the enclosed. Tel {a.phone}.`}},
}
