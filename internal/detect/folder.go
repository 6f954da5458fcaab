package detect

import (
	"strings"

	"github.com/reeve-council/reeve"
)

// Topic is what the names of folders and files say about what is in them: a
// hint for triage and for who must look first, never a finding about anybody.
type Topic struct {
	Kind   reeve.Kind
	Signal reeve.Signal
	Rule   string
	Words  string // the words of the path that say it, folded
}

type topicRow struct {
	kind   reeve.Kind
	signal reeve.Signal
	words  string
}

var topicRows = []topicRow{
	{reeve.KindDomesticAbuse, reeve.SignalDomesticAbuse, `marac|idva|domestic abuse|domestic violence|dash|refuge|refuges|vawg|sanctuary scheme|non molestation|dv|dv cases`},
	{reeve.KindProtection, reeve.SignalProtectedPerson, `witness protection|anonymous electors|anonymous registration|protected persons|restricted records`},
	{reeve.KindChildSocialCare, reeve.SignalChildProtection, `child protection|cp conferences|cp conference|icpc|s47|section 47|strategy meetings|cse|mase|lado|cp plans|safeguarding children|childrens safeguarding`},
	{reeve.KindChildSocialCare, reeve.SignalLookedAfter, `looked after|looked after children|lac|lac reviews|cla|fostering|foster carers|adoption|adoptions|adopters|care leavers|leaving care|uasc|care proceedings|special guardianship`},
	{reeve.KindChildSocialCare, reeve.SignalChildInNeed, `child in need|children in need|cin|cin plans|early help|s17|section 17|childrens services|childrens social care|mash|family support|troubled families`},
	{reeve.KindImmigration, reeve.SignalTrafficking, `modern slavery|trafficking|nrm`},
	{reeve.KindImmigration, reeve.SignalAsylum, `asylum|nrpf|refugees|immigration|resettlement|no recourse|afghan|homes for ukraine`},
	{reeve.KindAdultSocialCare, reeve.SignalAdultSafeguarding, `safeguarding adults|adult safeguarding|s42|section 42|dols|mental capacity|court of protection|deputyship`},
	{reeve.KindAdultSocialCare, reeve.SignalAdultCare, `adult social care|asc|care assessments|care plans|direct payments|home care|homecare|care act|continuing healthcare|carers`},
	{reeve.KindHealth, reeve.SignalMentalHealth, `mental health|amhp|s117|section 117|cmht|mha`},
	{reeve.KindHealth, "", `occupational health|sickness|sick notes|fit notes|medical|public health|health|sexual health|substance misuse|drug and alcohol|medical appeals|covid`},
	{reeve.KindDisability, "", `blue badge|blue badges|disability|disabled facilities|learning disability|dfg|send transport`},
	{reeve.KindHomelessness, reeve.SignalHomelessness, `homeless|homelessness|temporary accommodation|rough sleepers|rough sleeping|housing options|part 7|evictions`},
	{reeve.KindEducationNeed, "", `sen|send|ehcp|ehcps|statements|exclusions|education psychology|special needs|pru|virtual school`},
	{reeve.KindOffence, reeve.SignalOffender, `yot|youth offending|yos|mappa|dbs|convictions|prevent|channel panel|gangs|asb|fraud investigations|prosecutions|probation`},
	{reeve.KindLocalRef, "", `grievance|grievances|disciplinary|disciplinaries|hr|personnel|staff files|appraisals|payroll|redundancy|pensions|recruitment|settlement agreements|tupe`},
	{reeve.KindTradeUnion, "", `trade union|union members|unison|gmb|unite`},
	{reeve.KindDebt, "", `arrears|rent arrears|bailiffs|enforcement|debt|recovery|insolvency|bankruptcy|evictions`},
	{reeve.KindBenefits, "", `benefits|housing benefit|hb claims|council tax support|dhp|discretionary housing payments|benefit fraud|free school meals`},
	{reeve.KindCouncilTaxRef, "", `council tax|ctax`},
	{reeve.KindElectoralNumber, "", `electoral register|electoral roll|electors|electoral`},
	{reeve.KindPassport, "", `passports|right to work|id documents|identity documents|proof of id`},
	{reeve.KindBankAccount, "", `bank details|bacs|direct debits|direct debit|supplier bank`},
	{reeve.KindCredential, "", `passwords|password|credentials|logins`},
	{reeve.KindAdultSocialCare, reeve.SignalAtRiskList, `vulnerable residents|vulnerable people|at risk register|shielding|grenfell survivors|evacuees|bereaved`},
}

var topics = topicIndex()

func topicIndex() map[string]int {
	index := make(map[string]int)
	for i, row := range topicRows {
		for _, w := range phrases(row.words) {
			if _, ok := index[w]; !ok {
				index[w] = i
			}
		}
	}
	return index
}

// maxTopicWords is the longest phrase of topicRows.
const maxTopicWords = 4

// Folder says what the names of an item's path tell about its content, in the
// order of the path. Longest phrases win; every topic is given once.
func Folder(path string) []Topic {
	var out []Topic
	seen := make(map[int]bool)
	for name := range strings.SplitSeq(path, "/") {
		words := strings.Fields(string(foldLabel(nil, name)))
		for i := 0; i < len(words); {
			n, row := longestTopic(words[i:])
			if n == 0 {
				i++
				continue
			}
			if !seen[row] {
				seen[row] = true
				r := topicRows[row]
				out = append(out, Topic{Kind: r.kind, Signal: r.signal, Rule: "folder/1", Words: strings.Join(words[i:i+n], " ")})
			}
			i += n
		}
	}
	return out
}

func longestTopic(words []string) (n, row int) {
	for n = min(maxTopicWords, len(words)); n > 0; n-- {
		if row, ok := topics[strings.Join(words[:n], " ")]; ok {
			return n, row
		}
	}
	return 0, 0
}
