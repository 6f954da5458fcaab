package incident

import "slices"

// firstHours are the tasks that every incident begins with.
var firstHours = []play{
	{key: "who", stream: "people", title: "Name gold, silver, bronze, scribe and liaison, each with a deputy", hours: 1, steps: []string{"Each has said yes", "Telephone numbers are on paper", "Everybody knows who decides what"}},
	{key: "rota", stream: "people", title: "Write a rota for three days, with handovers and rest", hours: 6, after: "who", steps: []string{"Nobody is on for more than 12 hours", "Eleven hours' rest between shifts", "Food and a way home at night"}},
	{stream: "people", title: "Tell managers what staff are to do and not to do", hours: 3, steps: []string{"Which devices may be used", "No links from networks that are not cleared", "Whom to tell what they see", "What not to say outside, and why"}},
	{stream: "people", title: "Ask every day how those who work on it are", hours: 24, steps: []string{"Somebody outside the incident asks", "Occupational health is told"}},
	{stream: "services", title: "List the services that stand still, run differently or run as usual", hours: 4, steps: []string{"Adult and children's social care first", "Housing, homelessness and repairs", "Benefits and payments to people", "Registrars, cemeteries, licensing"}},
	{stream: "services", title: "Put continuity plans in force where they are needed", hours: 6, steps: []string{"Paper forms are printed", "What is written on paper carries a number and the person's reference", "A named officer for each service"}},
	{stream: "services", title: "Find the people who are not safe while systems are down", hours: 8, steps: []string{"Visits and calls that were due", "Safety warnings about addresses, on paper", "Who depends on equipment, meals or payments"}},
	{stream: "agencies", title: "Tell NCSC and, if a crime is likely, the police", hours: 4, steps: []string{"Who was told, when, with which reference", "What they ask us to keep or leave alone"}},
	{stream: "members", title: "Tell the leader, the cabinet member and group leaders by telephone", hours: 4, steps: []string{"What we know and what we do not", "What may be said, and what must wait", "When they hear from us next"}},
	{stream: "public", title: "Put one holding line and one page on a site that is not affected", hours: 4, steps: []string{"What works and what does not", "What to do in an emergency", "When the next word comes"}},
}

// dataTasks are what copied data adds.
var dataTasks = []play{
	{key: "seal", stream: "data", title: "Take and seal what shows what was copied", hours: 12, steps: []string{"Logs that roll over are exported first", "Each copy has its SHA-256, a seal number and a place", "Hand-overs are signed by both sides"}},
	{key: "scope", stream: "data", title: "Find out which shares and systems were copied, and how sure that is", hours: 24, after: "seal"},
	{key: "sweep", stream: "data", title: "Sweep the copied files for people's data", hours: 72, after: "scope", steps: []string{"Registers to match against are loaded", "What could not be read is counted", "People who could be in danger come first"}},
	{stream: "data", title: "Reach people who could come to harm, by a way that is safe for them", hours: 48, after: "scope", steps: []string{"A named worker for each", "Never a letter where the address is not safe"}},
	{stream: "data", title: "Assess the risk to each group of people and decide whom to tell", hours: 72, after: "scope", steps: []string{"Children, people at risk, staff, suppliers", "Reasons are written down, also for not telling"}},
	{stream: "agencies", title: "Make the first report to the ICO, with what is known", hours: 60, after: "scope", steps: []string{"Numbers from one version of the list", "What is not known is said", "When more follows"}},
	{stream: "agencies", title: "Tell DWP, NHS and others whose data we hold or whose links we use", hours: 48, after: "scope"},
	{stream: "agencies", title: "Tell the insurer before money is spent on help from outside", hours: 12},
	{stream: "members", title: "Give councillors questions and answers for their residents", hours: 24, after: "scope"},
	{stream: "public", title: "Open a way to ask: telephone, e-mail and at a desk", hours: 24, steps: []string{"Callers are never told whether a name is on the list", "Scripts are on paper", "Frightened people are passed on, not put off"}},
	{stream: "public", title: "Warn of scams that use the incident", hours: 24, after: "scope", steps: []string{"What we will never ask for", "How to check that a letter is ours", "Where to report"}},
	{stream: "public", title: "Prepare letters, and accessible and translated forms of them", hours: 96, after: "scope"},
}

// lostTasks are what encrypted or switched-off systems add.
var lostTasks = []play{
	{key: "isolate", stream: "technology", title: "Isolate what is affected, and write down what was cut and when", hours: 1, steps: []string{"Internet, partner links, remote access", "Backups are cut off first", "Who may connect anything again"}},
	{key: "backups", stream: "technology", title: "Find out whether backups are whole and out of reach", hours: 12, after: "isolate"},
	{key: "forensics", stream: "technology", title: "Call forensic help, and keep memory and disks as they are", hours: 8, after: "isolate"},
	{stream: "technology", title: "Change what the attackers could know: administrators, services, keys", hours: 24, after: "isolate", steps: []string{"Dormant accounts are closed", "Second factors for all who administer"}},
	{stream: "technology", title: "Write the order in which services come back, and who decides it", hours: 48, after: "backups"},
	{stream: "technology", title: "Build a clean place to bring systems back into", hours: 72, after: "forensics"},
	{stream: "services", title: "Say which payments to people and suppliers are at risk, and by when", hours: 12, steps: []string{"Benefits, foster carers, care providers, payroll", "Direct debits: what was not taken, and what is said about it"}},
	{stream: "services", title: "Count what piles up, by service and by date", hours: 72},
	{stream: "members", title: "Say how meetings and decisions go on: papers, votes, streaming", hours: 48},
}

