package lex

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/reeve-council/reeve"
)

// people is a small register; its values are of the ranges kept for tests.
func people() []reeve.Record {
	return []reeve.Record{
		{Forename: "John Michael", Surname: "Smith", Born: reeve.Date{Year: 1980, Month: 3, Day: 5}, NINO: "AA 12 34 56 B", NHS: "999 000 0018",
			Email: "John.Smith@example.org", Phone: "07700 900123", UPRN: "000000012345", Address: []string{"Flat 2", "14 Acacia Road"}, Postcode: "W8 7NX",
			SortCode: "12-34-56", AccountLast4: "5678", Refs: []reeve.Ref{{Kind: reeve.KindCouncilTaxRef, Value: "5012345678"}, {Kind: reeve.KindCaseRef, Value: "HSG/2019/0042"}}},
		{Forename: "Ahmed", Surname: "Al-Hassan", Born: reeve.Date{Year: 1984, Month: 5, Day: 3}, Postcode: "SW1A 1AA", Address: []string{"10 Kings Court"}},
		{Forename: "William", Surname: "Khan", Postcode: "W8 7NX", Address: []string{"14 Acacia Rd"}},
		{Forename: "Mary", Surname: "Smith-Jones", PreviousSurname: "Hall"},
		{Forename: "Jan", Surname: "van der Berg", KnownAs: "Johnny"},
		{Forename: "Sinéad", Surname: "O'Brien"},
		{Forename: "Ian", Surname: "McDonald"},
		{Forename: "Florence", Surname: "Court"},
		{Forename: "Mark", Surname: "Brown"},
		{Forename: "Oluwaseun", Surname: "Adeyemi-Okafor"},
		{Forename: "Łukasz", Surname: "Wałęsa"},
	}
}

var testWords = []Word{{1, "domestic abuse"}, {2, "depress*"}, {3, "section 47"}, {4, "abuse"}, {5, "abuse"}, {6, "child's social worker"}, {7, "blue badge hold*"}, {8, "HIV"}}

// show writes a mark as the tests do: kind, flags by letter, text.
func show(ix *Index, text string, m Mark) string {
	s := m.Kind.String()
	if m.isName() {
		for i, letter := range "RriftnCl@amw1LD=" {
			if m.Flags>>i&1 != 0 && !strings.ContainsRune("1=", letter) {
				s += string(letter)
			}
		}
	}
	switch m.Kind {
	case MarkDate, MarkWord, MarkMoney, MarkTitle:
		s += fmt.Sprintf(" %d", m.ID)
	case MarkNumber, MarkCode:
		s += fmt.Sprintf(" %x", m.ID)
	case MarkRef:
		s += " " + string(ix.RefKind(m))
	}
	return s + " " + m.Of(text)
}

