package lex

// titles in groups that mean the same; the number of a title is its place in
// the list, from 1.
var titles = [...][]string{
	1: {"mr", "mister", "mstr", "messrs"}, 2: {"mrs", "missus"}, 3: {"ms"}, 4: {"miss"}, 5: {"mx"},
	6: {"dr", "doctor"}, 7: {"prof", "professor"}, 8: {"rev", "revd", "reverend", "fr", "father", "pastor", "canon", "rabbi", "imam", "sheikh", "shaikh"},
	9: {"sir", "dame", "lord", "lady", "baroness", "baron", "hon", "rt"}, 10: {"cllr", "cllrs", "councillor", "ald", "alderman", "alderwoman"},
	11: {"master"}, 12: {"pc", "dc", "ds", "di", "dci", "sgt", "sergeant", "insp", "inspector", "wpc", "pcso", "constable"},
	13: {"capt", "captain", "maj", "major", "col", "colonel", "lt", "cpl", "pte", "brig", "gen", "wing", "cdr"},
	14: {"judge", "justice", "recorder"}, 15: {"nurse", "sister", "matron"}, 16: {"mme", "madame", "mlle", "monsieur", "herr", "frau", "senor", "senora", "sr", "sra", "sig", "signora"},
	17: {"haji", "hajji", "hajja", "alhaji", "alhaja", "chief", "ustad", "pandit", "pt"}, 18: {"uncle", "aunt", "auntie", "aunty", "granny", "grandma", "grandad", "nan"},
}

// The titles by number that mean something to a reader of marks.
const (
	TitleMr         = 1
	TitleMrs        = 2
	TitleMs         = 3
	TitleMiss       = 4
	TitleDoctor     = 6
	TitleProfessor  = 7
	TitleClergy     = 8
	TitleCouncillor = 10
	TitleMaster     = 11
	TitlePolice     = 12
	TitleJudge      = 14
	TitleNurse      = 15
	TitleFamily     = 18
)

// suffixes that follow a name and are no part of it.
const suffixTable = "jr jnr junior sr snr senior ii iii iv esq esquire obe mbe cbe kbe dbe qc kc jp mp mbbs frcp frcs frcgp mrcp bsc ba ma msc mba phd dphil llb cipfa cpfa mrics frics rgn srn dcd deceased decd"

var suffixes = wordSet(suffixTable)

// particles are the words that belong to the surname after them.
const particleTable = "van von vander vanden der den de da do dos das del della di du la le les bin bint binti ibn al el abu ap ab ter ten st saint mc mac o ul ur ud uz us e y san santa mhic nic ni ua zu zur af av"

var particles = wordSet(particleTable)

// joinTable holds the particles that many write as one word with the name.
const joinTable = "mc mac o al el de la le di da du van von der den fitz ap ben abu abd abdul ul el st bin nic ni"

const greetingTable = "dear hi hello hiya hey"

const weekdayTable = "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun"

// abbreviationTable: a full stop after these ends no sentence.
const abbreviationTable = "no nos tel ext ref dept approx est inc ltd co corp vs etc eg ie cf al fig vol pp encl cc re attn asst gov hon jr sr st rd ave mt ft"

// placeTable holds the words that make a place, building or firm of the name
// before them.
const placeTable = "house court lodge hall tower towers building buildings centre center school primary academy college university nursery hospital surgery clinic practice hospice church mosque temple library museum theatre cinema hotel inn pub park estate common station bridge market gardens mansions cottage cottages close road street avenue lane square terrace crescent grove mews foundation trust charity limited ltd plc llp llc inc corp corporation company group holdings associates partners partnership solicitors consulting consultants services agency bank stores brothers bros sons department ward unit team institute society association club fund award prize cup medal act award report review inquiry"
