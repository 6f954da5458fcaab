package plant

var sheetFormats = words(`xlsx csv csv-semicolon tsv ods xlsx xls dbf csv sql sqlite json xml html pdf docx`)

var listTypes = []docType{
	{name: "payroll list", folder: "HR/Payroll/{year}", file: "payroll {n}", pool: "staff", weight: 5, years: [2]int{2006, 2020}, formats: sheetFormats,
		list: &listing{sheet: "Payroll", title: "Payroll extract", rows: [2]int{15, 60}, columns: []column{
			{"Payroll No|Emp No|EMPLOYEE", "{a.payroll}"}, {"Surname|Last name|SNAME", "{a.surname}"}, {"Forename|First name|FNAME", "{a.given}"},
			{"NI Number|NINO|NI_NO", "{a.nino}"}, {"Date of birth|DOB|BIRTH_DT", "{a.isodob}"}, {"Sort code|Bank sort|SORT_CD", "{a.sort}"}, {"Account no|Bank account|ACC_NO", "{a.account}"},
			{"Annual salary|Salary|SALARY", "{a!income:@salary}"}, {"Post|Job title|JOB", "{a.job}"}}}},
	{name: "sickness list", folder: "HR/Sickness/{year}", file: "absence {n}", pool: "staff", weight: 4, years: [2]int{2006, 2020}, formats: sheetFormats,
		list: &listing{sheet: "Absence", title: "Absence report", rows: [2]int{15, 40}, columns: []column{
			{"Employee|Name|EMP_NAME", "{a.reversed}"}, {"Payroll No|Emp No|EMP_ID", "{a.payroll}"}, {"Reason for absence|Sickness reason|REASON", "{a!health:@health}"}, {"Days lost|Days|DAYS", "{n:1-60}"}}}},
	{name: "union list", folder: "HR/Unions/{year}", file: "members {n}", pool: "staff", weight: 4, years: [2]int{2006, 2020}, formats: sheetFormats,
		list: &listing{sheet: "Members", title: "Deductions for subscriptions", rows: [2]int{10, 40}, columns: []column{
			{"Name|Member|MEMBER", "{a.full}"}, {"Payroll No|Emp No|EMP_ID", "{a.payroll}"}, {"Trade union|Union|UNION_CD", "{a!trade_union:@union}"}, {"Subscription|Sub|AMT", "{money:8-20}"}}}},
	{name: "benefit spreadsheet", folder: "Benefits/Reports/{year}", file: "HB extract {n}", pool: "claimant", weight: 14, years: [2]int{2006, 2020}, formats: sheetFormats,
		list: &listing{sheet: "HB", title: "Live claims", rows: [2]int{20, 120}, columns: []column{
			{"Claim ref|Claim number|CLAIM_NO", "{a.claim}"}, {"Claimant|Name|CLMT_NAME", "{a.reversed}"}, {"NINO|NI number|NINO", "{a.nino}"}, {"DOB|Date of birth|DOB", "{a.dob}"},
			{"Address|Claim address|ADDR", "{a.addr}"}, {"Postcode|Post code|PCODE", "{a.pc}"}, {"Sort code|Sort|SORT", "{a.sort}"}, {"Account|Account number|ACCT", "{a.account}"},
			{"Benefit|Award type|AWARD", "{a!benefits:Housing Benefit}"}, {"Weekly income|Income|INC", "{a!income:@income}"}}}},
	{name: "council tax refunds", folder: "Revenues/Council Tax/Refunds/{year}", file: "refunds {n}", pool: "liable", weight: 10, years: [2]int{2006, 2020}, formats: sheetFormats,
		list: &listing{sheet: "Refunds", title: "Refunds run", rows: [2]int{20, 100}, columns: []column{
			{"Account Ref|CTax account|ACCOUNT_REF", "{a.ctax}"}, {"Liable party|Payee|LIAB_NAME", "{a.titled_initial}"}, {"Property|Address|PROP_ADDR", "{a.addr}"}, {"Postcode|PC|POSTCODE", "{a.pc}"},
			{"Sort code|Bank sort code|SORT", "{a.sort}"}, {"Account number|Bank a/c|ACC", "{a.account}"}, {"Refund|Amount|AMT", "{money:10-600}"}}}},
	{name: "housing register", folder: "Housing/Allocations/{year}", file: "waiting list {n}", pool: "adult", weight: 8, years: [2]int{2006, 2020}, formats: sheetFormats,
		list: &listing{sheet: "Register", title: "Housing register", rows: [2]int{30, 150}, columns: []column{
			{"App no|Application|APP_NO", "{n:100000-999999}"}, {"Applicant|Main applicant|APPLICANT", "{a.titled_full}"}, {"DOB|Born|DOB", "{a.dob}"}, {"Present address|Address|ADDR", "{a.addr}"},
			{"Postcode|Post code|PC", "{a.pc}"}, {"Telephone|Phone|TEL", "{a.phone}"}, {"Ethnic origin|Ethnicity|ETH", "{a!ethnicity:@ethnicity}"}, {"Medical|Medical need|MED", "{a!health:@health}"}}}},
	{name: "SEN pupil list", folder: "Education/SEN/{year}", file: "SEN list {n}", pool: "sen", weight: 8, years: [2]int{2010, 2020}, formats: sheetFormats,
		list: &listing{sheet: "SEN", title: "Pupils with special educational needs", rows: [2]int{10, 60}, columns: []column{
			{"UPN|Unique pupil no|UPN", "{a.upn}"}, {"Pupil|Name|PUPIL", "{a.reversed}"}, {"DOB|Date of birth|DOB", "{a.dob}"}, {"Postcode|Home postcode|PC", "{a.pc}"}, {"SEN need|Primary need|NEED", "{a!education_need:@need}"}}}},
	{name: "electoral list", folder: "Elections/{year}", file: "ward list {n}", pool: "adult", weight: 8, years: [2]int{2006, 2020}, formats: sheetFormats,
		list: &listing{sheet: "Electors", title: "Electors", rows: [2]int{40, 200}, columns: []column{
			{"Elector Number|Elector No|ELEC_NO", "{a.elector}"}, {"Elector Surname|Surname|SURNAME", "{a.surname}"}, {"Elector Forename|Forename|FORENAME", "{a.given}"}, {"Address1|Address|ADDR1", "{a.addr}"}, {"PostCode|Postcode|PCODE", "{a.pc}"}}}},
	{name: "care clients list", folder: "Adults/Reports/{year}", file: "clients {n}", pool: "adult_care", weight: 8, years: [2]int{2006, 2020}, formats: sheetFormats,
		list: &listing{sheet: "Clients", title: "Home care clients", rows: [2]int{8, 60}, columns: []column{
			{"Person ID|Mosaic ID|PERSON_ID", "{a.mosaic}"}, {"Name|Client|CLIENT", "{a.full}"}, {"NHS No|NHS number|NHS_NO", "{a.nhs}"}, {"DOB|Date of birth|DOB", "{a.dob}"},
			{"Service|Care package|SERVICE", "{a!adult_social_care/adult_care:Home care}"}, {"Condition|Primary support reason|PSR", "{a!health:@health}"}, {"Postcode|PC|PC", "{a.pc}"}}}},
	{name: "parking permits", folder: "Parking/Permits/{year}", file: "permits {n}", pool: "adult", weight: 8, years: [2]int{2006, 2020}, formats: sheetFormats,
		list: &listing{sheet: "Permits", title: "Resident permits", rows: [2]int{30, 150}, columns: []column{
			{"Permit holder|Name|HOLDER", "{a.titled_initial}"}, {"Address|Resident address|ADDR", "{a.addr}"}, {"Postcode|PC|PC", "{a.pc}"}, {"VRM|Vehicle reg|REG", "{a.mark}"}, {"Email|E-mail|EMAIL", "{a.email}"}, {"Mobile|Telephone|TEL", "{a.phone}"}}}},
	{name: "contact list", folder: "Corporate/Consultations/{year}", file: "contacts {n}", pool: "adult", weight: 8, years: [2]int{2008, 2020}, formats: words(`csv xlsx vcf tsv`),
		list: &listing{sheet: "Contacts", title: "Consultation responses", rows: [2]int{20, 80}, columns: []column{
			{"Name|Full name|NAME", "{a.full}"}, {"Email|E-mail address|EMAIL", "{a.email}"}, {"Phone|Tel|TEL", "{a.phone}"}, {"Postcode|PC|PC", "{a.pc}"}}}},
	{name: "homeless placements", folder: "Housing/Temporary accommodation/{year}", file: "TA list {n}", pool: "homeless", weight: 5, years: [2]int{2006, 2020}, formats: sheetFormats,
		list: &listing{sheet: "TA", title: "Temporary accommodation placements", rows: [2]int{8, 40}, columns: []column{
			{"Household|Applicant|APPLICANT", "{a.full}"}, {"DOB|Born|DOB", "{a.dob}"}, {"NINO|NI number|NI", "{a.nino}"}, {"Duty|Homeless duty|DUTY", "{a!homelessness/homelessness:Homeless - main duty}"}, {"Nightly rate|Rate|RATE", "{money:20-90}"}}}},
	{name: "repairs list", folder: "Housing/Repairs/{year}", file: "repairs {n}", pool: "tenant", weight: 6, years: [2]int{2008, 2020}, formats: sheetFormats,
		list: &listing{sheet: "Repairs", title: "Repairs raised", rows: [2]int{20, 80}, columns: []column{
			{"Job no|Order|JOB_NO", "{n:100000-999999}"}, {"Property|Address|PROP_ADDR", "{=addr}"}, {"Postcode|PC|PC", "{=pc}"}, {"Trade|Work|TRADE", "{one:Plumber;Electrician;Carpenter}"}, {"Cost|Value|COST", "{money:20-400}"}}}},
}