// Flags stand as letters, in the order of their constants: R register, r
// reversed, i initial, f fuzzy, t title, n nickname, C capitals, l small
// letters, @ in a place, a anchored, m middle, w common words, L over a line, D
// dear.
func TestScanMarks(t *testing.T) {
	ix := Compile(people(), testWords)
	for _, c := range []struct {
		text string
		want []string // marks that must be there
		not  []string // beginnings of marks that must not
	}{
		{"and John Smith called", []string{"nameR John Smith"}, []string{"given", "surname"}},
		{"and John Michael Smith called", []string{"nameRm John Michael Smith"}, nil},
		{"and JOHN SMITH CALLED", []string{"nameRC JOHN SMITH"}, nil},
		{"then john smith called", []string{"nameRl john smith"}, nil},
		{"file of Smith, John Michael closed", []string{"nameRr Smith, John Michael"}, nil},
		{"SMITH, John", []string{"nameRr SMITH, John"}, nil},
		{"SMITH John", []string{"nameRr SMITH John"}, nil},
		{"Smith, Mr John", []string{"nameRrt Smith, Mr John"}, nil},
		{"we saw John\nSmith there", []string{"nameRL John\nSmith"}, nil},
		{"we saw Mary Smi-\nth there", []string{"nameRL Mary Smi-\nth"}, nil},
		{"saw Mary Smith-Jones's dog", []string{"nameR Mary Smith-Jones"}, nil},
		{"met Mary Hall", []string{"nameR Mary Hall"}, nil},
		{"met Ahmed Al Hassan, Ahmed Al-Hassan and Ahmed Alhassan", []string{"nameR Ahmed Al Hassan", "nameR Ahmed Al-Hassan", "nameR Ahmed Alhassan"}, nil},
		{"met Jan van der Berg and Johnny van der Berg", []string{"nameR Jan van der Berg", "nameR Johnny van der Berg"}, nil},
		{"VAN DER BERG, Jan", []string{"nameRr VAN DER BERG, Jan"}, nil},
		{"Sinead OBrien, Sinéad O’Brien, Sine\u0301ad O'Brien", []string{"nameR Sinead OBrien", "nameR Sinéad O’Brien", "nameR Sine\u0301ad O'Brien"}, nil},
		{"Ian Mc Donald and Ian MacDonald", []string{"nameR Ian Mc Donald"}, nil},
		{"Lukasz Walesa or Łukasz Wałęsa", []string{"nameR Lukasz Walesa", "nameR Łukasz Wałęsa"}, nil},
		{"met Oluwaseun Okafor", []string{"nameR Oluwaseun Okafor"}, nil},
		{"Bill Khan wrote", []string{"nameRn Bill Khan"}, nil},
		{"Mr Khan, 14 Acacia Road", []string{"title 1 Mr", "personRta Khan", "address 14 Acacia Road"}, nil},
		{"Dear Mrs Khan,", []string{"personRtD Khan"}, nil},
		{"Dear Tenant,", nil, []string{"person", "given"}},
		{"J. Smith, W8 7NX", []string{"nameRia J. Smith"}, nil},
		{"to J. Smith today", []string{"surnameRi J. Smith"}, nil},
		{"William Kahn of W8 7NX", []string{"nameRfa William Kahn"}, nil},
		{"William Khann (W8 7NX)", []string{"nameRfa William Khann"}, nil},
		{"to Aisha Mahmoudzadeh there", []string{"person Aisha Mahmoudzadeh"}, nil},
		{"of Florence Court, floor 2", []string{"nameR@ Florence Court"}, nil},
		{"in Victoria Road", []string{"given@ Victoria"}, nil},
		{"at Marks & Spencer", nil, []string{"person"}},
		{"Mark Brown paint", []string{"nameRw Mark Brown"}, nil},
		{"we will mark brown boxes", nil, []string{"name"}},
		{"Will Young people come?", nil, []string{"name", "person"}},
		{"Mr & Mrs Smith", []string{"title 1 Mr", "title 2 Mrs", "personRt Smith"}, nil},

		{"AA 12 34 56 B", []string{"code 261 AA 12 34 56 B", "ref nino AA 12 34 56"}, nil},
		{"aa123456b", []string{"code 261 aa123456b", "ref nino aa123456"}, nil},
		{"AA123456", []string{"code 26 AA123456", "ref nino AA123456"}, nil},
		{"NHS 999 000 0018", []string{"number 334 999 000 0018", "ref nhs_number 999 000 0018"}, nil},
		{"9990000018", []string{"number a 9990000018", "ref nhs_number 9990000018"}, nil},
		{"+44 (0)7700 900 123", []string{"ref phone +44 (0)7700 900 123"}, nil},
		{"07700900123 or +447700900123", []string{"ref phone 07700900123", "ref phone +447700900123"}, nil},
		{"12-34-56 a/c 12345678", []string{"number 222 12-34-56", "number 8 12345678", "ref bank_account 12345678"}, nil},
		{"ct 5012345678", []string{"ref council_tax_ref 5012345678"}, nil},
		{"see HSG/2019/0042.", []string{"ref case_ref HSG/2019/0042"}, nil},
		{"uprn 12345 or 000000012345", []string{"ref uprn 12345", "ref uprn 000000012345"}, nil},
		{"john.smith@example.org", []string{"email john.smith@example.org", "ref email john.smith@example.org"}, []string{"name", "given"}},
		{"write to a.b+c@mail.example.com.", []string{"email a.b+c@mail.example.com"}, []string{"ref"}},
		{"4242 4242 4242 4242", []string{"number 4444 4242 4242 4242 4242"}, nil},
		{"GB29 NWBK 6016 1331 9268 19", []string{"code 224e GB29 NWBK 6016 1331 9268 19"}, nil},
		{"AB12 CDE", []string{"code 223 AB12 CDE"}, nil},
		{"MORGA657054SM9IJ", []string{"code 56212 MORGA657054SM9IJ"}, nil},
		{"from 10.0.0.1", []string{"ip 10.0.0.1"}, []string{"number", "date"}},
		{"paid £1,200.50 or £3k", []string{"money 1200 £1,200.50", "money 3000 £3k"}, nil},
		{"12 and 14%", []string{"number 2 12", "number 2 14"}, nil},

		{"05/03/1980", []string{"date 19800305 05/03/1980"}, []string{"number"}},
		{"5th March 1980, March 5, 1980, 05-MAR-80", []string{"date 19800305 5th March 1980", "date 19800305 March 5, 1980", "date 19800305 05-MAR-80"}, nil},
		{"1980-03-05T10:22:01Z", []string{"date 19800305 1980-03-05"}, nil},
		{"May 2001", []string{"date 20010500 May 2001"}, []string{"given"}},
		{"12-10-85", []string{"date 19851012 12-10-85", "number 222 12-10-85"}, nil},
		{"31/02/2001", nil, []string{"date"}},

		{"w8 7nx and W87NX", []string{"postcode w8 7nx", "postcode W87NX"}, nil},
		{"W8 7NX W1A 0AX SE1 7PB", []string{"postcode W8 7NX", "postcode W1A 0AX", "postcode SE1 7PB"}, nil},
		{"SWIA 1AA", nil, nil},
		{"Flat 2, 14 Acacia Road, London", []string{"address Flat 2, 14 Acacia Road"}, nil},
		{"14B ACACIA RD", []string{"address 14B ACACIA RD"}, nil},
		{"10 Kings Court", []string{"address 10 Kings Court"}, nil},
		{"at 22 Lime Grove now", []string{"street 22 Lime Grove"}, []string{"address"}},

		{"Domestic\nabuse and depression", []string{"word 1 Domestic\nabuse", "word 4 abuse", "word 5 abuse", "word 2 depression"}, nil},
		{"a section 47 enquiry", []string{"word 3 section 47"}, nil},
		{"the child’s social worker", []string{"word 6 child’s social worker"}, nil},
		{"blue-badge holders", []string{"word 7 blue-badge holders"}, nil},
		{"HIVE", nil, []string{"word"}},
		{"One. Two\n\nThree", []string{"stop .", "para \n\n"}, nil},
		{"Dr. Khan of St. Johns", nil, []string{"stop"}},
	} {
		var got []string
		for _, m := range ix.Scan(c.text, nil) {
			got = append(got, show(ix, c.text, m))
		}
		for _, w := range c.want {
			if !slices.Contains(got, w) {
				t.Errorf("%q: no %q in %q", c.text, w, got)
			}
		}
		for _, n := range c.not {
			if slices.ContainsFunc(got, func(g string) bool { return strings.HasPrefix(g, n) }) {
				t.Errorf("%q: should hold no %q: %q", c.text, n, got)
			}
		}
	}
}

