package lex

// surnameTable holds surnames common among people who live in the UK, by
// tradition; folded, double names closed up. It is written from general
// knowledge; the registers themselves are the better list.
const surnameTable = `
smith jones williams brown taylor davies wilson evans thomas johnson roberts walker wright robinson thompson white hughes edwards green hall
wood harris lewis martin jackson clarke clark turner hill scott cooper morris ward moore king watson baker harrison morgan patel young allen
mitchell james anderson phillips lee bell parker davis bennett miller cook shaw cox richardson carter collins marshall bailey gray grey
wilkinson foster griffiths murphy kelly simpson adams khan richards webb price rogers chapman gibson hunt mills palmer barnes powell
matthews lloyd barker murray fisher stevens knight mason pearson holmes russell graham reynolds fox hussain dixon gill jenkins butler hunter
hamilton ellis ali ahmed campbell stewart begum harvey ford singh elliott andrews hart cole west owen burton reid spencer ryan fletcher wells
armstrong porter hawkins lawrence perkins hudson payne walsh pearce dunn carr kennedy obrien gardner ferguson warren bradley cunningham
saunders hayes greenwood oneill lawson rose day stone wallace cooke mccarthy barrett williamson dawson bird grant burns francis kaur crawford
nicholson austin duncan stephens macdonald mcdonald hopkins johnston hewitt atkinson watts nelson douglas hardy kerr gordon newman lynch may
bishop bates mann booth woods arnold alexander brooks berry bradshaw freeman baldwin stephenson sutton mckenzie kay morton nash osborne oliver
goodwin rowe fuller robson page moss hobbs holland lamb henderson harding carpenter holloway peters parsons read reed bryant doyle franklin
griffin cross chambers ball gregory goddard wilkins gibbs bird bull cartwright charlton clayton cole coleman connolly cooper craig cross
curtis dale daly daniels davidson dean dennis dickinson dobson dodd donnelly donovan drake driscoll duffy dyer eaton farrell field finch
fitzgerald flynn fraser french frost gallagher gibbons giles glover goodman gough gould green greene hale hammond hancock hanson harper
harrington hartley hayward heath herbert hicks higgins hilton hodgson hogan holden holt hope horton houghton howard howarth howe howell
hughes humphreys humphries hurst hutchinson hyde ingram irwin jarvis jeffery jennings jordan joyce kane kaye keane kemp kent king kirby kirk
knowles lacey lane law leach leonard lester lewis little long lord love lowe lucas lyons mahmood maguire malik manning marsh marsden martin
mcbride mccann mccormack mcgrath mcguire mcintyre mckay mckenna mclean mcleod mcmahon mcnamara mcneill macleod maclean mackenzie mackay
mellor metcalfe middleton miles mohamed mohammed mooney moran morrison mullen mullins myers naylor newton nicholls nixon nolan norman norris
north norton oconnor odonnell ohara okeefe oleary oreilly orourke osullivan otoole parkes parkin parkinson patterson paterson patton peacock
perry pickering plant pollard poole pope potter potts poulter pratt preston prince pritchard quinn randall ray rees reeves regan reilly
rhodes rice richmond riley robertson robins roche rowley rowland ross rush russell sanders sanderson savage scott sharp sharpe shah sheppard
sheridan short simmons simms sims sinclair skinner slater sloan smart smithson snow southern sparks steele stephenson stokes storey
stuart sullivan summers sutherland swift sykes talbot tate thomson thornton thorpe todd tomlinson townsend tucker turnbull tyler underwood
vaughan vincent wade wallis walters walton warner waters watkins weaver webster weston wheeler whitaker whitehead whitehouse whittaker
wilcox wilde wiley wilkes willis winter woodward wyatt yates abbott ashton atkins aldridge appleby archer ashworth ayres bacon banks barber
barlow barr barron barry bartlett barton baxter beattie beck beckett benson bentley best bevan bird black blackburn blackwell blair blake
bolton bond bone boyd boyle brady bray brennan briggs broadbent brookes browne bruce buckley burgess burke burnett burrows byrne cairns
cameron cannon carey carroll carson casey cassidy chadwick chandler christie church clements coates cohen coles connor conway corbett
costello crane crossley crowley cullen currie curran dalton daley darby davey davison delaney dempsey devlin dickson dillon docherty
doherty donaldson donnell downing duggan dunne egan emery english erskine fallon farmer faulkner fenton findlay finlay fitzpatrick flanagan
fleming flood foley forbes forrest forster fowler freeland fry gale galloway garcia gardiner garner garrett geary george gilbert gillespie
gilmore glenn godfrey golding goldsmith goodall grady gunn haines halliday hampson hanna hannah hardman hargreaves harkin harman
harries hatton hawes haywood healy heaton hendry hennessy henry hepburn hewson hickey hinds hodge hodges hodgkinson hollis hood hooper hopper
horne horner hubbard huggins hume hussey hutchison iqbal jacobs jeffries johns jolly judd keating kearney keegan keeling kenny kendall
kershaw kiernan kilgour kinsella knox laing laird lambert lancaster langley large larkin latham laurence leary leslie levy lindsay lister
lockwood lomax lowry lynn macarthur macgregor mackie macmillan madden maher maloney marriott mather maxwell mayer mcallister mcarthur
mccabe mccall mccallum mccarron mcclure mcculloch mcdermott mcdonnell mcewan mcfarlane mcgee mcgill mcginty mcgowan mcgregor mcinnes
mckee mclaren mclaughlin mcmanus mcmillan mcnally mcnulty mcpherson mcqueen mcshane mcvey meadows mercer merritt millar millward milne
milner monaghan monk montgomery moody moon moorhouse morley morrow mortimer moseley mulholland muir munro nash neal neville newell noble
noonan oakley odonoghue ogden oldfield ormerod orr osman owens paine park parr parry partridge patrick paul pearse peck pemberton penn
pepper petrie phelan phillipson pike piper platt pollock porteous power prior pugh purcell quigley rafferty rae ramsay ramsden rankin
raven rawlings redmond reeve reid renshaw richard ridley rigby ritchie roach robson rodgers roe rooney rossi rowan ruane rudd rutherford
salmon samuel sargent sawyer sayer scanlon schofield seymour shannon sharples shields shore silva simon singleton skelton slade
smyth somerville spence squires stafford stanley stanton stark steel stevenson stirling stone strong stubbs swain sweeney tait tanner
thorne thurston tobin tracey travers trueman tully tuttle tyson vernon vickers wakefield waller walmsley warburton ware watt welch welsh
wharton whelan white whitfield whitney whittle wiggins wilks willett winn winters wise wolfe woodcock woodhouse woodley wooldridge worth
wren wynne york
khan ahmed hussain ali begum shah malik iqbal akhtar mahmood hassan bibi khatun miah uddin islam chowdhury choudhury chaudhry chaudhary
choudhry rahman hossain hoque haque haq ullah alam aziz bashir butt dar ashraf anwar aslam arshad afzal akram ansari azam baig bhatti chohan
farooq ghafoor hanif hameed hamid hafeez hayat ikram ilyas jabbar jamil javed kabir karim kazi kausar khalid khaliq latif majid mansoor
masood mirza mohammad mughal mukhtar munir mustafa naeem nawaz naz nazir noor parveen pervez qadir qureshi rafiq raja rana rashid raza rehman
riaz sadiq saeed saleem salim sarwar sattar shaikh sheikh sharif siddiqui siddique sultana syed sultan tahir tariq usman wahid yaqub younis
yousaf zafar zaman zaidi zia abbas abbasi abdullah bhuiyan biswas das dey ghosh sarkar sarker talukdar talukder mondal roy sen saha paul
patel shah mistry desai mehta joshi modi parmar solanki chauhan rathod vyas trivedi pandya bhatt dave amin kapadia lad lakhani gohil
makwana panchal parekh raval sheth soni thakkar thakur vaghela varsani hirani halai pindoria sharma verma gupta agarwal aggarwal bansal
kapoor khanna malhotra chopra arora bhatia sethi anand ahuja kohli mehra nanda puri sahni sood suri talwar tandon vohra wadhwa yadav mishra
pandey tiwari dubey dwivedi shukla tripathi srivastava saxena jain kumar kumari rao reddy naidu iyer iyengar menon nair pillai nambiar kurian
mathew mathews varghese thomas cherian chacko joseph george jacob philip varma krishnan subramaniam subramanian venkatesan raman rajan ramesh
sivakumar selvarajah sivanathan kandiah thambiah perera fernando silva desilva jayasinghe jayawardena wickramasinghe dissanayake gunawardena
rajapaksa bandara herath karunaratne weerasinghe gurung rai limbu tamang magar thapa shrestha adhikari khatri lama pun sherpa acharya
singh kaur gill sandhu sidhu dhillon dhaliwal grewal bains sohal sahota johal bassi bhogal bhamra bedi chahal cheema deol dhami dhanda dosanjh
ghuman hayer hundal kalsi khaira khangura lally lota mahal mangat mann matharu nagra nijjar panesar phull purewal randhawa rai sagoo samra
sangha sanghera saini sekhon sehmi sian sond sura thandi toor uppal virdee virk
mohamed mohamud abdi hassan ali ahmed omar ibrahim farah hussein osman yusuf warsame aden adan abdullahi abdulle jama nur noor ismail
salad sheikh elmi abukar guled hersi duale egal isse ismael haji mahamud mohammud muse musse roble said shire warsame yussuf abebe tesfaye
haile gebre gebremariam tekle tesfamariam woldemariam kidane berhane habte hagos mehari negash tadesse bekele girma worku alemu mekonnen
kebede assefa desta demissie ayele tsegaye yohannes araya asfaha zerai okbay ogbazghi tewolde solomon michael
adeyemi adebayo adeleke adewale adesanya adeniyi adekunle ademola adegoke adeoye adetunji afolabi agboola ajayi akande akinola akinyemi
alabi aluko amusan animashaun arowolo asante ayodele babalola babatunde badmus balogun bamgbose bankole bello coker dada danso edun
egbuna ekpo eze ezeh fadipe fagbemi falade fashola gbadamosi ibe ibrahim idowu igwe iheanacho ikpe ilori iwu kalu lawal madu makinde
mbah musa nduka nnadi nwachukwu nwankwo nwosu obi odunsi ogbonna ogundipe ogunleye ogunbanjo ojo okafor okeke okereke okonkwo okoli okoro
okoye okoh oladipo olaniyan olatunji olawale olayinka olowu oluwole omotosho onuoha onwuka onyeka opara orji osagie oshodi otunla owolabi
oyedele oyelaran salami salako sanni shittu shonibare sowande taiwo thompson tijani ude ugwu umar uzor williams yakubu yusuf
mensah owusu boateng asare appiah osei addo adjei agyeman agyemang amoah amponsah ankrah annan ansah antwi arthur asamoah asiedu awuah
badu bonsu boakye darko donkor duah frimpong gyamfi gyasi kumi kwarteng nkansah nkrumah nyarko obeng ofori oppong opoku osafo quaye
quarshie sarpong tetteh twum yeboah bah barry camara ceesay cisse conteh diallo diop fall fofana gaye jallow jalloh jobe kamara kabba koroma
mansaray ndiaye njie sanneh sesay sillah sowe sow suleiman touray toure traore turay bangura kargbo
moyo ncube ndlovu sibanda dube nkomo mpofu nyathi chikwanha chirwa banda phiri mwale mutasa makoni mugabe musara gumbo marufu chiweshe zulu
dlamini nkosi khumalo mbeki naidoo govender kamau mwangi kariuki njoroge njuguna otieno odhiambo ochieng onyango wanjiru omondi kiplagat
cheruiyot koech mutua musyoka mukasa ssemakula nsubuga okello kato namutebi kizito lubega musoke tembo mulenga chanda lungu kabila ilunga
mbala nsimba kalala mukendi tshibangu matondo makiese domingos
campbell grant gordon morrison brown francis henry bailey reid walters lindo blackwood bogle clarke dacosta dyer facey gayle graham
grizzle hibbert hinds lindsay livingston mckenzie mcfarlane mclean mcleod nembhard palmer pinnock powell pusey rowe salmon samuels
senior shand simms spence thelwell tulloch wray alleyne baptiste braithwaite browne charles cumberbatch cummins drakes edghill forde
gittens greenidge haynes holder jordan joseph marshall pierre prescod ramdin persaud singh ramsaran ramnarine rampersad mohan maharaj
chan wong cheung lee leung lam ho ng cheng lau tang tam lai yip chow chu chung fung ip kwan kwok law li lo lui mak man mok pang poon siu so
sung suen szeto to tsang tse tsui wan wu yau yeung yip yiu yu yuen wang zhang liu chen yang huang zhao zhou xu sun ma zhu hu guo he gao
lin luo zheng liang xie tang song deng han feng cao peng zeng xiao tian dong pan yuan cai jiang jia wei xue ye yan du dai xia zhong ren
fan fang shi liao nguyen tran pham huynh phan vu vo dang bui doan duong truong dinh trinh ly luong mai cao tanaka suzuki sato watanabe
yamamoto kim park choi jung kang cho yoon jang lim tan goh koh ong teo chua
nowak kowalski kowalska wisniewski wisniewska wojcik kowalczyk kaminski kaminska lewandowski lewandowska zielinski zielinska szymanski
szymanska wozniak dabrowski dabrowska kozlowski kozlowska jankowski jankowska mazur kwiatkowski kwiatkowska wojciechowski krawczyk kaczmarek
piotrowski piotrowska grabowski grabowska nowakowski pawlowski michalski michalska adamczyk dudek zajac wieczorek jablonski krol majewski
olszewski jaworski wrobel malinowski pawlak witkowski walczak stepien gorski rutkowski michalak sikora ostrowski baran duda szewczyk
tomaszewski pietrzak marciniak wroblewski zalewski jakubowski jasinski zawadzki sadowski bak chmielewski wlodarczyk borkowski czarnecki
sawicki sokolowski urbanski kubiak maciejewski szczepanski kucharski wilk kalinowski lis mazurek wysocki adamski kazmierczak wasilewski
sobczak czerwinski andrzejewski cieslak glowacki zakrzewski kolodziej sikorski krajewski gajewski szymczak szulc baranowski laskowski
popescu popa ionescu radu dumitru stan stoica gheorghe matei ciobanu rusu munteanu constantin marin lazar florea stanciu ene nistor
ilie barbu toma moldovan cojocaru dinu tudor vasile ungureanu dragomir neagu sandu preda oprea voicu enache anghel nicolae lungu
ivanov ivanova petrov petrova dimitrov dimitrova georgiev georgieva todorov todorova stoyanov nikolov nikolova iliev ilieva kolev angelov
kazlauskas petrauskas jankauskas stankevicius vasiliauskas butkus paulauskas urbonas kavaliauskas berzins ozols kalnins bondarenko
shevchenko kovalenko kravchenko tkachenko melnyk boyko oliynyk kovalchuk ivanenko popov volkov smirnov kuznetsov sokolov novikov hoxha
gashi krasniqi berisha shehu hysa kola prifti dervishi horvath nagy szabo toth kovacs varga molnar novak svoboda dvorak horvat jovanovic
petrovic nikolic markovic
silva santos ferreira pereira oliveira costa rodrigues martins sousa souza fernandes goncalves gomes lopes marques alves almeida ribeiro
pinto carvalho teixeira moreira correia mendes nunes soares vieira monteiro cardoso rocha neves coelho cruz cunha pires ramos reis
simoes antunes matos fonseca machado araujo barbosa tavares lima freitas barros dias garcia martinez rodriguez lopez gonzalez perez
sanchez ramirez torres flores rivera gomez diaz reyes morales ortiz gutierrez chavez ramos ruiz alvarez mendoza castillo jimenez
moreno romero herrera medina aguilar vargas castro guzman fernandez munoz rojas ortega delgado vega suarez molina navarro dominguez
blanco serrano gil cortes quispe mamani restrepo ospina cardona arango zapata rossi russo ferrari esposito bianchi romano colombo
ricci marino greco bruno gallo conti deluca mancini costa giordano rizzo lombardi moretti barbieri fontana santoro mariani rinaldi caruso
ferrara galli martini leone longo gentile martinelli vitale muller schmidt schneider fischer weber meyer wagner becker schulz hoffmann
koch bauer richter klein wolf schroder neumann schwarz zimmermann braun kruger hartmann lange werner krause lehmann dubois durand
leroy moreau lefebvre leroux bertrand roux fournier girard bonnet dupont lambert fontaine rousseau vincent muller lefevre faure andre
mercier blanc guerin boyer garnier chevalier janssen devries bakker visser jensen nielsen hansen pedersen andersen christensen larsen
sorensen olsen johansson andersson karlsson nilsson eriksson
georgiou andreou christodoulou constantinou charalambous demetriou ioannou kyriacou michael nicolaou panayiotou papadopoulos
savva stavrou theodorou antoniou hadjigeorgiou kyriakou loizou neophytou pavlou petrou philippou yilmaz kaya demir celik sahin yildiz
yildirim ozturk aydin ozdemir arslan dogan kilic aslan cetin kara koc kurt ozkan simsek polat korkmaz cakir erdogan aksoy bulut
mehmet hassan osman huseyin mustafa hosseini ahmadi mohammadi karimi hashemi rezaei moradi jafari rahimi ebrahimi akbari sadeghi
kazemi ghorbani tehrani shirazi esfahani farahani alizadeh hosseinzadeh nazari ahmadzai stanekzai noori haidari sultani popal karzai
alhassan alali alhussein almahdi alsayed elsayed abdelrahman abdelaziz ahmad awad aziz bakr darwish elamin fadel farouk ghanem haddad
hamdan harb hijazi jaber kassem khalil khoury mahdi mansour masri mikhail moussa nasser naser nasr qasim rashed sabbagh saleh salem
shaheen shamsi suleiman taha tawfik yassin zaki benali bouzid bensaid haddou elidrissi bennani tahiri alaoui idrissi
delacruz santos reyes cruz bautista ocampo garcia mendoza torres castillo ramos flores villanueva aquino mercado dizon manalo salazar
soriano pascual domingo valdez aguilar macaraeg dimaculangan cohen levy goldberg goldstein katz friedman rosenberg shapiro
greenberg weiss klein schwartz stern rosen kaplan segal bernstein gluck grunwald halpern landau lipschitz perlman rabinowitz roth
rubin schreiber spitzer steinberg stern teitelbaum weisz weinberg
`