// Openings: decisions that come up first.
var (
	openAware   = opening{title: "From when was the council aware of a breach?", ask: "The 72 hours run from then.", options: []string{"When somebody first saw something unusual", "When it was known that personal data is concerned", "Another moment, with reasons"}}
	openCut     = opening{title: "Is the whole network cut off from the internet?", ask: "What is hurt more: services without the network, or data with it?", options: []string{"All of it", "The affected part", "Nothing yet: watch closely"}}
	openPay     = opening{title: "How does the council answer a demand for money?", ask: "Paying gives no safety and may be an offence.", options: []string{"No contact, no payment; the police are told", "Contact only through the police"}}
	openSay     = opening{title: "What is said to the public, and when?", options: []string{"Now, with what is known", "After those who could be hurt were told", "When the police agree"}, ask: "Who is hurt if we wait, and who if we do not?"}
	openDelegat = opening{title: "Who may spend and decide without a committee, up to what, until when?", options: []string{"Chief executive, within limits, until a date", "Urgent decisions by the usual rules"}, ask: "Ordinary procedure cannot be kept to."}
	openPublish = opening{title: "Do we look at what was published?", options: []string{"The police or a specialist fetches it for us", "We fetch it ourselves, in a sealed place", "We do not look"}, ask: "What was published shows what was taken, and looking has risks."}
	openDown    = opening{title: "Is this a false alarm?", options: []string{"Stand down, and write what it cost", "Go on until it is disproved"}, ask: "What would we have to see to be sure?"}
)

// playbooks, in the order in which they are offered.
var playbooks = []Playbook{
	{Key: "data-copied", Title: "Data was copied", What: "somebody took copies of files; systems may be off as well", Severity: "major",
		Tasks: slices.Concat(firstHours, lostTasks, dataTasks), Open: []opening{openAware, openCut, openSay, openDelegat, openPay},
		Clocks: []string{"ico-72", "article-34", "processor-tells", "health-72", "insurer", "rights-request", "foi", "electoral-register", "planning-8", "land-search", "committee-papers"}},
	{Key: "systems-lost", Title: "Systems are encrypted or off", What: "services stand still; nothing shows yet that data was copied", Severity: "major",
		Tasks: slices.Concat(firstHours, lostTasks), Open: []opening{openCut, openDelegat, openPay},
		Clocks: []string{"ico-72", "insurer", "rights-request", "foi", "electoral-register", "planning-8", "land-search", "housing-benefit", "committee-papers"}},
	{Key: "supplier", Title: "A supplier or partner was breached", What: "our people's data, their systems", Severity: "serious",
		Tasks: slices.Concat(firstHours[:3], []play{
			{stream: "technology", title: "Cut or watch every link to them", hours: 2, steps: []string{"Remote access, shared networks, mail rules", "What stops working when it is cut"}},
			{key: "scope", stream: "data", title: "Have them say in writing whose data, which data, and how they know", hours: 12, steps: []string{"Controller or processor, for each system", "Until when they answer", "What the contract says"}},
			{stream: "agencies", title: "Agree who reports what to whom", hours: 24, after: "scope"},
		}, dataTasks[4:6], dataTasks[8:]), Open: []opening{openAware, openSay}, Clocks: []string{"ico-72", "article-34", "agreement", "insurer"}},
	{Key: "published", Title: "Second phase: data was published", What: "what was copied is offered, published or shown to reporters", Severity: "critical",
		Tasks: []play{
			{key: "seen", stream: "data", title: "Establish what was published, without spreading it", hours: 4, steps: []string{"Who fetches it, and in which place", "Its listing is compared with what we hold", "Its SHA-256 and where it was found"}},
			{key: "harm", stream: "data", title: "Find who could come to harm today, and reach them first", hours: 6, after: "seen", steps: []string{"Addresses that are secret", "Children, witnesses, people who fled", "Social care and the police are asked"}},
			{stream: "data", title: "Sweep what was published as an exhibit of its own", hours: 48, after: "seen"},
			{stream: "agencies", title: "Tell the police, NCSC and the ICO of the publication", hours: 4, after: "seen"},
			{stream: "agencies", title: "Ask for what was published to be taken down", hours: 24, after: "seen"},
			{stream: "people", title: "Tell staff whose own data is in it, before they read of it", hours: 12, after: "seen"},
			{stream: "people", title: "Double the rota of telephones and review", hours: 12},
			{stream: "members", title: "Tell group leaders what was published and what may be said", hours: 8, after: "seen"},
			{stream: "public", title: "Say that data was published, and what that means for people", hours: 12, after: "harm", steps: []string{"No link to it, no name of a site", "Reporters are asked not to describe people", "What to do, by sort of data"}},
		}, Open: []opening{openPublish, openSay}, Clocks: []string{"ico-72", "article-34"}},
	{Key: "suspicion", Title: "Something looks wrong", What: "an alert, an odd account, a call; it may be a false alarm", Severity: "serious",
		Tasks: slices.Concat(firstHours[:1], []play{
			{key: "look", stream: "technology", title: "Say what was seen, by whom, and what would explain it", hours: 2, steps: []string{"Was it one of our own tests?", "Suppliers who may work at night are asked", "Logs are exported before they roll over"}},
			{stream: "technology", title: "Cut only what must be cut, and write down what that costs", hours: 3, after: "look"},
			{stream: "services", title: "Say which services feel it", hours: 4, after: "look"},
			{stream: "members", title: "Tell the leader that it is being looked at", hours: 6},
		}), Open: []opening{openCut, openDown}},
	{Key: "empty", Title: "An empty book", What: "no tasks are laid out", Severity: "serious"},
}