func TestRecordsAndRarity(t *testing.T) {
	ix := Compile(people(), nil)
	text := "John Smith, W8 7NX, 14 Acacia Road, 05/03/1980"
	count := map[MarkKind]int{}
	for _, m := range ix.Scan(text, nil) {
		count[m.Kind] += len(ix.Records(m))
		if ix.Count(m) != len(ix.Records(m)) {
			t.Errorf("%v: Count %d, Records %d", m.Kind, ix.Count(m), len(ix.Records(m)))
		}
		if m.Kind == MarkName {
			if r := ix.PairRarity(m); r.Pair != 1 || r.Given != 1 || r.Surname != 2 || r.Expected < 0.18 || r.Expected > 0.19 {
				t.Errorf("PairRarity = %+v", r)
			}
		}
	}
	for kind, want := range map[MarkKind]int{MarkName: 1, MarkPostcode: 2, MarkAddress: 2, MarkDate: 1} {
		if count[kind] != want {
			t.Errorf("%v: %d records, want %d", kind, count[kind], want)
		}
	}
	if r := ix.Rarity(reeve.Name{Given: "JOHN", Surname: "smith"}); r.Pair != 1 {
		t.Errorf("Rarity = %+v", r)
	}
	if ix.PostcodeCount("w87nx") != 2 || ix.BirthCount(reeve.Date{Year: 1980, Month: 3, Day: 5}) != 1 || ix.SurnameCount("O’Brien") != 1 || ix.GivenCount("Sinead") != 1 {
		t.Error("a count of the register is wrong")
	}
}

