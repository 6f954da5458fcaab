package lex

// commonTable holds ordinary English words that are also names of people, or
// begin sentences and headings with a capital: by themselves they are no
// evidence of a name.
const commonTable = `
will may mark rose grace hope april june august summer autumn winter spring dawn daisy lily ivy iris holly heather hazel olive violet
poppy rosemary ruby pearl amber jade crystal coral opal faith charity joy patience prudence mercy honor honour felicity constance
constant clement bill bob pat sue rob nick jack dick frank grant art gene rich guy dean earl duke baron prince king queen bishop pope
abbot abbott monk priest parson page knight squire major marshall chase chance christian pierce stone brook brooks forest glen dale heath lane
hill wood woods field fields meadow meadows banks bank bridge bridges park parks green brown black white grey gray gold golden silver
red blue pink young old long short little small large big great strong power powers best good goodman better bright sharp smart
wise love loving darling sweet bitter day days night week weeks month year noon friday monday tuesday wednesday thursday
saturday sunday january february march july september october november december north south east west northern southern eastern western
english french welsh german irish dutch roman norman moor moore more most less least many much some any all both each every
other another such same different new next last first second third one two three four five six seven eight nine ten
house hall court gate gates church temple chapel college school hospital street road way path walk close square place drive avenue
crescent gardens garden terrace grove mews row rise view mount castle tower towers lodge cottage farm mill mills barn bell ball band
bar barber baker butcher butler carpenter carter chandler clerk cook dyer farmer fisher gardener gardner
hunter judge mason mayor miller painter parker piper porter potter sawyer shepherd singer steward
stewart tailor teacher thatcher turner walker wall walls ward warden waters weaver wheeler workman
fox wolf bear bird birds finch hawk swan crane partridge peacock wren nightingale lamb bull bullock buck hart hare
salmon pike bass herring berry cherry plum lemon leaf flower flowers bush branch root rice bean pepper curry salt sugar ham
bacon pickles cheese butter bread cake pie wine beer ale port sherry brandy rum water rain snow frost storm fog gale wind winds cloud
sky sun moon star stars world land rivers river lake pond pool poole sea ocean bay cove shore sand cliff rock rocks clay coal diamond
iron steel tin copper brass lead self case cases cash cost price prices rate sale sales sell seller buy buyer bond bonds stock share
shares fund trust trusts rent tax fine fee pay pays paid pound pounds penny pence crown nation state states county city town village
law laws lawless order orders rule act acts bail charge charges file files note notes letter letters report reports record
records list lists form forms register bills claim claims notice call calls caller line link links pages paper papers box
book books desk office officer officers staff team teams unit units group groups board panel council councillor committee member
members chair chairman director manager head heads leader assistant deputy senior junior chief executive secretary treasurer
agent agents service services support care carer carers social health safety housing benefit benefits welfare home homes family
families child children boy boys girl girls man men mann woman women mother father parent parents son sons daughter brother sister
husband wife partner baby twin uncle aunt cousin friend friends neighbour tenant tenants resident residents landlord owner occupier
customer client applicant claimant patient student pupil adult person people public private common general special local central
national international british european royal open closed free full empty high low hot cold warm cool dry wet fast slow early late
now then today tomorrow yesterday here there where when what why how who whom whose which this that these those it its he him his
she her hers they them their we us our you your my mine me i am is are was were be been being do does did done doing have has had
having can could should would shall might must ought need dare used go goes going gone went come comes came coming get gets got give
gives gave given take takes took taken make makes made making let lets see sees saw seen seem look looks say says said tell told ask
asks asked answer think thought know knew known feel felt find found keep kept leave left put set sit stand stood turn turned run
ran move moved live lived lives stay stayed work works worked working play start started stop stopped end ends ended begin began
help helps helped try tried use uses using want wanted like likes liked wish hoped please thank thanks regards dear sincerely
faithfully yours kind hello hi hey yes no not never always often sometimes again also too very just only even still yet already
about above across after against along among around at before behind below beneath beside between beyond but by down during except
for from in inside into near of off on onto out outside over past since through throughout till to toward towards under until up
upon with within without and or nor so if because although though while whereas unless as than however therefore meanwhile further
furthermore moreover otherwise instead indeed subject re fwd fw sent date time cc bcc attached attachment enclosed message
meeting minutes agenda action actions item items point points question questions issue issues problem problems matter reason reasons
result results change changes update updates review reviews plan plans planning project projects process policy policies procedure
document documents information details detail data system systems security access account accounts number numbers reference name
names address addresses phone telephone mobile fax email mail post postcode title signed signature print type level area areas
section sections part parts chapter table figure example total amount balance due overdue arrears payment payments income
salary wages budget costs value credit debit card cards cheque loan mortgage insurance pension allowance
grants award awards appeal appeals hearing tribunal complaint complaints enquiry enquiries visit visits appointment
assessment interview statement evidence decision decisions outcome referral application applications request requests response
reply approval agreement contract contracts lease tenancy licence license permit certificate proof copy copies original draft final
version internal external confidential restricted urgent important key main minor basic standard normal usual regular
temporary permanent current previous former future present recent possible likely certain sure clear true false real right wrong
able ready happy sad sorry sick ill well fit dead alive born married single divorced widowed separated male female
energy gas electric electricity oil fuel market markets trade trading company companies corporation business industry enterprise
product products development research resources resource management operations operation marketing finance financial legal
technical computer network internet web site online software hardware program programme server user users password login
pole side party top bottom front back middle centre center corner edge floor room rooms
kitchen bathroom bedroom door doors window windows roof stairs lift entrance exit yard garage shed fence
car cars van bus train plane ship boat bike taxi ambulance fire police doctor nurse dentist surgery clinic medical
drug drugs alcohol drink drinks food meal meals breakfast lunch dinner tea coffee milk clothes shoes bag bags money keys
dog dogs cat cats horse fish animal animals tree trees plant plants grass air light lights dark heat noise sound music song
game games sport sports football cricket tennis golf race match win won lose lost score goal goals cup prize ring rings gift
tiger lion angel angels saint saints god lord christ bible cross heaven blessing bless amen sultan sheikh imam
sing minh thanh an ma sung den der max min ray lee lo
ban tam kim chow chan pang fang hung hang bang wing sang tang ping ting wan wen yang precious promise favour
goodluck innocent lucky fortune comfort peace pride glory victory justice wisdom
england scotland wales ireland britain london paris rome china india georgia israel chad kenya france spain italy jersey holland
chelsea kensington paddington brent barnet camden lincoln york essex sussex devon chester lancaster bolton
boston austin houston dallas denver carolina virginia washington madison florida texas sydney melbourne
cent cents dollar dollars euro euros stands barrow barrows cover covers crook fair hand hands foot arm face body bone
nail nails hair blood heart mind soul spirit life death dying kill killed murder crime theft fraud abuse violence assault attack
risk risks danger harm hurt injury pain stress anger fear worry trouble
bishops fuller reader speaker winner drinker dancer driver rider sailor soldier captain sergeant constable guard guards
hood rod rods bolt bolts nut hammer screw axe barb pen pens pencil ink stamp coin chain rope knot lock locks block
blocks brick bricks slate tile tiles posts poles rail rails track tracks trail trails tunnel tank tanks pipe pipes pump
speed swift quick rapid steep flat flats round straight curve bend
peach apple orange banana grape rosebud thorn weed reed reeds moss fern ash oak elm birch beech maple pine cedar willow
savage wild tame gentle noble humble proud brave bold meek mild merry gay jolly grim stern stark stout slim lean thin thick
tall broad wide narrow deep shallow hollow solid soft hard tough rough smooth plain fancy pretty handsome beautiful lovely
vice vicar marsh moody mercer gamble garland gill flood fountain foster forth ford dye drew coward couch cope coats cotton
chalk chant beard barge badge ample amend alder pitts prior proctor purse rainbow ramp ranger raven read ridge
roe rook rowing rush rust sage sands seal sells sessions shade shine sheets silk singles skill slack sleep spark
sparks sparrow spear spiller springs stack stage stall steer sterling stocks stoker story stride
style surplus swallow tack teal tear test tidy timber tolls
trip trout tuck tune twist vale vane vest vine virtue wake war ware wash waste watch weather welcome whale
wheat whip whisk whiting whole wick wicks witch woodland wool word words worth yarn yeoman
plc ltd inc llc corp co department division ministry agency authority association institute university society
analysis analyst associate associates administrator administration coordinator consultant engineer accountant attorney
lawyer solicitor barrister president governor senator congressman minister representative spokesman trader
oxford enron california america american americas canada mexico asia europe africa australia
`
