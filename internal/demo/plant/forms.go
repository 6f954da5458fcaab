package plant

import (
	"fmt"
	"strings"

	"github.com/reeve-council/reeve"
)

// manner is how one author writes: dates, names, labels. A to C are those that
// rules may be tuned on; D to F are kept unseen for judging.
type manner struct {
	letter byte
	names  []string // forms of {x.name}
	dates  int      // index into dateForms
	births int
	labels map[string]string
	wrap   int  // hard line breaks in plain text after so many columns, 0 none
	block  bool // addresses on several lines where there is room
}

var manners = []manner{
	{letter: 'A', names: strings.Fields(`full full titled full_middle`), dates: 0, births: 1, block: true,
		labels: labels("Date of birth", "NI number", "NHS No", "Address", "Telephone", "Name", "Ref")},
	{letter: 'B', names: strings.Fields(`reversed full titled_initial full`), dates: 1, births: 1, block: true,
		labels: labels("DOB", "NINO", "NHS number", "Home address", "Tel", "Full name", "Our ref")},
	{letter: 'C', names: strings.Fields(`reversed_caps caps full titled`), dates: 3, births: 2, wrap: 68,
		labels: labels("D.O.B.", "National Insurance No.", "NHS no.", "Addr", "Phone", "Client", "Reference")},
	{letter: 'D', names: strings.Fields(`full initialled full titled_full`), dates: 4, births: 4, block: true,
		labels: labels("Born", "Nat. Ins.", "NHS", "Residing at", "Contact no", "Person", "File")},
	{letter: 'E', names: strings.Fields(`caps reversed full_middle full`), dates: 5, births: 5, block: true,
		labels: labels("Birth date", "NI No", "NHS ID", "Current address", "Mob", "Service user", "Case")},
	{letter: 'F', names: strings.Fields(`full titled_initial reversed full`), dates: 6, births: 6, wrap: 74,
		labels: labels("d.o.b", "N.I.", "N.H.S. number", "Lives at", "Mobile / tel", "Applicant", "Quote")},
}

func labels(dob, nino, nhs, addr, phone, name, ref string) map[string]string {
	return map[string]string{"dob": dob, "nino": nino, "nhs": nhs, "addr": addr, "phone": phone, "name": name, "ref": ref}
}

// written is one value as an author wrote it.
type written struct {
	text string
	kind reeve.Kind
	form string
}

// nameAs writes a person's name in a form. Where the person lacks what the
// form needs (a middle name, a nickname) the full name is written.
func nameAs(h *human, form string, c chance) written {
	full := h.given + " " + h.surname
	initial := firstLetter(h.given)
	text := full
	switch form {
	case "full_middle":
		if h.middle != "" {
			text = h.given + " " + h.middle + " " + h.surname
		}
	case "reversed":
		text = h.surname + ", " + h.given
	case "reversed_caps":
		text = strings.ToUpper(h.surname) + ", " + h.given
	case "caps":
		text = strings.ToUpper(full)
	case "lower":
		text = strings.ToLower(full)
	case "initialled":
		text = initial + ". " + h.surname
	case "initials":
		text = initial + firstLetter(h.middle) + " " + h.surname
	case "given":
		text = h.given
	case "surname":
		text = h.surname
	case "typo":
		text = h.given + " " + slip(h.surname, c)
	case "ocr":
		text = smudge(full, c)
	default:
		return nameOf(h, form, full, initial)
	}
	return written{text, reeve.KindName, form}
}

// nameOf writes the forms that have a title, and those in which somebody is
// called what they are not registered as.
func nameOf(h *human, form, full, initial string) written {
	text := full
	switch form {
	case "titled":
		text = h.title + " " + h.surname
	case "titled_initial":
		text = h.title + " " + initial + " " + h.surname
	case "titled_full":
		text = h.title + " " + full
	case "nick":
		if list := nicknames[h.given]; list != nil {
			text = list[0] + " " + h.surname
		} else {
			form = "full"
		}
	case "former":
		if h.formerSurname != "" {
			text = h.given + " " + h.formerSurname
		} else {
			form = "full"
		}
	case "half":
		if first, _, ok := strings.Cut(h.surname, "-"); ok {
			text = h.given + " " + first
		} else {
			form = "full"
		}
	default:
		form = "full"
	}
	return written{text, reeve.KindName, form}
}

func firstLetter(s string) string {
	for _, r := range s {
		return string(r)
	}
	return ""
}

