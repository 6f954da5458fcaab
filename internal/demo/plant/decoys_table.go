package plant

// Documents about nobody. What looks like a personal value in them is a decoy.
var decoyTypes = []docType{
	{name: "diabetes leaflet", folder: "Public Health/Leaflets", file: "Leaflet {n}", weight: 5, years: [2]int{2006, 2020}, formats: words(`docx pdf html txt`), decoy: true,
		seen: []string{`
# Living with diabetes
{-health:Type 2 diabetes} is common. Ask your GP for a test if you are often thirsty. Your {-nhs_number:NHS number} is on your letters; it looks like 000 000 0000.
Call the helpline on {-phone:0808 157 0[n:100-999]}.`},
		unseen: []string{`
Do you have {-health:diabetes}? Join our walking group on {date} in {street}. People with {-health:heart failure} are welcome too.`}},
	{name: "domestic abuse leaflet", folder: "Community Safety/Leaflets", file: "Advice {n}", weight: 5, years: [2]int{2008, 2020}, formats: words(`docx pdf html`), decoy: true,
		seen: []string{`
# Are you afraid at home?
{-domestic_abuse:Domestic abuse} can happen to anyone. If you are in danger ring 999. An IDVA can help you find a {-domestic_abuse:refuge}. MARAC is a meeting of agencies.`},
		unseen: []string{`
Support for {-domestic_abuse:victims of domestic violence} in Norvale. Sanctuary schemes, non-molestation orders, safe addresses: what they are and how to ask. Named after Florence Nightingale, our centre is open on weekdays.`}},
	{name: "policy", folder: "Corporate/Policies/{year}", file: "Policy {n}", weight: 8, years: [2]int{2006, 2020}, formats: words(`docx pdf txt odt`), decoy: true,
		seen: []string{`
# Safeguarding policy
A {-child_social_care:child protection plan} is made when a child is likely to suffer harm (Children Act 1989, section 47). {-adult_social_care:Section 42} of the Care Act 2014 applies to adults at risk.
Staff must record the National Insurance number in the form {-nino:QQ 12 34 56 C}. Review date {date}.`},
		unseen: []string{`
Managing attendance: a manager meets an employee who has been absent with, for example, {-health:depression} or {-health:cancer}. {-trade_union:UNISON} and {-trade_union:GMB} were consulted. Version 3, {date}.`}},
	{name: "empty template", folder: "Corporate/Templates", file: "Template {n}", weight: 6, years: [2]int{2006, 2020}, formats: words(`docx txt rtf`), decoy: true,
		seen: []string{`
Dear <<Title>> <<Surname>>
Date of birth: dd/mm/yyyy
NI number: {-nino:QQ 12 34 56 A}
Your Housing Benefit claim [CLAIM REF] has been refused. Sort code {-bank_account:00-00-00} account {-bank_account:12345678}.
Yours sincerely, [OFFICER NAME]`},
		unseen: []string{`
Name: ............  Address: ............  Postcode: {-postcode:AB1 2CD}
Do you have a disability? Yes / No   Ethnic group: please tick
Example: Mr {-name:A N Other}, {-phone:01234 567890}`}},
	{name: "public minutes", folder: "Democratic Services/Minutes/{year}", file: "Council {n}", weight: 10, years: [2]int{2006, 2020}, formats: words(`docx pdf html txt`), decoy: true,
		seen: []string{`
# Minutes of the Council, {date}
Present: Councillors {c.full} (Mayor) and others. Officers: {o.full}
Public question about {-name:Churchill Gardens} and {-name:Florence Court}. The Leader thanked {-name:Winston Churchill}'s biographer.
Resolved: to spend £{n:100000-999999} on drains. Order {-nhs_number:[n:4000000000-4999999999]}.`},
		unseen: []string{`
Planning sub-committee {date}. In the chair, Cllr {c.surname}. Items: {n:1-90} {street}; the {-name:Rosa Parks} Avenue depot; {-name:Nelson Mandela} Close. Deferred for a site visit. Clerk: {o.initialled}.`}},
	{name: "newsletter", folder: "Communications/Newsletter {year}", file: "Issue {n}", weight: 8, years: [2]int{2006, 2020}, formats: words(`html pdf docx txt`), decoy: true,
		seen: []string{`
# Your Norvale
{-name:Marie Curie} was born on {-date_of_birth:7 November 1867}. Her birthday is marked by our library.
The Prime Minister, {-name:Margaret Thatcher}, opened the pool in 1984. {-name:Victoria Wood} and {-name:Albert Square} are the names of our new boats.`},
		unseen: []string{`
Spring fair! Stalls along {-name:Olive Morris} Way, music by the {-name:William Booth} band, and a talk on {-name:Alan Turing}. Tickets {-phone:03069 990 2[n:10-99]}.`}},
	{name: "invoice", folder: "Finance/Invoices/{year}", file: "INV {n}", weight: 14, years: [2]int{2006, 2020}, formats: words(`pdf docx txt xlsx csv`), decoy: true,
		seen: []string{`
{company} Ltd - Invoice {n:10000-99999}
Order number {-nhs_number:[n:9430000000-9449999999]}
Meter {-payment_card:4929[n:100000000000-999999999999]}
VAT 000 0000 00
| Item | Qty | Price |
| Mop heads | {n:1-90} | {money:5-90} |
| Order ref | {-utr:[n:1000000000-9999999999]} | {money:5-90} |`},
		unseen: []string{`
Delivery note {n:100000-999999}, job {-uln:[n:1000000000-9999999999]}, serial {-nino:AB123456X}, part {-vehicle_registration:BRK-2200-XL}, telephone order {-phone:[n:1000000-9999999]}.`}},
	{name: "price list", folder: "Finance/Price lists/{year}", file: "Prices {n}", weight: 5, years: [2]int{2006, 2020}, formats: words(`xlsx csv ods`), decoy: true,
		seen: []string{`
| Code | Description | Ref | Price | Checked |
| {n:1000-9999} | Paving {-name:Victoria Stone} | {-nhs_number:[n:4000000000-4999999999]} | {money:3-90} | {date} |
| {n:1000-9999} | Bench {-name:Windsor Grey} | {-nhs_number:[n:4000000000-4999999999]} | {money:3-90} | {date} |
| {n:1000-9999} | Lamp {-name:Florence} | {-nhs_number:[n:4000000000-4999999999]} | {money:3-90} | {date} |
| {n:1000-9999} | Bin | {-utr:[n:1000000000-9999999999]} | {money:3-90} | {date} |`}},
	{name: "meter readings", folder: "Facilities/Meters/{year}", file: "Readings {n}", weight: 4, years: [2]int{2006, 2020}, formats: words(`csv xlsx txt`), decoy: true,
		seen: []string{`
| Meter serial | Building | Reading | Sort |
| {-payment_card:4556737586899855} | Town Hall | {n:10000-99999} | 12-10-85 |
| {-payment_card:5105105105105100} | Library | {n:10000-99999} | 01-02-19 |
| {n:10000000-99999999} | Depot | {n:10000-99999} | 11-11-18 |`}},
	{name: "company contacts", folder: "Procurement/{year}", file: "Tender {n}", weight: 5, years: [2]int{2006, 2020}, formats: words(`docx xlsx pdf`), decoy: true,
		seen: []string{`
Tenders received {date}: {company} Ltd ({+email:sales@example.com}, switchboard {-phone:0808 157 0[n:100-999]}), {company} plc, {-name:Harrison Clarke} LLP, {-name:Thomas Cook} Group, {-name:Ernest Young} Partners.`}},
	{name: "fiction", folder: "Libraries/Reading group", file: "Notes {n}", weight: 4, years: [2]int{2006, 2020}, formats: words(`docx txt html`), decoy: true,
		seen: []string{`
Reading group {date}: {-name:Oliver Twist} is born in a workhouse; {-name:David Copperfield} marries twice. {-name:Jane Eyre} has no {-benefits:Income Support}. {-name:Elizabeth Bennet} refuses {-name:Mr Collins}, who lives at Hunsford.`}},
	{name: "other council's staff", folder: "Procurement/Framework/{year}", file: "Contacts {n}", weight: 6, years: [2]int{2006, 2020}, formats: words(`docx xlsx csv pdf pptx`), decoy: true,
		seen: []string{`
# Eastmarch County Council - framework contacts
| Name | Post | Extension |
| {-name:@resident} | Category manager | {n:1000-9999} |
| {-name:@resident} | Buyer | {n:1000-9999} |
| {-name:@resident} | Assistant | {n:1000-9999} |
| {-name:@resident} | Director | {n:1000-9999} |
| {-name:@resident} | Solicitor | {n:1000-9999} |`},
		unseen: []string{`
Conference programme, Eastmarch, {date}. Speakers: {-name:@resident}, {-name:@resident} and {-name:@resident}. Chair: {-name:@resident}.`}},
	{name: "training slides", folder: "Corporate/Training", file: "Slides {n}", weight: 5, years: [2]int{2008, 2020}, formats: words(`pptx`), decoy: true,
		seen: []string{`
# Data protection for everyone
A National Insurance number looks like {-nino:QQ 12 34 56 C}
Never e-mail a list of {-child_social_care:children in care}
Example: Mrs {-name:Ann Example} has {-health:diabetes}. Who needs to know?
Questions? Ask the data protection officer`}},
}
