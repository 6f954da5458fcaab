package demo

// confirmed is how many of those who could be written to were confirmed by hand
// before the list was frozen.
const confirmed = 14

// carriedRuns are in the order of their first day.
var carriedRuns = []carriedRun{
	{"Briefs for named workers", "worker", "2026-01-21 14:00", "2026-01-22 09:00", "2026-01-23 09:30", (*walker).briefs},
	{"Calls to people who asked to be called", "call", "2026-01-26 10:00", "2026-01-27 09:00", "2026-01-28 09:00", (*walker).callList},
	{"Letters handed over at the door", "hand", "2026-01-29 15:00", "2026-01-30 10:00", "2026-02-02 08:30", (*walker).fromDoorToDoor},
}

// carrier takes letters from door to door.
const carrier = "Idris Pembroke"

// How it is known that a carrier has the paper.
const (
	roundReceived = "Signed for at the counter of the town hall"
	briefReceived = "She called back through the switchboard and read out the number of the round"
)

var (
	callTries = [][]try{
		{{agent, "2026-01-28 09:20", "take", nil}, {agent, "2026-01-28 09:24", "verified", []string{"how", "name, address and date of birth"}},
			{agent, "2026-01-28 09:41", "outcome", []string{"outcome", "told", "note", "Wants the letter in large print as well"}}},
		{{agent, "2026-01-28 09:50", "take", nil}, {agent, "2026-01-28 09:53", "outcome", []string{"outcome", "no-answer", "next", "2026-01-30", "note", "In the evening, then"}}},
		{{agentTwo, "2026-01-28 10:05", "take", nil}, {agentTwo, "2026-01-28 10:09", "outcome", []string{"outcome", "not-safe", "note", "Somebody else was telling them what to say. The adviser knows."}}},
	}
	doorTries = [][]try{
		{{lead, "2026-02-03 16:10", "outcome", []string{"outcome", "told", "day", "2026-02-02"}}},
		{{lead, "2026-02-03 16:14", "outcome", []string{"outcome", "not-in", "day", "2026-02-02"}}},
	}
	workerTries = [][]try{
		{{lead, "2026-01-30 11:05", "outcome", []string{"outcome", "told", "day", "2026-01-28", "note", "Told at the weekly visit; a friend of hers sat with them"}}},
	}
)

// polish is what every letter says, as far as it is translated.
const polish = `> Dear {name}
Szanowna Pani / Szanowny Panie {name}

> What happened
Co się stało

> What we found about you
Co znaleźliśmy na Pani/Pana temat

> Do we still have your data?
Czy nadal mamy Pani/Pana dane?

> What you can do
Co może Pani/Pan zrobić

> Watch out for scams
Uwaga na oszustów

> We will never ask for your password, your PIN or your full bank details.
Nigdy nie poprosimy o hasło, kod PIN ani pełne dane konta bankowego.

> How to check this letter is real
Jak sprawdzić, czy ten list jest prawdziwy

> Where to get help
Gdzie uzyskać pomoc

> Your rights
Pani/Pana prawa

> You can ask us for a copy of the data that we hold about you.
Może Pani/Pan poprosić nas o kopię danych, które przechowujemy na Pani/Pana temat.

> What happens next
Co będzie dalej
`
