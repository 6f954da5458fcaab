package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/sweep"
)

// The size of a case that pages must be quick on, at scale 1.
const (
	bigItems  = 440_000
	bigPeople = 300_000 // on the register; data is found of most
)

// bigcase makes a case of the size of a large incident: documents are scanned,
// linked and weighed as by a sweep, only that their text is made up here and no
// file is read. The same seed and scale give the same case.
func bigcase(ctx context.Context, args []string) error {
	set := flag.NewFlagSet("bigcase", flag.ExitOnError)
	out := set.String("out", "bigcase", "the folder to make the case in")
	scale := set.Float64("scale", 1, "1 is 440,000 items, 280,000 people and 3 million findings")
	seed := set.Uint64("seed", 4, "of the town and its documents")
	address := set.String("db", "", "the address of an empty PostgreSQL database, none for SQLite")
	if err := set.Parse(args); err != nil {
		return err
	}
	if sweep.IsCase(*out) {
		return errors.New("there is a case in that folder already")
	}
	began := time.Now()
	t, err := newTown(*seed, max(int(bigPeople**scale), 100))
	if err != nil {
		return err
	}
	scratch, err := os.MkdirTemp("", "reeve-bigcase")
	if err != nil {
		return err
	}
	defer os.RemoveAll(scratch)
	register := filepath.Join(scratch, "register.csv")
	if err := t.writeServices(register); err != nil {
		return err
	}
	kase, err := sweep.Make(ctx, *out, *address)
	if err != nil {
		return err
	}
	defer kase.Close()
	w := &watch{}
	sum, err := kase.Take(ctx, sweep.Options{Council: "NORTH", AsOf: reeve.Date{Year: 2026, Month: 1, Day: 12}, Registers: []sweep.RegisterFlag{{Path: register}},
		Exhibits: []sweep.ExhibitFlag{{Path: scratch, Name: "EX1", From: "file server", By: "bench", Taken: reeve.TakenLikely}},
		Progress: w.progress}, t.documents(int(bigItems**scale)))
	if err != nil {
		return err
	}
	w.turn("index")
	if err := kase.BuildSearch(ctx, nil); err != nil {
		return err
	}
	w.turn("")
	rows := newTable("phase", "wall s", "processor s")
	for _, p := range w.phases {
		rows.row(p.name, p.wall.Seconds(), p.processor.Seconds())
	}
	rows.print()
	f := sum.Funnel
	fmt.Printf("%d items, %d people, %d households, %s sealed, in %.0f s\n", f.Items, f.People, f.Households, f.Sealed, time.Since(began).Seconds())
	return nil
}

// councils, services and wards of the big case.
var (
	bigCouncils = []string{"NORTH", "NORTH", "NORTH", "SOUTH", "EAST"}
	bigServices = []string{"Housing", "Revenues", "Children", "Adult Social Care", "Education", "Licensing"}
	bigWards    = []string{"Abbey", "Bridge", "Castle", "Docks", "Elm Park", "Friars", "Grange", "Harbour", "Kingsway", "Lea", "Mill", "Nunnery", "Old Town", "Priory", "Quay", "Riverside"}
	bigCodes    = []string{"domestic_abuse", "child_protection", "looked_after", "child_in_need", "adult_care", "mental_health", "adult_safeguarding", "homelessness", "asylum"}
)

// writeServices writes the town as a register with what services know of it.
func (t *town) writeServices(path string) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	w := bufio.NewWriter(f)
	fmt.Fprintln(w, "source_system,source_person_id,forename,middle,surname,date_of_birth,ni_number,email,phone,address_1,postcode,council_tax_ref,service,council_code,vulnerable_codes,restricted,safe_contact,updated_at,ward")
	for i := range t.people {
		r := t.record(i)
		codes, restricted, contact := "", "", ""
		if t.chance(6) {
			codes = bigCodes[t.IntN(len(bigCodes))]
		}
		if t.IntN(1000) < 3 {
			restricted = "Y"
		}
		if t.chance(40) {
			contact = []string{"post", "phone", "email"}[t.IntN(3)]
		}
		fmt.Fprintf(w, "%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,%s,2025-06-01,%s\n", r.System, r.SourceID, r.Forename, r.Middle, r.Surname, r.Born, r.NINO,
			r.Email, townPhone(i), r.Address[0], r.Postcode, r.Refs[0].Value, bigServices[i%len(bigServices)], bigCouncils[int(t.people[i].house)%len(bigCouncils)], codes,
			restricted, contact, bigWards[int(t.people[i].house)/40%len(bigWards)])
	}
	if err := w.Flush(); err != nil {
		return err
	}
	return f.Close()
}

func townPhone(i int) string { return fmt.Sprintf("07700 900%03d", i%1000) }

// bigFolders are the top folders of the big share.
var bigFolders = []string{"Housing", "Revenues and Benefits", "Childrens Services", "Adult Social Care", "HR", "Schools and SEND", "Licensing", "Legal", "Finance", "Customer Contact", "Archive", "Shared"}

// documents makes up n documents: letters, mails and tables about the town's
// people, scans nobody read, locked and broken files, and copies.
func (t *town) documents(n int) iter.Seq[sweep.ReadDocument] {
	return func(yield func(sweep.ReadDocument) bool) {
		var kept []sweep.ReadDocument
		for i := range n {
			d := t.document(i)
			if len(kept) > 0 && t.chance(4) {
				path := d.Path
				d = kept[t.IntN(len(kept))]
				d.Path = path
			} else if len(d.Blocks) > 0 && len(kept) < 500 {
				kept = append(kept, d)
			}
			if !yield(d) {
				return
			}
		}
	}
}

