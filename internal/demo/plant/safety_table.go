package plant

var safetyTypes = []docType{
	{name: "MARAC minutes", folder: "Community Safety/MARAC {year}", file: "MARAC minutes {n}", pool: "abuse", weight: 14, years: [2]int{2008, 2020},
		formats: words(`docx pdf txt`), ocr: 0.05, caps: "k=relative",
		seen: []string{`
# MARAC minutes - restricted
Date: {date}
Victim: {a.full}, {l.dob} {a.dob}
Victim's address: {a.addr}, {a.pc}
Alleged perpetrator: {p.full}, {l.dob} {p.dob}, {p.addr}
Children: {k.full} ({k.dob})
{a.given} is at {a!domestic_abuse/domestic_abuse:high risk of domestic abuse}. {p.full} was {p!offence/offender:arrested for common assault} on {date}. IDVA to ring {a.given} on {a.phone}, never by letter.`},
		unseen: []string{`
Case 4. {a.reversed_caps} {a.dob} v {p.reversed_caps} {p.dob}. Both of {a.addr} {a.pc}.
{a!domestic_abuse/domestic_abuse:DV, 14 ticks}. Police hold {p!offence/offender:two previous assaults} against him. Action: {s.full} (housing) to do sanctuary scheme.`}},
	{name: "DASH form", folder: "Community Safety/DASH/{year}", file: "DASH {n}", pool: "abuse", weight: 12, years: [2]int{2009, 2020},
		formats: words(`docx txt pdf`), ocr: 0.1, caps: "k=relative",
		seen: []string{`
# DASH risk checklist
{l.name}: {a.full}
{l.dob}: {a.dob}
{l.addr}: {a.addr}, {a.pc}
Safe number: {a.phone}
Name of abuser: {p.full}
1. Has the current incident resulted in injury? [x] Yes [ ] No
2. Are you very frightened? [x] Yes [ ] No
Outcome: {a!domestic_abuse/domestic_abuse:victim of domestic abuse}, refer to MARAC. Completed by {s.full}, {date}`},
		unseen: []string{`
Risk indicator checklist completed with {a.given} {a.surname} ({a.dob}) on {date}. Partner {p.full} controls the money and has threatened {a.him}. {a!domestic_abuse/domestic_abuse:Coercive control disclosed}. Do not send post to {a.addr}, {a.pc}.`}},
	{name: "refuge placement", folder: "Community Safety/Refuge/{year}", file: "Placement {n}", pool: "refuge", weight: 6, years: [2]int{2013, 2020},
		formats: words(`docx txt`), caps: "k=relative",
		seen: []string{`
# Refuge placement
{a.full} ({a.dob}) and child {k.full} have been placed in {a!domestic_abuse/safe_address:the refuge}. {a!domestic_abuse/domestic_abuse:Fled domestic violence} from {p.full}.
Safe address, not to be disclosed: {a.nowaddr}, {a.nowpc}
{date} {s.full}`},
		unseen: []string{`
Arrived {date}: {a.reversed}, b. {a.dob}, with {k.given}. New {a!domestic_abuse/safe_address:safe address} {a.nowaddr} {a.nowpc}. Ex-partner {p.full} must not learn of it. {a!domestic_abuse/domestic_abuse:DA survivor}.`}},
	{name: "NRM referral", folder: "Community Safety/NRM/{year}", file: "NRM {n}", pool: "trafficking", weight: 6, years: [2]int{2010, 2020},
		formats: words(`docx pdf txt`),
		seen: []string{`
# National Referral Mechanism - referral
{l.name}: {a.full}
{l.dob}: {a.dob}
Home Office reference: {a.ho}
{l.addr}: {a.addr}, {a.pc}
{a.given} is believed to be {a!immigration/trafficking:a victim of trafficking} and of forced labour. First responder: {s.full}, {date}`},
		unseen: []string{`
First responder note {date}. {a.caps}, born {a.dob}, found at car wash. Positive {a!immigration/trafficking:reasonable grounds decision (modern slavery)}. Staying at {a.addr}, {a.pc}. {s.full}`}},
	{name: "protected person note", folder: "Legal/Restricted/{year}", file: "PP {n}", pool: "protected", weight: 3, years: [2]int{2012, 2020},
		formats: words(`docx txt`), caps: "p=passing",
		seen: []string{`
# Restricted
{a.full}, {l.dob} {a.dob}, is {a!protection/protected_person:a protected person} rehoused under {a!protection/protected_person:witness protection}. Present address {a.addr}, {a.pc}. Do not record elsewhere. {date} {w.full}`},
		unseen: []string{`
Eyes only. Housing for {a.reversed} ({a.dob}) at {a.addr} {a.pc}: {a!protection/protected_person:witness relocation}, no link to any earlier file. {date}`}},
}
