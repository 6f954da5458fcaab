package demo

import "github.com/reeve-council/reeve/internal/enquiry"

// resident is one of the invented people who get in touch.
type resident struct{ name, email, phone, postcode, safe string }

var (
	ada     = resident{"Ada Whitlock-Osei", "ada.whitlock@example.org", "07700 900141", "NV5 3EA", ""}
	bertram = resident{"Bertram Achebe", "", "020 7946 0412", "NV8 0AA", "Mornings only: he cannot hear well on the telephone later in the day"}
	cosima  = resident{"Cosima Trelawney", "cosima@example.net", "07700 900187", "NV6 5LA", ""}
	dorcas  = resident{"Dorcas Fairweather", "", "07700 900155", "NV2 5FA", "Ring before 3pm on this number alone, and ask for the library; no letters, no messages"}
	emeka   = resident{"Emeka Sandoval", "emeka.sandoval@example.org", "", "NV5 3EA", ""}
	freya   = resident{"Freya Lindqvist", "freya.lindqvist@example.com", "07700 900162", "NV9 0BA", ""}
	gulsen  = resident{"Gülsen Demir-Hart", "", "", "NV8 0AA", ""}
	hector  = resident{"Hector Mbatha", "hector.mbatha@example.org", "020 7946 0477", "NV3 1AA", ""}
	isolde  = resident{"Isolde Carrow", "isolde@example.org", "07700 900119", "NV6 5LA", ""}
	// told is the first of the list to whom a letter went: name and postcode are theirs.
	told = resident{"", "", "07700 900133", "", "Give them time to answer"}
)

// matter is one contact and what the desk does about it. Moments are of the
// story, or, for what still waits, some days before the demo is made: "D-2 10:15".
type matter struct {
	key, at    string
	channel    enquiry.Channel // "" goes on with what came before
	kind       enquiry.Kind
	topic      string
	who        resident
	words      string
	vulnerable bool
	steps      []step
}

// step is one act on an enquiry: take, contact, answer, extend, pause or stage.
type step struct {
	at, act, text string
	who           actor
}

// first is what was asked in the weeks of the story and has been dealt with.
var first = []matter{
	{"form-affected", "2025-11-29 20:14", enquiry.ByForm, enquiry.Question, "affected", ada, "I lived in a council flat until 2019. Is my data in the files that were taken?", false, []step{
		{"2025-12-01 09:10", "take", "", agent}, {"2025-12-01 09:30", "answer", "We cannot say yet. We are still checking the files. We write to each person whom we find. She has the page on protecting herself.", agent}}},
	{"phone-bank", "2025-12-01 10:42", enquiry.ByPhone, enquiry.Question, "protect", bertram, "Shall I change my bank account? My housing benefit is paid into it.", true, []step{
		{"2025-12-01 10:44", "take", "", agent}, {"2025-12-01 10:55", "answer", "Read out the advice on bank accounts and the number 159. He wrote down what to watch for.", agent}}},
	{"mail-landlord", "2025-12-02 08:31", enquiry.ByMail, enquiry.Question, "affected", cosima, "I let two flats to tenants on benefits. Do you hold my bank details in what was copied?", false, []step{
		{"2025-12-03 11:20", "take", "", agentTwo}, {"2025-12-03 11:25", "contact", "Said that her question is with the team for landlords.", agentTwo}}},
	{"phone-landlord", "2025-12-04 15:02", enquiry.ByPhone, enquiry.Question, "affected", cosima, "She wrote on Tuesday about her bank details and has heard nothing more.", false, nil}, // a repeat: it joins her mail
	{"mail-landlord-answer", "", "", "", "", resident{}, "", false, []step{
		{"2025-12-08 10:15", "answer", "Landlords' accounts are kept in another system that was not copied from. If our reading shows otherwise, we write to her.", agentTwo}}},
	{"post-copy", "2025-12-08 10:00", enquiry.ByMail, enquiry.Rights, "affected", emeka, "I ask for a copy of all data that the council holds about me, under article 15 of the UK GDPR.", false, []step{
		{"2025-12-09 09:15", "take", "", records}, {"2025-12-09 09:40", "contact", "Told him that the request has come and when he can expect the answer.", records},
		{"2025-12-18 14:00", "extend", "The records are in systems that are cut off until January, and there are eleven of them.", records},
		{"2026-02-02 16:20", "answer", "The copy went out by recorded delivery, with the list of what could not be read.", records}}},
	{"counter-complaint", "2025-12-10 11:30", enquiry.ByCounter, enquiry.Complaint, "service", freya, "My planning application has stood still for five weeks and nobody tells me anything.", false, []step{
		{"2025-12-11 09:05", "take", "", agentTwo}, {"2025-12-11 09:20", "contact", "Acknowledged by letter, stage 1.", agentTwo},
		{"2025-12-19 15:40", "answer", "Stage 1 answer: upheld. The date was agreed anew and she has the name of her officer.", agentTwo},
		{"D-2 15:00", "stage", "The date that she was given has gone by, and nobody has called.", agentTwo}}},
	{"phone-safety", "2025-12-12 13:05", enquiry.ByPhone, enquiry.Help, "safety", dorcas, "She moved away from her former husband. She is afraid that he reads her new address in the stolen files.", true, []step{
		{"2025-12-12 13:06", "take", "", agent}, {"2025-12-12 13:20", "contact", "Given to the domestic abuse adviser at once, who rang her back at the number she named.", agent},
		{"2025-12-12 16:45", "answer", "The adviser has a safety plan with her. Contact goes through the adviser alone.", agent}}},
	{"form-letter", "2026-01-24 18:20", enquiry.ByForm, enquiry.Question, "letter", hector, "I got a letter about copied files. Is it really from you?", false, []step{
		{"2026-01-26 09:00", "take", "", agentTwo}, {"2026-01-26 09:12", "answer", "He read out the reference. It is one of ours. He knows now where to check it himself.", agentTwo}}},
}

