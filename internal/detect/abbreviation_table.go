package detect

import "strings"

// shortened are the words that systems cut short in the names of their columns
// ("ELEC_NO", "EMP_ADDR1"), with what they stand for.
var shortened = wordMap(`elec=elector|no=number|num=number|nbr=number|nr=number|numb=number|addr=address|adr=address|addrs=address|dt=date|nm=name|nme=name|sname=surname|surnme=surname|
	fname=forename|frname=forename|fore=forename|acc=account|acct=account|ac=account|tel=telephone|ph=phone|phn=phone|mob=mobile|mbl=mobile|emp=employee|empl=employee|reg=registration|
	regn=registration|veh=vehicle|nat=national|ins=insurance|bal=balance|amt=amount|app=applicant|appl=applicant|applic=applicant|pcode=postcode|pcd=postcode|pstcd=postcode|emer=emergency|emerg=emergency|
	cust=customer|clt=client|clnt=client|pup=pupil|stu=student|stud=student|chld=child|par=parent|gdn=guardian|eth=ethnic|ethn=ethnic|relig=religion|disab=disability|disabil=disability|
	brth=birth|bth=birth|tncy=tenancy|tnt=tenant|tnnt=tenant|clm=claim|clmnt=claimant|ctax=council tax|hb=housing benefit|curr=current|cur=current|prev=previous|prop=property|hse=house|sal=salary|
	ann=annual|wkly=weekly|mthly=monthly|med=medical|lic=licence|drv=driving|pport=passport|ppt=passport|cse=case|ben=benefit|arr=arrears|rnt=rent|sch=school|occ=occupier|gend=gender|
	nhsno=nhs number|nino=ni number|mail=email|eml=email|srt=sort|bk=bank|bnk=bank|pers=person|res=resident|memb=member|corr=correspondence|diag=diagnosis|
	medic=medical|condn=condition|vuln=vulnerable|safeg=safeguarding|immig=immigration|orient=orientation|ref=reference|refno=reference`)

func wordMap(list string) map[string]string {
	words := make(map[string]string)
	for _, p := range phrases(list) {
		if short, long, ok := strings.Cut(p, "="); ok {
			words[short] = long
		}
	}
	return words
}

// spellOut appends a folded heading with its shortened words written out, or
// gives nil where it has none.
func spellOut(dst, f []byte) []byte {
	some := false
	for len(f) > 0 {
		word := f
		if i := strings.IndexByte(string(f), ' '); i >= 0 {
			word, f = f[:i], f[i+1:]
		} else {
			f = nil
		}
		if len(dst) > 0 {
			dst = append(dst, ' ')
		}
		if long, ok := shortened[string(word)]; ok {
			dst, some = append(dst, long...), true
		} else {
			dst = append(dst, word...)
		}
	}
	if !some {
		return nil
	}
	return dst
}