// slip makes one typing mistake inside a word: two letters swapped, one lost,
// one doubled or one replaced.
func slip(s string, c chance) string {
	r := []rune(s)
	if len(r) < 4 {
		return s + "e"
	}
	i := c.between(1, len(r)-2)
	switch c.IntN(4) {
	case 0:
		if r[i] != r[i+1] {
			r[i], r[i+1] = r[i+1], r[i]
			return string(r)
		}
		fallthrough
	case 1:
		return string(r[:i]) + string(r[i+1:])
	case 2:
		return string(r[:i]) + string(r[i]) + string(r[i:])
	}
	r[i] = pick(c, []rune("aeioustnr"))
	return string(r)
}

var smudges = strings.NewReplacer("m", "rn", "l", "1", "O", "0", "e", "c", "h", "b", "I", "l", "B", "8", "S", "5", "u", "ii", "a", "o")

// smudge does what a poor scan does to one or two characters.
func smudge(s string, c chance) string {
	r := []rune(s)
	for try, done := 0, 0; try < 12 && done < 1+len(r)/14; try++ {
		i := c.IntN(len(r))
		if after := smudges.Replace(string(r[i])); after != string(r[i]) {
			r = append(r[:i], append([]rune(after), r[i+1:]...)...)
			done++
		}
	}
	return string(r)
}

var months = words(`January February March April May June July August September October November December`)

// dateAs writes a date in one of seven ways.
func dateAs(d reeve.Date, form int) string {
	month := months[max(int(d.Month), 1)-1]
	switch form {
	case 0:
		return fmt.Sprintf("%d %s %d", d.Day, month, d.Year)
	case 1:
		return fmt.Sprintf("%02d/%02d/%04d", d.Day, d.Month, d.Year)
	case 2:
		return fmt.Sprintf("%02d.%02d.%04d", d.Day, d.Month, d.Year)
	case 3:
		return fmt.Sprintf("%d/%d/%02d", d.Day, d.Month, d.Year%100)
	case 4:
		return fmt.Sprintf("%d%s %s %d", d.Day, ordinal(int(d.Day)), month, d.Year)
	case 5:
		return fmt.Sprintf("%02d-%s-%d", d.Day, month[:3], d.Year)
	case 6:
		return fmt.Sprintf("%d %s %d", d.Day, month[:3], d.Year)
	}
	return d.String()
}

func ordinal(n int) string {
	switch {
	case n%10 == 1 && n != 11:
		return "st"
	case n%10 == 2 && n != 12:
		return "nd"
	case n%10 == 3 && n != 13:
		return "rd"
	}
	return "th"
}

// ninoAs and nhsAs write the numbers in the groupings met in files.
func ninoAs(n string, c chance) written {
	if n == "" {
		return written{"", reeve.KindNINO, ""}
	}
	spaced := n[:2] + " " + n[2:4] + " " + n[4:6] + " " + n[6:8] + " " + n[8:]
	switch c.IntN(6) {
	case 0, 1:
		return written{n, reeve.KindNINO, "nino"}
	case 2, 3:
		return written{spaced, reeve.KindNINO, "nino_spaced"}
	case 4:
		return written{strings.ReplaceAll(spaced, " ", "-"), reeve.KindNINO, "nino_hyphens"}
	}
	return written{strings.ToLower(n), reeve.KindNINO, "nino_lower"}
}

func nhsAs(n string, c chance) written {
	if c.one(0.5) {
		return written{n[:3] + " " + n[3:6] + " " + n[6:], reeve.KindNHSNumber, "nhs_spaced"}
	}
	return written{n, reeve.KindNHSNumber, "nhs"}
}

// addressAs is house and street. "No fixed abode" has no form and is no address.
func addressAs(d *dwelling) written {
	if d.none {
		return written{d.first(), reeve.KindAddress, ""}
	}
	return written{d.first(), reeve.KindAddress, "address"}
}

// postcodeAs writes a postcode, now and then without its space or in small letters.
func postcodeAs(d *dwelling, c chance) written {
	switch {
	case d.none:
		return written{"", reeve.KindPostcode, ""}
	case c.one(0.08):
		return written{strings.ReplaceAll(d.postcode, " ", ""), reeve.KindPostcode, "postcode_unspaced"}
	case c.one(0.04):
		return written{strings.ToLower(d.postcode), reeve.KindPostcode, "postcode_lower"}
	}
	return written{d.postcode, reeve.KindPostcode, "postcode"}
}