// waiting is what stands in the queue when the demo is made.
var waiting = []matter{
	{"w-form", "D-4 21:07", enquiry.ByForm, enquiry.Question, "affected", hector, "Your letter says bank details. Which account do you mean?", false, []step{{"D-3 09:20", "take", "", agentTwo}}},
	{"w-copy", "D-3 14:30", enquiry.ByMail, enquiry.Rights, "affected", isolde, "Please send me everything you hold on me, and tell me who has had it.", false, []step{
		{"D-2 10:00", "take", "", records}, {"D-2 10:20", "pause", "", records}}},
	{"w-complaint", "D-3 16:10", enquiry.ByPhone, enquiry.Complaint, "letter", freya, "The letter came to me with my neighbour's name on it. That must not happen.", false, nil},
	{"w-counter", "D-2 11:15", enquiry.ByCounter, enquiry.Question, "protect", gulsen, "She does not read English well and wants to know what the letter tells her to do. Her son must not translate it.", true, nil},
	{"w-phone", "D-2 13:40", enquiry.ByPhone, enquiry.Help, "safety", told, "Somebody rang as the council and knew the tenancy number. The caller lives alone and is frightened.", true, nil},
	{"w-form-again", "D-2 19:55", enquiry.ByForm, enquiry.Question, "affected", ada, "I asked in November. Have you found me in the files by now?", false, nil},
	{"w-payment", "D-1 09:05", enquiry.ByPhone, enquiry.Question, "payment", bertram, "His housing benefit came two weeks late again. Is that because of the attack?", false, nil},
	{"w-mail", "D-1 10:50", enquiry.ByMail, enquiry.Question, "other", cosima, "Can I have the letter to my tenants in Polish as well?", false, nil},
	{"w-night", "D-1 22:31", enquiry.ByForm, enquiry.Question, "protect", isolde, "Should I apply for protective registration with Cifas, and do you pay for it?", false, nil},
}

// scam is one report of a scam. Its file is a mail as the resident forwards it.
type scam struct {
	at, way, sender, words string
	who                    resident
	copied, vulnerable     bool
	mail                   string // host of the false council's mail that hangs on the report; "" for none
	dropped                bool   // it came into the mailbox for scams
	judged                 string
}

var scams = []scam{
	{"2026-01-27 09:10", "email", "refunds@norvale-refund.example", "It says that I get council tax back. It looks like yours.", hector, false, false, "norvale-refund.example", false, "scam"},
	{"2026-01-27 12:25", "email", "", "", ada, true, false, "norvale-refund.example", false, "scam"},
	{"2026-01-28 08:02", "email", "", "", isolde, false, false, "norvale-refund.example", true, "scam"},
	{"2026-01-29 17:44", "text", "07700 900199", "NORVALE COUNCIL: your data was leaked, you are owed 250 pounds in compensation. Claim today at https://claim-norvale.example/pay and enter your card", bertram, false, true, "", false, "scam"},
	{"2026-01-30 10:12", "text", "07700 900198", "NORVALE COUNCIL: your data was leaked, you are owed 310 pounds in compensation. Claim today at https://claim-norvale.example/pay and enter your card", cosima, false, false, "", false, "scam"},
	{"D-1 14:20", "call", "number withheld", "A man said he was from the council's recovery team. He knew the tenancy number and wanted a code that had just come by text.", told, true, true, "", false, ""},
}

// seen is what the public may learn of a group of reports, named by one of them;
// what nobody has approved waits for a second person.
var seen = []struct {
	report                          int
	title, words, written, approved string
}{
	{0, "E-mail about a council tax refund", "An e-mail says that a council tax refund waits for you. It shows our name, and its link leads to another site that asks for your card. We never send a link to claim a refund. Do not open it. Forward it as this page says, and delete it.",
		"2026-01-28 10:30", "2026-01-28 11:15"},
	{3, "Text about compensation for the leak", "A text says that you are owed compensation because your data was leaked. There is no such payment. Forward the text to 7726.", "2026-01-30 11:00", ""},
}

// tied is how a reviewer knows that a scam uses what was copied.
const tied = "The caller knew the tenancy number and the rent account. Both stand in the copied rent letters, and nowhere else outside the council."

// desk is how many people sat where.
var desk = []struct{ day, channel, from, to, people, who string }{
	{"2025-12-01", "phone", "08:00", "20:00", "12", "Contact centre"},
	{"2025-12-02", "phone", "08:00", "20:00", "12", "Contact centre"},
	{"2025-12-02", "phone", "20:00", "23:00", "3", "Evening contractor"},
	{"2025-12-01", "walk-in", "09:00", "17:00", "2", "Town hall"},
}
