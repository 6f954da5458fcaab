package demo

import (
	"context"
	"fmt"
	"time"

	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/publish"
	"github.com/reeve-council/reeve/internal/sweep"
)

// Public opens the public site of a swept case: the texts that ship, the news
// of the model case in the words of an invented council, and the funnel of the
// case itself. The tables of all rooms must have been made. A site that somebody
// has begun is left as it is.
func Public(ctx context.Context, kase *sweep.Case) error {
	standing, err := kase.Standing(ctx, sweep.Scope{})
	if err != nil {
		return err
	}
	err = kase.DB.Write(ctx, func(tx *db.Tx) error {
		if begun, err := publish.Begun(tx); err != nil || begun {
			return err
		}
		opened := publicMoment("2025-11-24 14:00")
		texts := append(publish.Shipped(), publicTexts()...)
		funnel := publish.StandingFigures(standing, publicMoment("2026-01-12 09:00")).Text("The first numbers from our review.")
		funnel.SecondAt = publicMoment("2026-01-12 10:00")
		return publish.Put(tx, publicCouncil, append(texts, funnel), publish.Person{ID: "demo-press", Name: "Lettice Marchbanks"}, publish.Person{ID: "demo-dpo", Name: "Tobias Anand-Reyes"}, opened)
	})
	if err != nil {
		return fmt.Errorf("open the sample public site: %w", err)
	}
	return nil
}

var publicCouncil = publish.Council{
	Name: "Norvale Borough Council", Site: "https://incident.norvale.example.org", Phone: "020 7946 0100", Hours: "every day, 8am to 8pm",
	Email: "incident@norvale.example.org", Address: "Town Hall\nWeir Street\nNorvale", Officer: "dpo@norvale.example.org", Press: "020 7946 0101",
	Emergency: []publish.Number{{What: "A child or adult in danger, if not urgent", At: "020 7946 0110"}, {What: "Nowhere to sleep tonight", At: "020 7946 0111"},
		{What: "Urgent repairs in a council home", At: "020 7946 0112"}, {What: "Deaths and registrations", At: "020 7946 0113"}},
	Partners: []publish.Number{{What: "Westmer City Council", At: "westmer.example.org"}, {What: "Hallowfen Borough Council", At: "hallowfen.example.org"}},
}

// publicMoment reads a moment of the table, in London.
func publicMoment(text string) int64 {
	l, err := time.LoadLocation("Europe/London")
	if err != nil {
		panic(err) // tzdata is part of the program
	}
	t, err := time.ParseInLocation("2006-01-02 15:04", text, l)
	if err != nil {
		panic(err) // our own table, which a test reads whole
	}
	return t.Unix()
}

// publicTexts are the news in order of time. What happened has a second version,
// which says isolated where the first said shut off: a real council's page was
// reworded so, and its readers wondered.
func publicTexts() []publish.Text {
	all := []publish.Text{
		{SecondAt: publicMoment("2025-11-24 15:30"), Slug: "update-1", Title: "We have switched off some systems", Note: "First news.",
			Body: "Early today we saw odd activity on our computer systems. We switched some of them off to keep them safe.\n\nSome phone lines and online forms do not work. Care for people at risk goes on. If you need help, call [[phone]]."},
		{SecondAt: publicMoment("2025-11-28 17:00"), Slug: "update-2", Title: "Some data was copied", Note: "We found that data was copied.",
			Body: "We now know that some data was copied and taken away. We do not know yet whose data it is. We have told the Information Commissioner's Office, and we work with the police.\n\nBe on guard. Somebody may act as the council. [Protect yourself](/protect-yourself)."},
		{SecondAt: publicMoment("2025-12-17 16:00"), Slug: "update-3", Title: "What we know about the copied files", Note: "What small samples show.",
			Body: "We have looked at small samples of the copied files. They are likely to hold sensitive data about people.\n\nChecking all the files will take months. We look first for people at risk, and write to them."},
		{SecondAt: publicMoment("2026-01-12 09:30"), Slug: "update-4", Title: "Staff have the internet back", Note: "Internet for staff.",
			Body: "Our staff and councillors are back online, on council computers. This is a big step. Planning works in part. Other services follow one by one. There will be setbacks."},
		{SecondAt: publicMoment("2026-01-21 10:00"), Slug: "update-5", Title: "Our first personal letters are on their way", Note: "First personal letters.",
			Body: "Today we begin to write to people whose data we found, where we know that a letter is safe. We write to more people each week.\n\nEach letter has a reference. [Check that it is real](/check-a-letter). We never ask for a password, a PIN or bank details."},
		{SecondAt: publicMoment("2026-01-12 09:30"), Slug: "status", Title: "Most phones and forms work again", Note: "Where we stand today.",
			Body: "Planning and benefits work in part. We are still reading the copied files."},
		{SecondAt: publicMoment("2026-01-21 10:00"), Slug: "status", Title: "We have begun to write to people", Note: "First personal letters.",
			Body: "Most phones and forms work again. Planning and benefits work in part. We are still reading the copied files."},
	}
	for _, t := range publish.Shipped() {
		if t.Slug == "what-happened" {
			t.Note, t.SecondAt = "We say “isolated” now: the systems were cut off from the network, not turned off.", publicMoment("2025-12-04 12:00")
			t.Body = "Criminals broke into our computer systems and copied files. We isolated parts of our systems to stop them.\n\n" + t.Body
			all = append(all, t)
		}
	}
	return all
}
