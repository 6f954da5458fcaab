package lex

// streetTable has a street type a line, written out first.
const streetTable = `
road rd
street str st
avenue ave av aven avn
lane ln la
close cl clo
gardens gdns gdn garden gdens grdns
drive dr drv
court ct crt
place pl plc
square sq sqr
terrace terr ter tce
crescent cres cresc cr crst
grove gr grv gro
way wy
walk wlk
mews mws
hill hl
park pk
row
rise
view
mount mt
yard yd
path
green grn
parade pde
passage psge
circus
embankment emb
estate est
villas vls
buildings bldgs bldg
broadway bdwy
alley
arcade
approach
boulevard blvd
bridge
common
end
fields
gate
heath
highway
hollow
link
loop
meadow meadows
oval
quay
ridge
side
spur
vale
wharf whf
wood
cloisters
croft
dene
dell
chase
cottages cotts
mansions mans
heights hts
`

// streetTypes gives the written-out form of every spelling of a street type.
var streetTypes = spellings(streetTable)

func spellings(table string) map[string]string {
	m := map[string]string{}
	for _, line := range splitLines(table) {
		words := fields(line)
		for _, w := range words {
			m[w] = words[0]
		}
	}
	return m
}

// unitWords name a dwelling inside a building.
const unitTable = "flat flats flt fl apartment apartments apt appt unit room rm studio maisonette bedsit suite bedroom annexe annex penthouse"

var unitWords = wordSet(unitTable)

// floors by their words, floorShort by the short forms of estate agents.
var floors = map[string]string{"ground": "0f", "grd": "0f", "gnd": "0f", "basement": "basement", "first": "1f", "1st": "1f", "second": "2f", "2nd": "2f", "third": "3f", "3rd": "3f",
	"fourth": "4f", "4th": "4f", "fifth": "5f", "5th": "5f", "sixth": "6f", "6th": "6f", "top": "top", "upper": "upper", "lower": "lower", "mezzanine": "mezzanine"}

var floorShort = map[string]string{"gff": "0f", "fff": "1f", "sff": "2f", "tff": "3f", "lgf": "basement", "lgff": "basement"}

var places = map[string]string{"basement": "basement", "garden": "garden", "rear": "rear", "front": "front", "ground": "0f", "first": "1f", "second": "2f", "third": "3f", "top": "top", "upper": "upper", "lower": "lower"}

const floorTable = "floor floors ground basement first second third fourth fifth top upper lower rear front garden"

// buildings are the words that end the name of a house or block.
var buildings = wordSet("house court lodge cottage cottages farm tower towers mansions hall point block building buildings villa barn mill manor grange priory rectory vicarage annexe bungalow heights")
