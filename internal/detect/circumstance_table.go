package detect

import "github.com/reeve-council/reeve"

// circumstanceRows are the wordings that state a circumstance of a person, in
// our own words, folded as lex folds text. A trailing * also takes any ending.
// strong wordings count for the person in scope; plain ones only with that
// person in the same sentence or form block, because they are said of the
// weather, of services and of things as well.
var circumstanceRows = []circumstanceRow{
	{reeve.KindHealth, "", strong, `diabetes|diabetic|type 1 diabetes|type 2 diabetes|epilepsy|epileptic|seizures|asthma|asthmatic|copd|emphysema|cancer|chemotherapy|radiotherapy|tumour|leukaemia|
		lymphoma|multiple sclerosis|parkinsons|parkinsons disease|motor neurone disease|huntingtons|dementia|alzheimers|alzheimers disease|stroke|heart attack|heart failure|heart condition|
		heart disease|angina|hypertension|high blood pressure|hiv|hiv positive|aids|hepatitis|hepatitis b|hepatitis c|tuberculosis|crohns|crohns disease|ulcerative colitis|coeliac|arthritis|
		rheumatoid arthritis|osteoarthritis|osteoporosis|sickle cell|kidney disease|kidney failure|dialysis|renal failure|cirrhosis|liver disease|lupus|fibromyalgia|chronic fatigue|chronic pain|
		sciatica|miscarriage|miscarried|stillbirth|stillborn|termination of pregnancy|had an abortion|pregnant|pregnancy|post natal depression|postnatal depression|incontinence|incontinent|
		covid positive|tested positive|long covid|clinically vulnerable|terminally ill|terminal illness|palliative care|end of life care|life limiting|pressure sores|catheter|colostomy|
		oxygen at home|hospitalised|admitted to hospital|discharged from hospital|hip replacement|knee replacement|surgery for|underwent surgery|brain injury|head injury|prescribed|
		sickness absence|signed off sick|off sick with|fit note|sick note|medical certificate|insulin|inhaler|warfarin|methotrexate|epipen|anaphylaxis|nut allergy|allergic to`},
	{reeve.KindHealth, "", weak, `diagnosis|diagnosed|medication|medicated|hospital appointment|gp appointment|blood test|operation|migraines|migraine|infection|back pain|back injury|fracture|obese|
		obesity|anaemia|thyroid|eczema|allergies|ill health|poor health|medical condition|health condition|unwell|surgery|mobility issues`},
	{reeve.KindHealth, "", strong, `alcohol misuse|alcohol dependent|alcohol dependency|alcoholic|alcoholism|drug misuse|substance misuse|substance misusing|heroin|crack cocaine|cocaine use|methadone|
		subutex|buprenorphine|drug addict|drug addiction|drug user|intravenous drug|needle exchange|detox|detoxification|drug and alcohol service|substance dependency|binge drinking|overdose|
		overdosed|rehab|cannabis use|smokes cannabis|drug dependency|drinking heavily|under the influence`},
	{reeve.KindHealth, reeve.SignalMentalHealth, strong, `depression|depressed|clinical depression|anxiety disorder|schizophrenia|schizophrenic|bipolar|bipolar disorder|psychosis|psychotic|
		personality disorder|ptsd|post traumatic stress|post traumatic stress disorder|ocd|obsessive compulsive|eating disorder|anorexia|bulimia|self harm|self harms|self harmed|self harming|
		suicidal|suicide attempt|attempted suicide|suicidal ideation|suicidal thoughts|sectioned|detained under section|section 2 mha|section 3 mha|section 136|section 117|s117|
		mental health act|mental health problems|mental health issues|mental health needs|mental illness|mental health condition|mental breakdown|nervous breakdown|community mental health team|cmht|
		amhp|psychiatrist|psychiatric|antidepressants|antidepressant|sertraline|citalopram|fluoxetine|mirtazapine|olanzapine|clozapine|lithium|crisis team|camhs|psychiatric hospital|
		hearing voices|hears voices|panic attacks|hoarding disorder|stress related illness|work related stress|low mood|voices telling`},
	{reeve.KindHealth, reeve.SignalMentalHealth, weak, `anxiety|anxious|mental health|counselling|psychologist|stress|hoarding`},
	{reeve.KindDisability, "", strong, `disabled|registered disabled|wheelchair user|uses a wheelchair|wheelchair|blue badge|blue badge holder|registered blind|partially sighted|visually impaired|
		severely sight impaired|sight impaired|hearing impaired|profoundly deaf|deaf|deafblind|bsl user|learning disability|learning disabilities|learning difficulties|learning disabled|
		autism|autistic|autistic spectrum|autism spectrum disorder|aspergers|adhd|dyslexia|dyslexic|dyspraxia|downs syndrome|down syndrome|cerebral palsy|spina bifida|muscular dystrophy|
		paraplegic|quadriplegic|amputee|amputated|mobility scooter|housebound|bedbound|bed bound|speech impediment|hearing aid|hearing aids|guide dog|physical disability|tourettes|
		zimmer frame|walking frame|stairlift|acquired brain injury|disability living allowance|attendance allowance|personal independence payment`},
	{reeve.KindDisability, "", weak, `disability|disabilities|impairment|reasonable adjustments|limited mobility|blind|walking stick|mobility`},
	{reeve.KindGenetic, "", strong, `genetic test|genetic testing|dna test|dna sample|dna result|paternity test|brca1|brca2|genetic disorder|genetic condition|chromosome|carrier of the gene|dna profile|
		fragile x`},
	{reeve.KindBiometric, "", strong, `fingerprints taken|fingerprint template|biometric data|biometric template|facial recognition match|iris scan|biometric enrolment|fingerprint record`},
	{reeve.KindEthnicity, "", strong, `white british|white irish|white other|black caribbean|black african|black british|mixed white and black caribbean|mixed white and asian|white and black caribbean|
		white and black african|bangladeshi|asian british|british asian|black or black british|asian or asian british|gypsy or irish traveller|irish traveller|romany gypsy|roma gypsy|
		african caribbean|afro caribbean|mixed race|dual heritage|mixed heritage|of somali origin|somali origin|of pakistani origin|of indian origin|of nigerian origin|of turkish origin|
		ethnic origin|of african origin|of caribbean origin|kurdish origin|of chinese origin|gypsy roma|arab origin|jewish heritage|asian other|black other`},
	{reeve.KindReligion, "", strong, `practising muslim|practising christian|practising catholic|roman catholic|church of england|is muslim|is a muslim|is jewish|is hindu|is sikh|is buddhist|is christian|
		is a christian|is catholic|jehovahs witness|seventh day adventist|converted to islam|converted to christianity|orthodox jew|orthodox jewish|muslim family|jewish family|hindu family|
		sikh family|christian family|catholic family|attends mosque|attends church|attends synagogue|attends temple|attends gurdwara|muslim faith|christian faith|jewish faith|hindu faith|
		sikh faith|catholic faith|atheist|rastafarian|pentecostal church|of muslim faith|halal diet|kosher diet|practising jew|practising hindu|practising sikh|devout`},
	{reeve.KindPolitics, "", strong, `labour party member|conservative party member|member of the labour party|member of the conservative party|member of the liberal democrats|liberal democrat member|
		green party member|member of the green party|reform uk member|ukip member|member of ukip|bnp member|member of the bnp|communist party member|member of momentum|party activist|
		votes labour|votes conservative|political activist|member of reform uk|labour activist|conservative activist|socialist workers party`},
	{reeve.KindTradeUnion, "", strong, `unison member|unite member|gmb member|union member|trade union member|union rep|union representative|trade union representative|shop steward|union membership|
		union subscription|union subs|member of unison|member of unite|member of the gmb|nasuwt member|neu member|nut member|member of the union|unison rep|unite rep|gmb rep|
		unison representative|gmb representative|unite representative|unison steward|branch secretary|member of a trade union|accompanied by unison|represented by unison|represented by gmb|represented by unite|represented by the gmb|represented by neu|represented by nasuwt|represented by her union|represented by his union`},
	{reeve.KindSexLife, "", strong, `sexually active|sex worker|sex working|sexually transmitted|sti clinic|sexual health clinic|chlamydia|gonorrhoea|syphilis|extra marital affair|extramarital affair|
		having an affair|sexual relationship with|sexual history|sexual exploitation|sexually exploited|risk of cse|victim of cse|prostitution|working as a prostitute|unprotected sex`},
	{reeve.KindSexualOrientation, "", strong, `is gay|is lesbian|is bisexual|is a lesbian|is homosexual|homosexual|identifies as gay|identifies as lesbian|identifies as bisexual|gay man|lesbian woman|
		bisexual|came out as|same sex partner|same sex relationship|lesbian couple|gay couple|openly gay|his boyfriend and he|civil partner of the same sex|lesbian|identifies as queer`},
	{reeve.KindGenderReassignment, "", strong, `transgender|trans woman|trans man|transsexual|gender reassignment|gender dysphoria|gender recognition certificate|gender identity clinic|transitioning from|
		transitioned from|non binary|deadname|dead name|tavistock gids|hormone blockers|puberty blockers|gender affirming|male to female|female to male`},
	{reeve.KindOffence, reeve.SignalOffender, strong, `convicted of|was convicted|conviction for|convictions for|previous convictions|unspent conviction|unspent convictions|spent conviction|found guilty|
		pleaded guilty|pled guilty|sentenced to|custodial sentence|suspended sentence|police caution|was cautioned|received a caution|cautioned for|arrested for|was arrested|been arrested|
		charged with|on bail|bailed to|bail conditions|released on licence|on licence|on probation|probation officer|youth offending|youth offending team|youth offending service|yot worker|
		yot order|referral order|youth rehabilitation order|community order|community payback|mappa|mappa level 1|mappa level 2|mappa level 3|mappa nominal|registered sex offender|sex offender|
		sex offenders register|schedule 1 offender|sexual harm prevention order|shpo|electronic tag|electronically tagged|criminal record|criminal conviction|criminal behaviour order|asbo|
		anti social behaviour order|gang nominal|gang member|known to police|county lines|possession with intent|remanded in custody|in custody|serving a sentence|prison sentence|
		served time|released from prison|hmp|young offender|young offenders institution|detention and training order|drink driving|driving ban|shoplifting|burglary|grievous bodily harm|
		actual bodily harm|gbh|abh|domestic violence protection notice|restraining order|stalking protection order|index offence|benefit fraud|knife crime|possession of a knife|
		channel panel|channel referral|prevent referral|recall to prison|acquisitive crime|licence conditions|theft from`},
	{reeve.KindOffence, reeve.SignalOffender, weak, `caution|offence|offences|arrest|arrested|convicted|conviction|prison|probation|assaulted a|under investigation|magistrates court|crown court|dbs disclosure|
		gang|drug dealing|police investigation|antisocial behaviour|anti social behaviour`},
	{reeve.KindChildSocialCare, reeve.SignalChildProtection, strong, `child protection plan|cp plan|cpp|child protection conference|initial child protection conference|icpc|review child protection conference|rcpc|
		section 47|s47|s 47|s47 enquiry|section 47 enquiry|child protection register|subject to a child protection|child protection concerns|child protection enquiry|core group meeting|core group|
		strategy meeting|strategy discussion|emergency protection order|police protection|epo|neglect category|emotional abuse|child neglect|neglected child|physical chastisement|
		sexual abuse|child sexual abuse|at risk of significant harm|significant harm|non accidental injury|non accidental injuries|nai|child sexual exploitation|mase meeting|female genital mutilation|
		fgm|radicalisation|pre birth assessment|public law outline|plo meeting|plo|supervision order|child on a plan|lado referral|on a plan for neglect`},
	{reeve.KindChildSocialCare, reeve.SignalLookedAfter, strong, `looked after child|looked after children|lac review|lac|child looked after|cla|section 20|s20|s 20|section 31|s31|interim care order|full care order|care order|
		care proceedings|placement order|foster care|foster carer|foster carers|foster placement|fostering panel|in foster care|placed with foster|kinship care|connected person|
		special guardianship order|sgo|adoption order|adoption panel|placed for adoption|prospective adopters|prospective adopter|adopted child|adopters|adoption|adopted|letterbox contact|birth family|
		birth mother|birth parents|care leaver|leaving care|pathway plan|personal adviser|independent reviewing officer|iro|childrens home|residential childrens|secure accommodation order|
		unaccompanied asylum seeking child|unaccompanied minor|uasc|placement breakdown|in care|taken into care|accommodated under section 20|staying put|life story work`},
	{reeve.KindChildSocialCare, reeve.SignalChildInNeed, strong, `child in need|child in need plan|cin plan|cin|cin meeting|section 17|s17|s 17|children in need|team around the child|team around the family|tac meeting|early help assessment|
		early help|mash referral|mash|multi agency safeguarding hub|initial assessment completed|child and family assessment|c&f assessment|family support worker|missing from home|parenting assessment|
		private fostering|young carer|troubled families|allocated social worker|single assessment`},
	{reeve.KindAdultSocialCare, reeve.SignalAdultSafeguarding, strong, `section 42|s42|s 42|section 42 enquiry|s42 enquiry|safeguarding adults|adult safeguarding|safeguarding alert|safeguarding concern|safeguarding enquiry|
		vulnerable adult|adult at risk|deprivation of liberty|dols|dols authorisation|deprivation of liberty safeguards|financial abuse|self neglect|lacks capacity|lack of capacity|
		mental capacity assessment|best interests decision|best interests meeting|best interests assessor|court of protection|organisational abuse|cuckooed|cuckooing|hoarder|elder abuse|
		sova|imca`},
	{reeve.KindAdultSocialCare, reeve.SignalAdultCare, strong, `care act assessment|care assessment|needs assessment under|care package|package of care|care plan|home care|homecare|domiciliary care|care home|nursing home|residential care|
		direct payment|direct payments|personal budget|lasting power of attorney|power of attorney|lpa|deputyship|appointeeship|appointee|continuing healthcare|chc funding|carers assessment|
		carers allowance|unpaid carer|main carer|reablement|occupational therapist|ot assessment|supported living|extra care housing|day centre|meals on wheels|telecare|careline|pendant alarm|
		hospital discharge team|double up care|care calls|four calls a day|respite care|sheltered housing|sheltered accommodation|befriending service|personal care|shared lives`},
	{reeve.KindDomesticAbuse, reeve.SignalDomesticAbuse, strong, `domestic abuse|domestic violence|marac|dash risk assessment|dash assessment|dash ric|dash score|dash form|idva|independent domestic violence advocate|womens refuge|
		refuge|in refuge|in a refuge|in the refuge|refuge placement|fled to a refuge|place in a refuge|non molestation order|non mol|occupation order|sanctuary scheme|sanctuary works|fleeing violence|fleeing domestic|fled domestic|fleeing abuse|coercive control|controlling behaviour|
		coercive and controlling|honour based violence|honour based abuse|hbv|forced marriage|forced marriage protection order|abusive relationship|abusive partner|violent partner|abusive ex|
		violent ex|violent towards her|violent towards him|hit her|punched her|strangled her|beaten by|assaulted by her|assaulted by his|stalked by|stalking|strangulation|high risk victim|
		victim of domestic|survivor of domestic|dv victim|da victim|clares law|domestic violence disclosure|threatened to kill her|perpetrator of domestic|domestic incident|
		physical violence from|economic abuse|domestic homicide`},
	{reeve.KindDomesticAbuse, reeve.SignalSafeAddress, strong, `safe address|in refuge|in a refuge|in the refuge|refuge placement|fled to a refuge|confidential address|refuge address|address must not be disclosed|do not disclose address|address is confidential|address not to be disclosed|
		address withheld|undisclosed address|do not disclose the address|not to be given her address|must not know her address|secret address|new address must not|do not write to home address`},
	{reeve.KindProtection, reeve.SignalProtectedPerson, strong, `witness protection|protected person|protected persons service|anonymous elector|anonymous registration|anonymously registered|section 9b|s9b|new identity|relocated under|
		witness relocation|name changed by deed poll for safety|changed identity|protected witness|ukpps|threat to life|osman warning|threat to life warning|change of identity`},
	{reeve.KindImmigration, reeve.SignalTrafficking, strong, `national referral mechanism|nrm|nrm referral|nrm decision|modern slavery|human trafficking|trafficked|trafficking|victim of trafficking|conclusive grounds|reasonable grounds decision|
		forced labour|domestic servitude|debt bondage|first responder|potential victim of modern slavery`},
	{reeve.KindImmigration, reeve.SignalAsylum, strong, `asylum seeker|asylum claim|asylum application|asylum support|claimed asylum|claiming asylum|seeking asylum|refused asylum|failed asylum seeker|refugee status|granted refugee|refugee|
		humanitarian protection|discretionary leave|indefinite leave to remain|limited leave to remain|leave to remain|leave to enter|no recourse to public funds|nrpf|section 95|s95|section 98|
		section 4 support|appeal rights exhausted|overstayer|immigration status|spouse visa|student visa|visa expired|visa application|eu settled status|pre settled status|settled status|
		homes for ukraine|ukraine scheme|afghan resettlement|arap|acrs|resettlement scheme|deportation order|deported|immigration detention|immigration bail|nass|age assessment|
		illegal entrant|undocumented|right to remain|home office decision|unaccompanied asylum`},
	{reeve.KindHomelessness, reeve.SignalHomelessness, strong, `homeless application|homelessness application|homelessness decision|part 7|part vii|section 184|s184|section 188|section 202 review|section 193|temporary accommodation|emergency accommodation|
		bed and breakfast accommodation|nightly paid|rough sleeping|rough sleeper|sleeping rough|sofa surfing|street homeless|homeless|homelessness|made homeless|threatened with homelessness|
		no fixed abode|intentionally homeless|priority need|prevention duty|relief duty|main housing duty|personal housing plan|section 21 notice|
		night shelter|winter shelter|hostel|statutorily homeless|severe weather emergency`},
	{reeve.KindHomelessness, reeve.SignalHomelessness, weak, `eviction notice|possession order|warrant of eviction`},
	{reeve.KindEducationNeed, "", strong, `ehcp|ehc plan|education health and care plan|education health and care|special educational needs|statement of special educational needs|sen support|sen register|sen statement|
		statement of sen|permanently excluded|permanent exclusion|fixed term exclusion|excluded from school|pupil referral unit|pru|educational psychologist|send tribunal|school refuser|
		emotional based school avoidance|elective home education|moderate learning difficulty|severe learning difficulties|social emotional and mental health|semh|speech and language therapist|
		speech and language therapy|behind his peers|behind her peers|one to one support|senco|school attendance order|persistent absence|alternative provision`},
	{reeve.KindBenefits, "", strong, `universal credit|housing benefit|council tax reduction|council tax support|income support|jobseekers allowance|jsa|esa|employment and support allowance|pip|dla|pension credit|
		working tax credit|child tax credit|tax credits|child benefit|discretionary housing payment|dhp|free school meals|guarantee credit|benefit cap|bedroom tax|
		household support fund|carer element|lcwra|limited capability for work|uc claim|on benefits|severe disability premium|local welfare assistance|bereavement allowance`},
	{reeve.KindDebt, "", strong, `rent arrears|council tax arrears|in arrears|arrears of|you owe|owe|owing|amount outstanding|balance outstanding|amount owed|behind with your rent|money owed|notice of arrears|not paid your instalment|missed payments|missed payment|balance on account|balance on your account|unpaid council tax|unpaid rent|liability order|bankrupt|bankruptcy|county court judgment|ccj|debt relief order|iva|bailiff|bailiffs|enforcement agent|
		enforcement agents|attachment of earnings|overpayment of|overpaid by|housing benefit overpayment|payment plan|repayment plan|debt collection|outstanding debt|owes|notice seeking possession|
		suspended possession order|final demand|in debt|loan shark|payday loan|gambling debts|debts`},
	{reeve.KindIncome, "", strong, `annual salary|salary of|earns|earning|net pay|gross pay|take home pay|weekly wage|monthly income|weekly income|annual income|savings of|household income|hourly rate of|
		pension of|wages of|paid weekly|your income|income as|weekly income|his income|her income|their income|income from|gross salary|per annum|monthly salary`},
}
