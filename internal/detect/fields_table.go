package detect

import "github.com/reeve-council/reeve"

// fieldRows are the labels of forms and the column headers of council systems,
// folded (lower case, words separated by one space), by what the field holds.
// Sources of the column names: Academy (ct*, hb*), Mosaic (dm_*), Universal
// Housing (member, tenagree), electoral exports, NEC/Northgate, Civica, Capita
// One, Liquidlogic and payroll exports as councils and vendors document them.
// A label that a detector lists under Headers need not be repeated here.
var fieldRows = []fieldRow{
	{part: partFull, kind: reeve.KindName, names: `name|full name|fullname|names|person name|name of person|client name|customer name|service user name|resident name|
		tenant name|tenants name|claimant name|applicant name|patient name|employee name|staff name|pupil name|student name|child name|childs name|name of child|
		young person|young persons name|name of client|name of patient|name of pupil|name of applicant|name of claimant|name of tenant|name of employee|your name|
		subject name|su name|yp name|lead liab name|elector name|account name|account holder|name of account holder|payee|payee name|payable to|account holder name|member name|
		contact name|person full name|person fullname|display name|leaver name|candidate name|cardholder|card holder|badge holder|blue badge holder|permit holder|holder name|
		learner name|volunteer name|customer full name|full name of applicant|patients name|clients name|name of service user|name of young person|name of resident|name of tenants|
		surname forename|name surname forename|forename surname|first and last name|household name|main contact name|person|resident|customer|legal name`},
	{part: partGiven, kind: reeve.KindName, names: `forename|forenames|first name|firstname|first names|given name|given names|christian name|fname|f name|lead liab forename|
		elector forename|first|forename 1|person forename|first name s|forename s|legal forename|legal first name|forename1`},
	{part: partSurname, kind: reeve.KindName, names: `surname|last name|lastname|family name|sname|lname|l name|second name|lead liab surname|elector surname|person surname|legal surname|
		surname name|surname or family name|surname family name|family name surname`},
	{part: partMiddle, kind: reeve.KindName, names: `middle name|middle names|middlename|middle|other names|other name|lead liab middlename|middle initial|second forename|middle name s|
		other forenames|middle forename`},
	{part: partTitle, kind: reeve.KindName, names: `title|salutation|lead liab title|prefix|honorific`},
	{part: partInitials, kind: reeve.KindName, names: `initials|initial|inits`},
	{part: partKnown, kind: reeve.KindName, names: `known as|preferred name|preferred forename|also known as|aka|alias|aliases|nickname|known name|preferred first name|chosen name`},
	{part: partPrevious, kind: reeve.KindName, names: `previous surname|maiden name|former surname|former name|previous name|previous names|birth name|name at birth|former names|
		previous family name|surname at birth`},

	{kind: reeve.KindDateOfBirth, names: `dob|d o b|date of birth|birth date|birthdate|dateofbirth|date of birth dd mm yyyy|born|b date|birth dt|elector dob|person dob|dt of birth|
		d of b|your date of birth|dob age|dob dd mm yyyy|birth|client dob|child dob|date birth|date of birth d o b|dob d m y|birthday`},

	{part: partLine, kind: reeve.KindAddress, names: `address 1|address 2|address 3|address 4|address 5|address 6|address line 1|address line 2|address line 3|address line 4|address line 5|
		addr1|addr2|addr3|addr4|addr 1|addr 2|addr 3|addr 4|address1|address2|address3|address4|address5|address6|for addr1|for addr2|for addr3|for addr4|house number|house no|
		house name|house name number|street|street name|road|flat|flat no|flat number|unit|saon|paon|street address|street line 1|street line 2|locality|property number|
		property address 1|property address 2|property address 3|property address 4|property address1|property address2|property address3|property address4|property address5|
		house name or number|building name|building|number and street|qualify address 1|qualify address 2|corresp address 1|corresp address 2|line 1|line 2|line 3|line1|line2|line3|
		address line one|address line two|door number|number|block`},
	{part: partTown, kind: reeve.KindAddress, names: `town|city|town city|post town|posttown|county|borough|town or city|city town`},
	{part: partWhole, kind: reeve.KindAddress, names: `address|full address|home address|current address|property address|postal address|correspondence address|permanent address|
		tenancy address|residential address|contact address|address and postcode|address inc postcode|address including postcode|your address|client address|prop address|
		mailing address|living at|lives at|resides at|residence|present address|address of property|previous address|last known address|old address|
		former address|forwarding address|new address|addr|delivery address|billing address|placement address|family address|pupil address|childs address|child address|
		property|premises|address of claimant|home addr|short address|postal addr|tenant address|address s|main address|term time address|destination address`},
	{part: partSafe, kind: reeve.KindAddress, signal: reeve.SignalSafeAddress, names: `safe address|refuge address|confidential address|secure address|protected address|safe house address|safe address not to be disclosed|confidential address do not disclose`},

	{part: partAmount, kind: reeve.KindDebt, names: `arrears|rent arrears|balance|current balance|cur bal|outstanding balance|balance outstanding|amount owed|debt|total debt|overpayment|
		overpayment amount|amount outstanding|outstanding|council tax arrears|ct arrears|arrears balance|hb overpayment|amount due|total outstanding|balance due|debt amount|former tenant arrears|
		total arrears|summons amount|liability order amount|rent balance|arrears amount|outstanding amount|court costs owed`},
	{part: partAmount, kind: reeve.KindIncome, names: `salary|annual salary|gross pay|net pay|income|weekly income|monthly income|annual income|earnings|wage|wages|basic pay|total pay|
		household income|gross salary|pay|take home pay|gross income|net income|fte salary|pay rate|hourly rate|pension|private pension|occupational pension|
		salary fte|gross earnings|weekly earnings|capital|savings|savings and capital|actual salary|taxable pay|ytd gross|inc|wkly income|gross inc`},
	{part: partAmount, kind: reeve.KindBenefits, names: `housing benefit amount|hb amount|benefit amount|weekly benefit|hb award|ctr award|council tax support amount|cts award|uc amount|
		universal credit amount|hb weekly|weekly hb|benefit award|award amount|ctr amount|dhp award|dhp amount|personal budget|direct payment amount|weekly award|entitlement amount|pip amount`},
	{part: partText, kind: reeve.KindBenefits, names: `benefits|benefit|benefit type|benefits received|benefits claimed|welfare benefits|state benefits|dwp benefit|in receipt of|
		in receipt of benefits|passported benefit|fsm|free school meals|fsm eligible|pupil premium|hb claimant|ctr claimant|universal credit|uc claimant|free school meal`},

	{part: partSecret, kind: reeve.KindCredential, names: `password|passwd|pwd|pass word|pin|pin number|pin code|passcode|pass code|temporary password|initial password|default password|
		security answer|secret answer|memorable word|memorable information|security code|door code|key safe|keysafe|key safe code|keysafe number|keysafe code|alarm code|
		entry code|safe word|password hint answer|security question answer|new password|temp password|key safe number|passphrase`},
	{part: partUser, kind: reeve.KindLocalRef, names: `username|user name|user id|userid|login|login id|logon|network id|login name|user|samaccountname|portal username|log in`},

	{part: partSort, kind: reeve.KindBankAccount, names: `sort code|sortcode|bank sort code|bank sortcode|sort|bank sort|payer sort code|dest sort code|origin sort code|branch sort code|s c`},
	{part: partAccount, kind: reeve.KindBankAccount, names: `account no|account number|bank account number|bank account|bank account no|acc no|acc number|a c no|a c number|bank acc no|
		bank ac no|payer account number|dest account|dest account number|account no bank|bank a c|acct no|accountnumber|account|acct|acc|bank acc|a c`},
	{part: partWhole, kind: reeve.KindBankAccount, names: `bank details|account details|sort code and account number|sort code account number|sort code acc no|bank account details|bacs details|
		sort code account no|payment details|sort code and account no`},

	{part: partLat, kind: reeve.KindLocation, names: `latitude|lat|gps lat|gps latitude`},
	{part: partLong, kind: reeve.KindLocation, names: `longitude|lon|long|lng|gps long|gps lon|gps longitude`},
	{part: partWhole, kind: reeve.KindLocation, names: `gps|gps coordinates|coordinates|lat long|lat lon|last known location|gps location|location coordinates|grid ref|what3words`},

	{part: partSaid, names: `date|date of entry|entry date|date of letter|letter date|date of contact|contact date|date of referral|referral date|date received|date of meeting|meeting date|
		date of incident|incident date|start date|date of visit|visit date|date of assessment|assessment date|date of event|event date|created date|date created|updated at|updated|last updated|
		date of case note|case note date|note date|recorded on|date recorded|date raised|date logged|our date|report date|date of report|application date|date of application|row date|
		date of note|sent|date sent|modified|claim date|date of claim`},
	{part: partDeath, kind: reeve.KindDeath, names: `date of death|dod|deceased date|died|died on|date died|death date`},
	{part: partDead, kind: reeve.KindDeath, names: `deceased|deceased y n|is deceased|deceased flag`},
	{part: partSex, names: `gender|sex|gender identity m f|m f`},
	{part: partAge, kind: reeve.KindAge, names: `age|age at referral|current age|age years|age yrs`},
	{part: partNote, names: `notes|note|comments|comment|remarks|details|description|case notes|casenote|case note|narrative|summary|reason|further details|additional information|
		other information|background|circumstances|actions|action|outcome|update|observations|free text|text|body|message|history|information|concerns|presenting issue|presenting issues|
		issues|reason for referral|reason for visit|risk details|context|analysis|case summary|diary note|diary notes|contact note|key issues|discussion|nature of concern|
		notes comments|progress|current situation|family background|other|further information|any other information|incident details|case details|reasons`},
	{part: partOther, names: `ref type|id|row|row id|no|s no|sn|version|ward|quantity|price|total|invoice no|invoice number|invoice|
		order no|order number|po number|purchase order|product|item|sku|isbn|meter no|meter number|mpan|mprn|serial no|serial number|company|company no|company number|company name|
		organisation|supplier name|vendor name|bedrooms|cost centre|gl code|budget code|post title|job title|position|grade|band|school|school name|
		year group|class|nationality code|language|first language|landlord type|council|authority|region|fax|web|website|url|www|tel no main|extension|ext|time|page|
		line|duration|venue|room|agenda|item no|phone type|email type|address type|tenancy type|amount|value|rent|vat|net|gross|tax code|hours|fte|reference type|
		record type|marker|markers|elector markers|source|batch|file|filename|postcode area|postcode sector|easting|northing|x coordinate|y coordinate|meter serial|asset|asset no|
		asset id|charge|payment type|payment date|payment amount|currency|end date|review date|next review|due date|expiry|expiry date|month|year|week|period|cycle|frequency|nightly rate|
		days lost|days|job no|app no`},

	{part: partText, kind: reeve.KindEthnicity, names: `ethnicity|ethnic origin|ethnic group|ethnic code|ethnicity code|ethnic background|race|ethnic origin code|ethnicity description|eth code|eth origin|
		ethnic category|ethnic|racial origin|your ethnic group|ethnic group code|ethnicity of child|race ethnicity|ethnic source`},
	{part: partText, kind: reeve.KindReligion, names: `religion|religion belief|faith|religious belief|religion or belief|religious affiliation|religion code|belief|religion and belief|
		religion faith|cultural or religious needs|religious needs`},
	{part: partText, kind: reeve.KindSexualOrientation, names: `sexual orientation|sex orient|sexuality|orientation|sexual orientation code|sexual identity`},
	{part: partText, kind: reeve.KindGenderReassignment, names: `transgender|gender reassignment|trans|trans status|gender same as birth|gender identity same as birth|gender identity different|
		gender identity different from birth|transgender flag|gender same as registered at birth|is transgender`},
	{part: partText, kind: reeve.KindDisability, names: `disability|disabilities|disabled|disability y n|disabled y n|disability type|impairment|wheelchair user|wheelch user|disable ind|
		is disabled|disability details|disability flag|mobility needs|registered disabled|disability description|learning disability|physical disability|blue badge|blue badge no|blue badge number|
		blue badge serial|sensory impairment|reasonable adjustments|mobility|access needs|wheelchair|nature of disability|disability status|considered disabled|disability 1|disability 2`},
	{part: partText, kind: reeve.KindHealth, names: `health|health conditions|medical conditions|medical condition|medical needs|health needs|diagnosis|diagnoses|medication|allergies|hiv positive|hiv|pregnant|
		illness|sickness reason|absence reason|reason for absence|sick leave reason|primary support reason|icd code|icd10|snomed code|medical notes|health issues|medical history|condition|
		health condition|medications|current medication|medical|sickness|nature of illness|medical details|health problems|treatment|vaccination status|occupational health|dietary needs|
		medical information|health information|prescription|severely mentally impaired ind|smi|medical alert|allergy|reason for sickness|shielding|primary diagnosis|fit note|blood group`},
	{part: partText, kind: reeve.KindHealth, signal: reeve.SignalMentalHealth, names: `mental health|mental health needs|s117|section 117|s117 aftercare|mha section|mental health flag|mh|mha status|
		section 117 aftercare|mental health diagnosis|mental health issues|mental health section|cpa|cpa level|mental health status|self harm|suicide risk|mental capacity`},
	{part: partText, kind: reeve.KindHealth, names: `substance misuse|drug use|alcohol use|drugs|alcohol|drug and alcohol|substance use|drug alcohol|substance misuse issues|main drug|problem substance`},
	{part: partText, kind: reeve.KindPolitics, names: `political party|party membership|political opinion|political opinions|political affiliation|party affiliation|voting intention|canvass|political views`},
	{part: partText, kind: reeve.KindTradeUnion, names: `trade union|union|union membership|union member|union subs|trade union membership|union subscription|tu member|union name|unison|unison subs|
		gmb subs|unite subs|union deduction|union dues|trade union member`},
	{part: partText, kind: reeve.KindSexLife, names: `sex life|sexual history|sexual activity|sexual health|cse risk|cse|cse concerns`},
	{part: partText, kind: reeve.KindGenetic, names: `genetic|genetic condition|genetic test|dna|dna result|genetic test result`},
	{part: partText, kind: reeve.KindBiometric, names: `biometric|biometric id|fingerprint|fingerprint id|biometric template|face id template|biometric consent|facial template`},
	{part: partText, kind: reeve.KindOffence, signal: reeve.SignalOffender, names: `offence|offences|offence code|offence type|convictions|conviction|criminal record|crim rec|previous convictions|index offence|
		mappa|mappa level|mappa category|yot|yot status|cautions|sentence|disposal|probation|probation officer name|licence conditions|registered sex offender|criminal convictions|
		unspent convictions|dbs result|dbs disclosure|offence description|arrest|arrested|asb perpetrator|charge description|order type yot|court disposal|criminal history|rso|dbs convictions|
		offending history|bail conditions|alleged offence`},
	{part: partText, kind: reeve.KindChildSocialCare, signal: reeve.SignalChildProtection, names: `cp plan|cp plan start|cp plan start date|cp plan end|child protection plan|cp status|cp flag|cpp|cpp start|cpp start date|cp|
		category of abuse|cp category|s47|s47 start|section 47|s47 date|child protection|cpp category|cp start date|cp plan category|icpc date|initial cp conference|subject to cp plan|
		date of icpc|on cp plan|child protection flag|cp registered|latest category of abuse|cp conference date`},
	{part: partText, kind: reeve.KindChildSocialCare, signal: reeve.SignalChildInNeed, names: `cin|cin status|cin plan|child in need|cin start date|cin plan start|s17|section 17|cin flag|cin code|primary need code|cin start|
		cin category|child in need flag|cin closure reason|early help|early help plan|tac|sw involved`},
	{part: partText, kind: reeve.KindChildSocialCare, signal: reeve.SignalLookedAfter, names: `lac|cla|lac status|cla status|looked after|looked after child|legal status|lac start date|date became looked after|placement|
		placement type|placement start|placement provider|care leaver|care leaver status|foster carer|adopter|adopters|adoption date|date placed for adoption|uasc|lac flag|in care|in care flag|
		cla start date|placement start date|foster placement|placement order|care order|pathway plan|personal adviser status|lac review date|date of adoption|adoption status|
		date ceased to be looked after|became looked after|cla flag|care status|placement end|sgo|special guardianship`},
	{part: partText, kind: reeve.KindAdultSocialCare, signal: reeve.SignalAdultCare, names: `care package|care plan|support plan|direct payment|direct payments|dp recipient|home care|care home|care home name|
		residential placement|homecare provider|care needs|lasting power of attorney|lpa|chc|continuing healthcare|care provider|package of care|poc|social care needs|
		eligible needs|care act assessment|deputyship|deputy|appointeeship|appointee|care assessment date|support package|asc client|care and support needs|carers assessment|
		homecare hours|respite|day centre|dols expiry|reablement|nursing home|care start date|care type|dp start date`},
	{part: partText, kind: reeve.KindAdultSocialCare, signal: reeve.SignalAdultSafeguarding, names: `safeguarding|safeguarding flag|safeguarding concern|s42|s42 enquiry|section 42|safeguarding enquiry|type of abuse|dols|dols status|
		dols granted|dols authorisation|adult safeguarding|safeguarding adult|vulnerable|vulnerability|vulnerable adult|vulnerable flag|vulnerability flag|vulnerabilities|safeguarding concerns|
		safeguarding alert|vulnerable person|sova|source of risk|alleged abuse|abuse type`},
	{part: partText, kind: reeve.KindDomesticAbuse, signal: reeve.SignalDomesticAbuse, names: `dv|dv flag|da flag|da|domestic abuse|domestic violence|marac|marac date|marac flag|marac ref|marac case|dash|dash score|
		dash ric|dash risk|idva|idva name|non molestation order|non mol|dv victim|da victim|marac number|marac no|marac referral|marac referral date|refuge|risk of dv|domestic abuse flag|
		dva|dva flag|victim of domestic abuse|fleeing dv|fleeing domestic abuse|sanctuary scheme|sanctuary|dv marker|da marker|dash ric score|domestic violence flag|marac meeting date|
		ric score|unsafe addr ind|date of marac`},
	{part: partText, kind: reeve.KindProtection, signal: reeve.SignalProtectedPerson, names: `protected person|witness protection|anonymous elector|anonymous registration|protected|sensitive person flag|restricted record reason|
		protected persons flag|restricted address reason|uk protected persons service`},
	{part: partText, kind: reeve.KindImmigration, signal: reeve.SignalAsylum, names: `immigration status|asylum|asylum status|asylum seeker|nrpf|nrpf status|no recourse|leave to remain|visa|visa type|visa expiry|refugee|
		refugee status|no recourse to public funds|right to work status|visa status|leave expiry|asylum seeker flag|visa expiry date|settled status|eu settlement status|immigration|
		right to reside|leave to remain expiry|arc expiry|uasc status|asylum support`},
	{part: partText, kind: reeve.KindImmigration, signal: reeve.SignalTrafficking, names: `nrm|nrm referral|trafficking|modern slavery|nrm ref|nrm status|nrm date|trafficked|human trafficking|victim of trafficking|nrm decision|
		modern slavery flag|slavery|conclusive grounds`},
	{part: partText, kind: reeve.KindHomelessness, signal: reeve.SignalHomelessness, names: `homeless|homelessness|homeless application|homeless decision|ta start|ta type|temporary accommodation|rough sleeper|rough sleeping|
		rough sleeping status|priority need|part 7|part vii|homeless duty|eviction date|ta address|ta placement|hclic ref|ta start date|homeless flag|main duty|prevention duty|relief duty|
		homelessness reason|reason for homelessness|no fixed abode|nfa|housing duty|ta provider|intentionally homeless|homeless status|prevention duty start|s184 decision|temp accommodation|
		date homeless|hostel`},
	{part: partText, kind: reeve.KindEducationNeed, names: `sen|sen status|sen code|sen stage|sen provision|sen need|ehcp|ehc plan|ehcp status|send|send status|special educational needs|sen primary need|primary need|
		secondary need|sen type|ehcp date|ehcp start date|exclusion|exclusions|exclusion reason|statement of sen|sen support|sen support level|eal|ehcp y n|sen register|exclusion date|
		excluded|permanent exclusion|suspension|sen need type|top up funding|ehcp primary need|alternative provision|sencode|sen need 1`},
	{part: partText, kind: reeve.KindAdultSocialCare, signal: reeve.SignalAtRiskList, names: `at risk|at risk flag|at risk register|at risk list|vulnerable tenants list|priority services register`},
	{part: partText, kind: reeve.KindOffence, signal: reeve.SignalOffender, names: `violence marker|cautionary contact|potentially violent|pv marker|pvp|employee protection register|potentially violent person|
		pvp marker|violent warning marker`},
	{part: partOther, names: `risk flag|alert|alerts|warning|warnings|warning marker|warning flag|caution flag|staff safety flag|hazard|danger flag|do not visit alone|visit in pairs`},
}
