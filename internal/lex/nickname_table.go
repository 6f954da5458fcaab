package lex

// nicknameTable holds groups of given names that may be one person's, a group a
// line: short and pet forms, and spellings of one name that transliteration
// varies. A name may stand in several groups.
const nicknameTable = `
william bill billy will willy willie wills liam bil
robert bob bobby rob robbie robby bert rab rabbie bobbie
richard rick ricky rich richie dick dickie
john jack johnny jon johnnie jock ian sean
jonathan jon jonny johnny jonathon johnathan nathan
james jim jimmy jamie jimmie jem hamish seamus
joseph joe joey jo jos
michael mike mick mickey micky mikey micheal mitch
christopher chris kit topher kris christophe
anthony tony ant anton antony
thomas tom tommy thom tomas
david dave davey davy dai davie
daniel dan danny dani
matthew matt matty mat mathew
andrew andy drew andi
edward ed eddie ted teddy ned eddy edwin
edmund ed eddie ted
charles charlie chas chuck charley chaz
peter pete petey
stephen steven steve stevie ste stephan steff
nicholas nick nicky nicolas nic nico
samuel sam sammy
benjamin ben benny benji
alexander alex al sandy alec sasha xander lex alasdair alistair alastair
alexandra alex alexa sandra sandy sasha lexi
frederick fred freddie freddy
alfred alf alfie fred
albert al bert bertie
arthur art artie
henry harry hank hal
harold harry hal
george georgie
gerald gerry jerry
gerard gerry jerry ged
jeremy jerry jez jem
jeffrey jeff geoffrey geoff geof jeffery
gregory greg gregor
kenneth ken kenny
ronald ron ronnie ronny
donald don donnie donny
raymond ray
leonard len lenny leo
leslie les
lawrence laurence larry laurie lorenzo lawrie
martin marty mart
philip phil pip phillip
patrick pat paddy rick padraig
francis frank frankie fran
franklin frank
reginald reg reggie
sidney sid sydney syd
stanley stan
terence terry tel terrance terrence
theodore ted teddy theo
timothy tim timmy
victor vic
vincent vince vinny vinnie
walter wally walt
wilfred wilf
nathaniel nathan nat nate
zachary zach zack zak zac
joshua josh
jacob jake jacob jakob
oliver ollie olly oli
dominic dom nic
duncan dunc
douglas doug dougie
desmond des dez
dennis denis den denny
derek del deric derrick
clifford cliff
clive cliff
cyril cy
eugene gene
ernest ernie ern
eric rick
gordon gord
graham graeme grahame
hugh hughie huw hugo
ivan van
julian jules
keith keef
kevin kev
laurence laurie
lewis lou louis louie
louis lou louie lewis
malcolm mal malc
maurice mo morris
mervyn merv
neil neal niall
neville nev
nigel nige
norman norm
percival percy
ralph rafe
randolph randy
roderick rod rory roddy
rodney rod
roland rolly
rupert ru
russell russ
sebastian seb bas
simon si sim
solomon sol
stuart stewart stu
sylvester sly
trevor trev
tristan tris
vernon vern
winston win
gabriel gabe
isaac ike zac
abraham abe ibrahim
elijah eli
emmanuel manny emanuel
cameron cam
callum cal calum
bradley brad
barry baz bazza barrie
barnaby barney
bartholomew bart
bernard bernie
brian bryan bri
brendan bren
damian damien
darren daz
gareth gaz gary
gavin gav
jason jay jase
justin jus
lee leigh
luke lucas
marcus marc mark
mark marc
max maxwell maximilian maxim
mitchell mitch
morgan mo
noah noe
owen owain
paul pauly
rhys reece rees reese
ross rossco
scott scottie
sean shaun shane shawn
shane shayne
spencer spence
toby tobias
wayne wain
elizabeth liz lizzie beth betty bess bessie eliza elsie libby lisa betsy lizzy lisbeth elisabeth elspeth
margaret maggie meg peggy peg marge margie madge daisy greta margo margot rita mags
mary molly polly maria marie may moll mae
catherine kate katie cathy katherine kathryn kathy kitty kath cath kat katy katharine catharine karen catrin
kathleen kath kathy kathie cathleen
sarah sally sadie sara sal
susan sue susie suzy suzie
susannah susanna susan sue suzanne susie
suzanne sue suzie suzy
patricia pat patsy trish tricia patty paddy trisha patti
barbara barb babs barbie
jennifer jen jenny jenni jenna
jane janey janie jayne
janet jan
jean jeannie jeanie
jacqueline jackie jacqui jaqui jacky
jessica jess jessie
joan joanie
joanna jo joanne joana joann joey
josephine jo josie jose
judith judy jude judi
julia julie jules
juliet jules juliette
deborah debbie deb debra debs debby
dorothy dot dottie dolly dorothea
doreen dor
eleanor ellie nell nelly elinor ella lena nora leonora
ellen ellie nell nelly nellie helen
helen nell ellen helena ella
emily em emmie millie
emma em emmie
amelia amy millie mel melia
millicent millie
camilla millie milla
florence flo florrie flossie
frances fran fanny francie frankie
francesca fran chesca frankie
georgina georgie gina george
georgia georgie
gillian gill jill gilly jilly
grace gracie
hannah hanna annie
harriet hattie harrie
henrietta hettie etta hetty
isabella bella izzy isa isabel izzie
isabel isobel isabelle bella izzy ishbel belle
lillian lily lil lilian lillie
linda lin lindy lynda lyn
lynne lyn lynn
lucy lu lucie
louise lou lulu
madeleine maddie maddy madeline mads
marion marian
martha marty mattie
matilda tilly mattie tilda
maureen mo mauren
melanie mel
melissa mel lissa missy
michelle shell mich shelly
miriam mimi mim
nancy nan ann
natalie nat nats natalia
nicola nicky nikki nic nicki niki
olivia liv livvy ollie
pamela pam
pauline paula
penelope penny pen
philippa pippa pip
phyllis phyl
rachel rach rachael
rebecca becky bec becca beck bex rebekah
roberta bobbie
rosemary rosie rose romy
rosalind ros roz
samantha sam sammy
sandra sandy alexandra
sharon shaz shar
shirley shirl
sophia sophie sofia sophy
stephanie steph stef
stella estelle
sylvia syl sylvie
teresa terry tess tessa theresa therese
tracey trace tracy traci
ursula ursie
valerie val
vanessa ness nessa
veronica ronnie vera
victoria vicky tori vic vicki vikki vickie
violet vi
virginia ginny
vivien viv vivian vivienne
winifred win winnie freda
yvonne eve von
abigail abi abbie gail abby
adelaide addie ada
agnes aggie nessie
alice ali allie
alison ali allie allison alyson
amanda mandy manda
andrea andie andi
angela angie ange
anne ann annie nan anna nancy annette
anna ann annie anne hannah
annabel bella anna annabelle
antonia toni
antoinette toni nettie
beatrice bea trixie bee beatrix
belinda linda bel
beverley bev beverly
bernadette bernie
bridget biddy bridie brigid
candice candy
carol carole caroline carrie
caroline carrie caz carol lina carolyn
charlotte lottie charlie char lotte
christine chris chrissie tina christina chrissy kristine
clara claire clare
claire clare clair
constance connie
cynthia cindy
daphne daph
diana di diane dianne
dinah di
edith edie
elaine lainey
erica rickie
eunice eun
eve evie eva evelyn
fiona fi
gabrielle gaby gabby gabriella
geraldine gerry ger
gertrude gert gertie trudy
gwendoline gwen gwenda
gwyneth gwen
hazel haze
hilary hil hillary
imogen immy
ingrid inga
irene rene renie
jasmine jas jaz jasmin yasmin
jocelyn jos
kimberley kim kimberly
laura lori laurie
lauren loz laurie
leanne lea lee
lesley les
lorraine lori
lydia lyddie
nora norah honora
theodora dora thea
zoe zo
mohammed muhammad mohammad mohamed muhammed mohamad mohd mohamud mehmet mo md muhammet mahamed mahomed mohamet
ahmed ahmad ahmet achmed ahmod
hussain hussein husain hossain huseyin husein hossein hussien
hassan hasan hassen
ali aly
ibrahim ebrahim abraham ibraheem ibrahima brahim
yusuf yousef youssef yousuf yusef joseph yousaf
omar umar omer umer
osman usman uthman othman ousmane
abdullah abdulla abdallah abdul
abdulrahman abdurrahman abdirahman abdelrahman abdul
abdul abdel abd
khadija khadijah khadeeja kadija hatice kadijah
fatima fatimah fathima fatema fatma fatoumata faduma fadumo
aisha ayesha aishah aysha ayse aicha asha
maryam mariam miriam meryem maryan mariama
zainab zaynab zeinab zeynep zaineb
yasmin yasmeen yasmine jasmine jasmin
sara sarah
amina aminah ameena aamina aminata
halima haleema halimah halimo
layla leila laila leyla layla
nour noor nur noora
saeed said sayeed saied
tariq tarik tarek tareq
khaled khalid
mustafa mustapha moustafa mostafa
mahmoud mahmood mahmud mehmood
jamal gamal
karim kareem
rashid rasheed rachid
salim saleem salem
samir sameer
waleed walid
zakaria zachary zakariya zakariye
isa eesa issa
musa moses moussa mousa muse
dawud daud david dawood daoud
sulaiman suleman solomon suleyman suliman
yaqub yakub jacob yaqoob
ismail ismael ishmael esmail
bilal bilaal
hamza hamzah
mohan mohinder
rajinder rajendra raj
rajesh raj
harpreet harry preet
gurpreet preet
manpreet mani preet
jaspreet jas preet
jasvinder jas jaswinder jaz
balwinder bal balvinder
kuldip kuldeep
surinder surender sur
krishna krish
priya pri
aleksandra ola alexandra
katarzyna kasia kate
malgorzata gosia margaret
agnieszka aga agnes
joanna asia
anna ania
magdalena magda
krzysztof krzys chris
tomasz tomek tom thomas
piotr peter piotrek
pawel paul
michal michael
andrzej andrew
jan john janek
stanislaw stan staszek
wojciech wojtek
jakub kuba jacob
grzegorz greg gregory
mateusz matthew mateo
marek mark
ewa eva
barbara basia
elzbieta ela elizabeth
mihai michael mihail
andrei andrew
ion john ioan
gheorghe george
alexandru alex
stefan stephen steve
ioannis yiannis john giannis
georgios george giorgos
konstantinos costas kostas dinos
panagiotis panos peter
dimitrios dimitris jim
nikolaos nikos nick
eleni helen
ekaterini katerina kate
jose pepe jos joseph
francisco paco pancho fran
manuel manny manolo
maria mary marie mari
alejandro alex
guadalupe lupe
fernando nando
eduardo edu eddie
giuseppe joe beppe peppe
giovanni gianni john
antonio tony toni
salvatore sal sam
vincenzo vince enzo
oluwaseun seun olu
oluwatobi tobi olu
oluwatosin tosin olu
oluwadamilola damilola dami
babatunde tunde baba
olufemi femi
adebayo bayo ade
adewale wale ade
olatunji tunji
temitope temi tope
folasade sade
chukwuemeka emeka
ifeanyi ify
ngozi ngo
chinedu nedu
nnamdi nna
obinna obi
kwame kofi
tesfaye tes
gebremariam gebre
moshe moses moishe
yosef joseph yossi
avraham abraham avi
yitzchak isaac itzik
chaim hyman
rivka rebecca
rochel rachel
chana hannah
`
