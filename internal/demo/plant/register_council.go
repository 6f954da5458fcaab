package plant

import (
	"fmt"
	"slices"
	"strings"
)

// The layouts below have the column names of the systems that councils run;
// their source_system is the kind and the council's code.
func systemOf(kind string) string { return strings.ToUpper(kind) + "-" + councilCode }

func electorPrefix(h *human) string {
	for i, w := range wards {
		if w == h.home.ward {
			return "N" + string(rune('A'+i))
		}
	}
	return "NZ"
}

// electoralRegister is the fourteen-column export: adults, date of birth for
// attainers alone, anonymous electors without a name.
func electoralRegister(t *town) *roll {
	r := &roll{kind: "electoral", file: "electoral-register-2026.csv", header: strings.Split("Elector Number Prefix,Elector Number,Elector Number Suffix,"+
		"Elector Markers,Elector DOB,Elector Surname,Elector Forename,PostCode,Address1,Address2,Address3,Address4,Address5,Address6", ",")}
	for _, h := range t.humans {
		if h.elector == "" || h.home.none || h.home.safe || h.restricted || !h.died.IsZero() || h.n%12 == 0 && !h.anonymous {
			continue
		}
		id := electorPrefix(h) + h.elector
		born := ""
		if h.born.Year >= 2008 {
			born = dateAs(h.born, 1)
		}
		lines := append(h.home.lines(), "", "", "", "", "", "")[:6]
		if h.anonymous {
			r.add(electorPrefix(h), h.elector, "", "N", "", "", "", "", "", "", "", "", "", "")
			continue
		}
		h.on(systemOf("electoral"), id, electorPrefix(h)+"-"+h.elector)
		given := h.given
		if h.middle != "" {
			given += " " + h.middle
		}
		r.add(append([]string{electorPrefix(h), h.elector, "", "", born, h.surname, given, h.home.postcode}, lines...)...)
	}
	return r
}

// oldElectoralRegister is the thirteen-column form of earlier years: one name
// column, and people at the homes that they have left since.
func oldElectoralRegister(t *town) *roll {
	r := &roll{kind: "electoral", file: "electoral-register-2011.csv", header: strings.Split("Elector Number Prefix,Elector Number,Elector Number Suffix,"+
		"Elector Markers,Elector DOB,Elector Name,PostCode,Address1,Address2,Address3,Address4,Address5,Address6", ",")}
	for _, h := range t.humans {
		if h.elector == "" || len(h.past) == 0 || h.anonymous || h.restricted || h.born.Year > 1993 || h.past[0].home.safe {
			continue
		}
		home := h.past[0].home
		surname := h.surname
		if h.formerSurname != "" {
			surname = h.formerSurname
		}
		id := "O" + electorPrefix(h) + h.elector
		h.on(systemOf("electoral"), id)
		lines := append(home.lines(), "", "", "", "", "", "")[:6]
		r.add(append([]string{"O" + electorPrefix(h), h.elector, "", "", "", surname + ", " + h.given, home.postcode}, lines...)...)
	}
	return r
}

// taxRegister is the Academy council tax extract: accounts, occupations and
// properties joined, as reports are.
func taxRegister(t *town) *roll {
	r := &roll{kind: "ctax", file: "ctax-accounts.csv", header: strings.Split("account_ref,lead_liab_title,lead_liab_forename,lead_liab_middlename,lead_liab_surname,"+
		"lead_liab_name,for_addr1,for_addr2,for_addr3,for_addr4,for_postcode,paymeth_code,person_status,property_ref,occupation_date,vacation_date,live_ind,"+
		"addr1,addr2,addr3,addr4,postcode,uprn,phonenum1,email_addr", ",")}
	for _, h := range t.humans {
		if h.ctax == "" || h.home.safe || h.restricted {
			continue
		}
		h.on(systemOf("ctax"), h.ctax)
		lines := append(h.home.lines(), "", "", "", "")[:4]
		from := "2001-04-01"
		if len(h.past) > 0 {
			from = h.past[len(h.past)-1].to.String()
		}
		name := strings.ToUpper(h.surname + ", " + h.title + " " + h.given)
		r.add(h.ctax, h.title, strings.ToUpper(h.given), strings.ToUpper(h.middle), strings.ToUpper(h.surname), name, "", "", "", "", "", pick(t.chance, []string{"DD", "CASH", "DD"}),
			"", "PR"+h.home.uprn[4:], from, "", "1", lines[0], lines[1], lines[2], lines[3], h.home.postcode, h.home.uprn, h.phone, h.email)
	}
	return r
}

// benefitsRegister is the Academy benefits extract: one row for each member of
// a claim's household.
func benefitsRegister(t *town) *roll {
	r := &roll{kind: "benefits", file: "benefit-claims.csv", header: strings.Split("claim_id,check_digit,status_ind,name,unsafe_addr_ind,house_id,addr1,addr2,addr3,addr4,"+
		"post_code,from_date,to_date,uprn,person_ref,title,forename,surname,birth_date,gender,nino,carer_ind,disable_ind,deceased_date,unique_pupil_num", ",")}
	for _, h := range t.humans {
		if h.claim == "" || h.home.none || h.restricted {
			continue
		}
		h.on(systemOf("benefits"), h.benefit, h.claim+h.benefit, h.claim)
		lines := append(h.home.lines(), "", "", "", "")[:4]
		head := h.household.members[0]
		given := h.given
		if h.n%17 == 0 {
			given = firstLetter(h.given)
		}
		r.add(h.claim, fmt.Sprint(h.n%10), "1", strings.ToUpper(head.surname+", "+head.given), yes(h.home.safe), fmt.Sprint(h.n%3+1), lines[0], lines[1], lines[2], lines[3],
			h.home.postcode, "2010-04-05", "", h.home.uprn, h.benefit, h.title, given, h.surname, h.born.String(), string(h.sex), h.nino,
			"", "", h.died.String(), h.upn)
	}
	return r
}