func TestFingerprint(t *testing.T) {
	a, b := Compile(people(), testWords), Compile(people(), testWords)
	if a.Fingerprint() != b.Fingerprint() || len(a.Fingerprint()) != 64 {
		t.Errorf("fingerprints %q and %q", a.Fingerprint(), b.Fingerprint())
	}
	changed := people()
	changed[3].Postcode = "W8 7NX"
	if Compile(changed, testWords).Fingerprint() == a.Fingerprint() || Compile(people(), testWords[1:]).Fingerprint() == a.Fingerprint() {
		t.Error("a changed register or vocabulary has the same fingerprint")
	}
}

// checkMarks holds what every scan promises.
func checkMarks(t *testing.T, text string, marks []Mark) {
	t.Helper()
	last := uint32(0)
	for _, m := range marks {
		if m.Start < last || m.End <= m.Start || int(m.End) > len(text) || m.Kind == 0 || m.Kind > MarkStop {
			t.Fatalf("mark %+v after %d in %d bytes", m, last, len(text))
		}
		last = m.Start
	}
}

// The same text gives the same marks wherever it stands in memory and whatever
// was marked before.
func TestScanIsTheSameAnywhere(t *testing.T) {
	records := register(2000, 3)
	ix := Compile(records, vocabulary())
	text, _ := plant(strings.Repeat("The panel met on Monday. Nothing was agreed about repairs.\n", 400), records, 4, 300)
	want := ix.Scan(text, nil)
	checkMarks(t, text, want)
	for shift := 1; shift < 9; shift++ {
		moved := (strings.Repeat("x", shift) + text)[shift:]
		got := ix.Scan(moved, make([]Mark, 3, 5))[3:]
		if !slices.Equal(got, want) {
			t.Fatalf("shift %d: %d marks, want %d", shift, len(got), len(want))
		}
	}
	if allocs := testing.AllocsPerRun(3, func() { want = ix.Scan(text, want[:0]) }); allocs > 0 {
		t.Errorf("a scan with room allocates %v times", allocs)
	}
}

// Bytes drawn from what rules look for, and plain noise.
func TestScanOfNoise(t *testing.T) {
	ix := Compile(people(), testWords)
	r := rand.New(rand.NewPCG(1, 2))
	bits := []string{"John", "Smith", "SMITH", ", ", ".", "\n", " ", "-", "-\n", "’", "'s", "AA", "12", "34", "14", "Acacia", "Road", "£", "@", "example.org", "W8", "7NX", "\xff", "\xc2", "é", "(0)", "+44", "/", "Mr", "March", "2001", "Flat", "5th", "van", "de", "\u0301", "\u00ad", "\u200b", "1234567890", "\x00", "T1", "&", "no.", "GB29"}
	for range 3000 {
		var b strings.Builder
		for range r.IntN(40) {
			b.WriteString(bits[r.IntN(len(bits))])
		}
		checkMarks(t, b.String(), ix.Scan(b.String(), nil))
	}
}

func FuzzScan(f *testing.F) {
	for _, c := range []string{"", "John Smith, 14 Acacia Road, W8 7NX", "\xff\xfe\xc2", "AA 12 34 56 B", "5th March 20", "£", "@", "+44 (0", "Smi-\nth", "’s"} {
		f.Add(c)
	}
	ix := Compile(people(), testWords)
	f.Fuzz(func(t *testing.T, text string) { checkMarks(t, text, ix.Scan(text, nil)) })
}

func FuzzNormalForms(f *testing.F) {
	f.Add("Mr & Mrs J Smith (née Hall), Flat 2, 14-16 Acacia Rd W8 7NX 5/3/01")
	f.Fuzz(func(t *testing.T, s string) {
		folded := Fold(s)
		if again := Fold(folded); again != folded {
			t.Fatalf("Fold is not settled: %q, %q", folded, again)
		}
		ParseNames(s)
		Aliases(s)
		if d, ok := ParseDate(s); ok && !d.Valid() {
			t.Fatalf("a date that is none: %v", d)
		}
		if pc, ok := NormPostcode(s); ok {
			if again, _ := NormPostcode(pc); again != pc {
				t.Fatalf("NormPostcode is not settled: %q, %q", pc, again)
			}
		}
		ParseAddress(s)
		Phonetic(s)
		JaroWinkler(s, folded)
		Distance(s, folded, 3)
	})
}