func (t *town) document(i int) sweep.ReadDocument {
	folder := fmt.Sprintf("%s/%d/%03d", bigFolders[t.IntN(len(bigFolders))], 2005+t.IntN(20), i/400%1000)
	d := sweep.ReadDocument{Size: int64(2000 + t.IntN(200_000)), Modified: 1_500_000_000 + int64(t.IntN(200_000_000))}
	lost := func(name, typ string, status reeve.Status, reason reeve.Reason, pages int) sweep.ReadDocument {
		d.Path = fmt.Sprintf("%s/%s %d.%s", folder, name, i, typ)
		d.Outcome = reeve.Outcome{Type: typ, Reader: typ + "/1", Status: status, Reason: reason, Pages: pages, PagesUnread: pages}
		return d
	}
	read := func(name, typ string, blocks ...reeve.Block) sweep.ReadDocument {
		d.Path, d.Blocks = fmt.Sprintf("%s/%s %d.%s", folder, name, i, typ), blocks
		d.Outcome = reeve.Outcome{Type: typ, Reader: typ + "/1", Status: reeve.StatusRead, Pages: 1 + t.IntN(3)}
		if t.chance(2) {
			d.Outcome.Status, d.Outcome.Reason, d.Outcome.PagesUnread = reeve.StatusPartlyRead, reeve.ReasonSomePages, 1
		}
		return d
	}
	switch k := t.IntN(100); {
	case k < 6:
		return lost("scan", "pdf", reeve.StatusNeedsOCR, reeve.ReasonNoOCR, 1+t.IntN(12))
	case k < 8:
		return lost("locked", "docx", reeve.StatusEncrypted, reeve.ReasonPasswordNeeded, 0)
	case k < 9:
		return lost("broken", "xls", reeve.StatusDamaged, reeve.ReasonBroken, 0)
	case k < 20:
		return read("mail", "eml", t.mailHead(i), reeve.Block{Part: "body", Text: t.letter()})
	case k < 24:
		return read("list", "xlsx", t.sheet(5+t.IntN(25)))
	case k < 35:
		return read("minutes", "docx", reeve.Block{Text: "Minutes of the meeting. The budget was noted and the papers were agreed. Item " + fmt.Sprint(i) + " was carried over to the next meeting.\n"})
	}
	return read("letter", "docx", reeve.Block{Text: t.letter()})
}

// one is somebody of the town.
func (t *town) one() int { return t.IntN(len(t.people)) }

func (t *town) mailHead(i int) reeve.Block {
	a, b := t.one(), t.one()
	return reeve.Block{Part: "header", Layer: reeve.LayerHeader, Text: fmt.Sprintf("From: %s <%s>\nTo: %s <%s>\nSubject: Your enquiry %d\nDate: %d March %d\n", t.name(&t.people[a]), t.email(a), t.name(&t.people[b]),
		t.email(b), i, 1+t.IntN(28), 2006+t.IntN(19))}
}

var bigRemarks = []string{
	"The rent account is in arrears of £412.50 and a payment plan was offered.",
	"She told us that her former partner was violent and that she is afraid of him; a MARAC referral was made.",
	"He has been diagnosed with diabetes and uses a wheelchair.",
	"Please quote the reference in all letters.",
	"The child is subject to a child protection plan since last May.",
	"Thank you for your letter. We have put the matter to the team and will write again.",
}

// letter is a letter to somebody of the town about them and one of their house.
func (t *town) letter() string {
	i := t.one()
	r := &t.people[i]
	line, postcode := t.address(r.house)
	var b strings.Builder
	fmt.Fprintf(&b, "%d %s %d\n\n%s\n%s\n%s\n\nDear %s,\n\n", 1+t.IntN(28), "June", 2006+t.IntN(19), t.name(r), line, postcode, t.name(r))
	fmt.Fprintf(&b, "Date of birth: %s\n", r.born)
	if t.chance(60) {
		fmt.Fprintf(&b, "National Insurance number: %s\n", nino(i))
	}
	if t.chance(40) {
		fmt.Fprintf(&b, "Council tax reference: %s\n", taxRef(i))
	}
	b.WriteString("\n" + bigRemarks[t.IntN(len(bigRemarks))] + "\n")
	if t.chance(50) {
		o := t.one()
		fmt.Fprintf(&b, "We have also spoken to %s, born %s, of %s.\n", t.name(&t.people[o]), t.people[o].born, second(t.address(t.people[o].house)))
	}
	b.WriteString("\nYours sincerely\nThe Council\n")
	return b.String()
}

func second(_, b string) string { return b }

// sheet is a table with a row for each of some people of the town.
func (t *town) sheet(rows int) reeve.Block {
	b := reeve.Block{Part: "sheet List", Table: 1, First: 1, Rows: [][]string{{"Surname", "Forename", "Date of birth", "Postcode", "NI number", "Sort code", "Account number"}}}
	for range rows {
		i := t.one()
		r := &t.people[i]
		_, postcode := t.address(r.house)
		b.Rows = append(b.Rows, []string{t.surname.words[r.surname], t.given.words[r.given], r.born.String(), postcode, nino(i), "00-00-00", fmt.Sprintf("%08d", i)})
	}
	return b
}