// inSocialCare reports whether social care has a file on the person.
func inSocialCare(h *human) bool {
	return h.household != nil && h.household.id != "" && (len(h.signals) > 0 || h.n%16 == 0)
}

func mosaicID(h *human) string { return fmt.Sprint(900000 + h.n) }

// socialRegister is Mosaic's dm_persons.
func socialRegister(t *town) *roll {
	r := &roll{kind: "mosaic", file: "mosaic-dm_persons.csv", header: strings.Split("person_id,full_name,title,first_name,last_name,nhs_id,date_of_birth,date_of_death,gender,ethnicity,"+
		"religion,nationality,first_language,interpreter_required,email_address,context_flag,restricted,upn_id", ",")}
	for _, h := range t.humans {
		if !inSocialCare(h) {
			continue
		}
		h.on(systemOf("mosaic"), mosaicID(h))
		flag := "A"
		if !h.adult(asOf) {
			flag = "C"
		}
		r.add(mosaicID(h), h.given+" "+h.surname, h.title, h.given, h.surname, h.nhs, h.born.String(), h.died.String(), string(h.sex), h.ethnicity, h.religion,
			"", h.group.language, "N", h.email, flag, yes(h.restricted), h.upn)
	}
	return r
}

// socialAddresses is Mosaic's dm_addresses: where each person lived, when.
func socialAddresses(t *town) *roll {
	r := &roll{kind: "mosaic", file: "mosaic-dm_addresses.csv", header: strings.Split("person_id,address,post_code,unique_id,start_date,end_date,is_contact_address,is_display_address,address_type", ",")}
	for _, h := range t.humans {
		if !inSocialCare(h) {
			continue
		}
		for _, s := range h.past {
			r.add(mosaicID(h), strings.Join(s.home.lines(), ", "), s.home.postcode, s.home.uprn, s.from.String(), s.to.String(), "N", "N", "Previous")
		}
		start := "2005-01-01"
		if len(h.past) > 0 {
			start = h.past[len(h.past)-1].to.String()
		}
		r.add(mosaicID(h), strings.Join(h.home.lines(), ", "), h.home.postcode, h.home.uprn, start, "", "Y", "Y", "Home")
	}
	return r
}

// housed reports whether the person is in the housing system.
func housed(h *human) bool {
	return h.rent != "" && !h.home.none && !h.home.safe && !h.restricted && h.household.id != ""
}

// tenantIn is the first of the family who is in the housing system.
func (f *family) tenantIn() *human {
	if i := slices.IndexFunc(f.members, housed); i >= 0 {
		return f.members[i]
	}
	return nil
}

func houseRef(h *human) string { return strings.TrimSuffix(h.rent, "/01") }

func propertyRef(d *dwelling) string { return "P" + d.uprn[4:] }

// housingMembers is Universal Housing's member table: people by house.
func housingMembers(t *town) *roll {
	r := &roll{kind: "housing", file: "housing-members.csv", header: strings.Split("house_ref,person_no,title,initials,forename,surname,dob,ni_no,relationship,responsible,"+
		"at_risk,vulnerable,disabled,homeless", ",")}
	for _, h := range t.humans {
		if !housed(h) {
			continue
		}
		no := 1 + slices.Index(h.household.members, h)
		h.on(systemOf("housing"), fmt.Sprintf("%s/%d", houseRef(h), no))
		given := h.given
		if h.knownAs != "" {
			given = h.knownAs
		}
		r.add(houseRef(h), fmt.Sprint(no), h.title, firstLetter(h.given)+firstLetter(h.middle), given, h.surname, h.born.String(), h.nino, "", yes(no == 1),
			"", "", "", "")
	}
	return r
}

// housingTenancies is the tenagree table: which house has which property.
func housingTenancies(t *town) *roll {
	r := &roll{kind: "housing", file: "housing-tenancies.csv", header: strings.Split("tag_ref,house_ref,prop_ref,tenure,cot,eot,present,terminated,rent,cur_bal", ",")}
	for _, f := range t.families {
		if h := f.tenantIn(); h != nil {
			r.add(h.rent, houseRef(h), propertyRef(h.home), "SEC", "2009-06-01", "", "Y", "N", fmt.Sprintf("%d.50", 90+h.n%60), fmt.Sprintf("%d.%02d", h.n*53%900, h.n%100))
		}
	}
	return r
}

// housingProperties is the property table.
func housingProperties(t *town) *roll {
	r := &roll{kind: "housing", file: "housing-properties.csv", header: strings.Split("prop_ref,address1,post_code,u_llpg_ref,sheltered,warden_flat", ",")}
	for _, f := range t.families {
		if h := f.tenantIn(); h != nil {
			r.add(propertyRef(h.home), h.home.first(), h.home.postcode, h.home.uprn, "N", "N")
		}
	}
	return r
}
