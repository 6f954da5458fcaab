package enquiry

// scripts are what agents say, by what somebody asks. Plain words, to be read
// aloud; a test reads them for length and reading age. What the facts of the day
// are comes from the incident's book, not from here.
var scripts = []Script{
	{
		ID: "affected", Title: "Is my data in the files that were copied?",
		Say: []string{
			"I am sorry that this worries you.",
			"Files were copied from our computers. We are reading them to see whose details are in them.",
			"We have not read every file yet. {unread} So I cannot tell you today that your details are not in them.",
			"If we find you, we will tell you in a way that is safe for you.",
			"You do not need to do anything to stay on our list.",
		},
		Never: []string{
			"That somebody is not affected, or is safe.",
			"Anything about another person, even one of the family.",
			"What the files hold, beyond the facts above.",
		},
		Then: "Check who calls, if they have a letter or are here in person. Otherwise take their question down.",
	},
	{
		ID: "not-found", Title: "The team has looked, and did not find this caller",
		Say: []string{
			"I have an answer from the team that looked.",
			"We have not found you in the files we have been able to read so far.",
			"{unread}",
			"We will write if that changes. You do not need to ask again.",
			"Until then, be careful with calls, messages and visits that you did not expect.",
		},
		Never: []string{
			"This, unless the team’s answer is in front of you. What you see on this screen is no such answer.",
			"This, before you know who calls.",
			"That somebody is not affected, or that their data is safe.",
		},
		Then: "Write down that they were told, and on which day.",
	},
	{
		ID: "letter", Title: "Is this letter real?",
		Say: []string{
			"Please read me the reference on the letter. It is at the top.",
			"I will check it now.",
			"We never ask for a password, a PIN or full bank details, in a letter or on the phone.",
		},
		Never: []string{"What the letter says, before you know who calls.", "To whom it was sent."},
		Then:  "If the reference is not ours, take a scam report.",
	},
	{
		ID: "scam", Title: "Somebody called, wrote or came who may be a fraud",
		Say: []string{
			"Thank you for telling us. You did the right thing.",
			"Please do not answer them, and do not open their links.",
			"If you gave your bank details, call your bank now. You can dial 159.",
			"Forward a suspicious e-mail to report@phishing.gov.uk. Forward a suspicious text to 7726.",
			"If you lost money, call Report Fraud on 0300 123 2040. In Scotland, call the police on 101.",
		},
		Never: []string{"Which other people had the same.", "That it comes from the copied data, unless a reviewer has found so."},
		Then:  "Take a scam report.",
	},
	{
		ID: "safety", Title: "I am afraid that somebody may find or hurt me",
		Say: []string{
			"If you are in danger now, call 999.",
			"Is it safe to talk? You can hang up at any time.",
			"Tell me how and when it is safe to be in touch with you. I will write it down.",
			"Somebody who knows about safety will call you, by the end of the next working day.",
			"The National Domestic Abuse Helpline is free, day and night: 0808 2000 247.",
		},
		Never: []string{"Where anybody lives, or has lived.", "Whether somebody is known to a service."},
		Then:  "Take it down as: asks for help, about safety, needs extra help. Write how it is safe to be in touch.",
	},
	{
		ID: "rights", Title: "I want a copy of my data, or to complain",
		Say: []string{
			"You may ask for a copy of your data. It costs nothing. We have one month.",
			"You may complain to us. We will answer you in writing.",
			"If you are not content, you may go to the Information Commissioner on 0303 123 1113.",
		},
		Never: []string{"That a request has to be in writing. It does not."},
		Then:  "Take it down as a request about data rights, or as a complaint. The day on which they asked counts.",
	},
	{
		ID: "payment", Title: "My Direct Debit or payment",
		Say: []string{
			"Please keep your Direct Debit as it is.",
			"If a payment was missed, put the money aside. We will write before we collect it.",
			"Do not pay anybody who calls you about it.",
		},
		Never: []string{"Ask for card or bank details on this call."},
	},
}
