package detect

import "github.com/reeve-council/reeve"

// slotRows are the words by which forms, tables and case notes say which person
// a field or a name is. stand says how the person stands to what the document is
// about.
var slotRows = []slotRow{
	{standSubject, reeve.CapacitySubject, `client|tenant|claimant|applicant|child|pupil|student|patient|service user|su|yp|young person|resident|customer|employee|person|subject|member|elector|citizen|
		learner|lead liab|lead tenant|main tenant|main applicant|main contact|customers|baby|unborn|looked after child|cla|lac|vulnerable adult|adult at risk|service users|
		debtor|complainant|permit holder|badge holder|account holder|cardholder|leaseholder|occupier|occupant|licensee|head of household|liable party|liable person|pensioner|leaver|candidate|
		household member|holder|requester|requestor|enquirer|objector|appellant|petitioner|correspondent|victim of crime|clmt|emp|appl|cust|pers|client 1|job applicant|lead applicant|primary contact|mother to be|volunteer|re|deceased|data subject|subject of referral|referred person|
		the child|the client|the tenant|the patient|payee|beneficiary|caller|victims|the victim|hb member|personal details|your|legal|preferred`},
	{standVictim, reeve.CapacitySubject, `victim|survivor|alleged victim|injured party|ip|aggrieved|victim survivor`},
	{standPerpetrator, reeve.CapacitySubject, `name of abuser|name of perpetrator|suspected perpetrator|suspected abuser|alleged perp|person who caused harm|person causing the harm|source of harm|abusive partner|abusive ex partner|violent partner|aggressor|assailant|person using violence|person using abuse|subject of allegation|name of offender|name of suspect|name of alleged perpetrator|name of person causing harm|perpetrator|perp|alleged perpetrator|offender|suspect|abuser|defendant|accused|alleged abuser|perpetrators|alleged offender|respondent|
		person alleged to have caused harm|pach|person causing harm|alleged suspect`},
	{standSecond, reeve.CapacitySubject, `joint tenant|second tenant|joint applicant|second applicant|joint|second|partner tenant|other tenant|joint claimant|other occupant|other occupants|co tenant|
		additional tenant|other household member|dependant|dependent|twin`},
	{standRelative, reeve.CapacityRelative, `parent|mother|father|mum|dad|mom|mummy|daddy|guardian|legal guardian|partner|spouse|husband|wife|carer|main carer|nok|next of kin|emergency contact|parent carer|sibling|siblings|
		brother|sister|son|daughter|grandmother|grandfather|grandparent|grandparents|nan|nanny|grandad|grandma|aunt|auntie|uncle|cousin|nephew|niece|stepfather|stepmother|step father|step mother|stepdad|stepmum|
		ex partner|ex husband|ex wife|boyfriend|girlfriend|fiance|fiancee|foster carer|foster mother|foster father|adoptive mother|adoptive father|adopter|adopters|prospective adopter|prospective adopters|adoptive parents|foster carers|foster parents|birth mother|birth father|half brother|half sister|
		family member|relative|mgm|mgf|pgm|pgf|maternal grandmother|paternal grandmother|maternal grandfather|paternal grandfather|parents|mat gm|pat gm|son in law|daughter in law|
		mother in law|father in law|sister in law|brother in law|widow|widower|contact 1|contact 2|parent guardian|grandson|granddaughter|stepson|stepdaughter|in laws|child of|unpaid carer|ex|children|children in household|household members|other family members|dependants|dependent children`},
	{standProfessional, reeve.CapacityProfessional, `social worker|sw|worker|officer|gp|doctor|teacher|class teacher|form tutor|tutor|manager|line manager|team manager|keyworker|key worker|referrer|landlord|agent|
		solicitor|iro|health visitor|hv|case worker|caseworker|case owner|case holder|allocated worker|allocated to|allocated social worker|allocated officer|assigned to|assigned worker|assigned officer|consultant|
		contact officer|author|created by|updated by|entered by|completed by|recorded by|written by|prepared by|report author|approver|approved by|authorised by|referred by|head teacher|headteacher|supervisor|
		assessor|inspector|interviewer|interviewed by|chair|chairperson|minute taker|minutes by|housing officer|tenancy officer|income officer|estate officer|benefits officer|assessment officer|visiting officer|
		support worker|family support worker|early help worker|probation officer|yot worker|idva|advocate|interpreter|deputy head|senco|school nurse|nurse|community nurse|district nurse|cpn|midwife|
		psychiatrist|psychologist|occupational therapist|ot|therapist|physiotherapist|counsellor|police officer|pc|dc|ds|di|sgt|sergeant|detective|detective constable|detective sergeant|wpc|pcso|
		barrister|judge|magistrate|legal representative|clerk|councillor|cllr|director|assistant director|head of service|service manager|practice manager|practice lead|caretaker|warden|scheme manager|
		personal adviser|pa|adviser|advisor|link worker|outreach worker|surgeon|registrar|dentist|pharmacist|optician|amhp|bia|best interests assessor|approved mental health professional|senior social worker|
		assistant social worker|student social worker|duty worker|duty officer|duty social worker|sender|from|yours sincerely|signed by|signed|witnessed by|raised by|logged by|created user|last updated by|
		modified by|handled by|owner|unison representative|unison rep|union representative|trade union representative|lead officer|lead professional|first responder|form completed by|report by|report completed by|assessed by|responsible officer|senior officer|investigating officer|oic|professional|attendees|present|apologies|in attendance|
		deputy|trainer|facilitator|principal|nursery manager|home manager|registered manager|care coordinator|care manager|reviewing officer|independent reviewing officer|supervising social worker|
		deputy manager|senior practitioner|practitioner|team leader|homelessness officer|housing options officer|enforcement officer|asb officer|hr adviser|hr officer|hearing officer|
		union rep|contractor|surveyor|engineer|plumber|case manager|youth worker|attendance officer|education welfare officer|ewo|educational psychologist|ep|psw|senior lecturer|coroner|doctors|leader|
		customer service officer|customer services officer|revenues officer|recovery officer|rent officer|planning officer|licensing officer|lettings officer|parking officer|safeguarding lead|dsl|designated safeguarding lead`},
	{standPassing, reeve.CapacityPassing, `neighbour|friend|witness|informant|supplier|vendor|reference|referee|to|cc|bcc|recipient|guest|visitor|previous tenant|former tenant|distribution|copied to|copy to`},
}
