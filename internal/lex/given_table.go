package lex

// givenTable holds given names common among people who live in the UK, by the
// tradition they come from and roughly by how often they are met; folded. It is
// written from general knowledge and is no census: a name that is missing is
// still found where a register holds it; one that many traditions share may stand
// more than once, and its first place counts.
const givenTable = `
john david michael james robert william richard thomas mark paul andrew stephen peter christopher daniel matthew anthony steven ian alan
kevin brian graham simon martin philip jonathan adam jason neil nicholas keith gary colin stuart barry derek roger raymond dennis trevor
kenneth geoffrey ronald donald malcolm gordon douglas leslie norman terence frank albert arthur harold ernest stanley sidney walter fred
frederick george charles edward henry joseph samuel benjamin jack harry oliver alfie charlie jacob noah oscar leo archie theo freddie
joshua ethan lucas max mason isaac dylan logan toby finley sebastian harrison elijah reuben jude louie tommy teddy arlo ralph rory
luke nathan ryan aaron connor callum liam jordan kyle lewis jake bradley scott craig lee darren wayne dean carl gareth glenn duncan
ross russell julian adrian damian dominic timothy jeremy nigel clive maurice vincent patrick hugh howard leonard lawrence laurence
gerald gerard bernard cecil cyril edgar edwin francis gilbert herbert horace hubert percy reginald rupert victor wilfred clifford
desmond eric ernie bruce roy ray ron don ken len les reg sid stan ted tony terry tom tim steve stephan greg gregory geoff jeff
jeffrey jim jimmy joe jon johnny rob robbie rick ricky mike mick mickey nick nicky matt dan danny dave davey chris alex alexander
alistair alastair alasdair andy ben billy bill bob bobby brendan barney bertie brett byron cameron chad chester clarence claude
clement conrad cornelius curtis damien darius darryl daryl denis dexter dudley dwayne dwight earl eddie edmund elliot elliott ellis
elton emmanuel errol evan felix fergus fraser gabriel gavin gene giles godfrey guy hamish harvey hector hugo humphrey irving ivan
ivor jamie jared jasper jay jerome jesse joel jonah josh justin kane kelvin kirk kurt lance leon leroy lester levi lionel lloyd
luther marcus marshall maxwell melvin mervyn miles milton mitchell monty morgan morris moses nathaniel ned nelson neville nicolas
noel ollie omari orlando otis owen perry preston quentin randolph raphael rhys rodney roland rowan rudolph rufus sam sammy sean
shane shaun sheldon silas solomon spencer stewart tobias travis tristan tyler tyrone vernon wesley wilbert winston zachary zack zak
ashley aidan blake brandon caleb carter cody corey dale darcy declan finlay frankie grayson hayden hudson hunter jaxon jayden jenson
joey kai kaiden kian kieran lachlan marlon myles parker quinn riley roman rowen ronnie seth taylor tate theodore vinnie zane

mary margaret elizabeth patricia susan barbara christine jean linda sandra jacqueline karen julie angela helen sarah jennifer janet
carol carole ann anne anna joan dorothy sheila jane judith diane diana elaine lesley lynn lynne gillian maureen pauline eileen joyce
doreen irene brenda kathleen marion marian hazel beryl betty vera edna gladys phyllis winifred hilda ethel doris elsie florence
edith marjorie audrey muriel freda norah nora ivy lily violet rose iris olive mabel maud nellie ada alice amelia agnes annie
emily olivia isla ava ella mia amelie freya evie poppy isabella sophie sophia grace lily ruby charlotte daisy jessica chloe lucy
emma hannah rebecca rachel laura amy gemma kelly lisa nicola michelle claire clare louise samantha victoria natalie danielle
kirsty kerry leanne stacey tracey tracy sharon deborah debbie debra dawn donna denise beverley beverly heather wendy alison
amanda mandy joanne joanna jo catherine katherine kathryn katie kate kathy cathy caroline carolyn charlene cheryl cindy clara
claudia constance cora coral cordelia crystal cynthia daphne deirdre delia della delphine dinah dolly dora edie eleanor elena
elise eliza ellen ellie elouise elspeth emilia emmeline enid erica erin estelle esther eunice eva evelyn faith faye felicity
fern fiona frances francesca gabrielle gail gaynor georgia georgie georgina geraldine gertrude gina ginny glenda glenys gloria
greta gwen gwendoline harriet harriette hattie hayley henrietta hermione hester hilary holly honor hope imogen ingrid iona
isabel isabelle isobel jackie jacqui jade jan janette janice janine jasmine jayne jeanette jeannie jemima jenna jenny jess
jessie jill joan jocelyn jodie josephine josie joy joyce juanita judy julia juliana julianne juliet june justine karina kate
katrina kay kayleigh keira kelsey kendra kim kimberley kimberly kirsten kitty kristen kristina kylie lara lauren lavinia leah
leigh lena leona leonie leticia libby lilian lillian lillie lindsay lindsey liz liza lizzie lois lola lorna lorraine lottie
lucinda lucia lulu lydia lynda lynette lynsey mabel maddison madeleine madeline madison maggie maisie mandy marcia margery
margot maria marie mariah marianne marie marilyn marina marlene martha martina matilda maud mavis maxine maya megan melanie
melissa melody mercy meryl millicent millie mimi minnie miranda miriam mirabel moira mollie molly mona monica morag muriel
myra myrtle nadia nadine nancy naomi natasha nell nettie nicole nina nola octavia odette olga olwen orla pam pamela pansy
patience patsy patti paula pearl peggy penelope penny petra philippa phoebe pippa polly priscilla prudence rachael ramona
roberta robyn rosalie rosalind rosamund rosanna roseanna rosemary rosie rowena roxanne ruth sabrina sadie sally sara savannah
scarlett selena selina shannon sharlene sheena shelley sherry shirley sian sienna skye sonia sonya stella stephanie steph sue
summer susannah susanna susie suzanne suzie sybil sylvia tabitha tamara tamsin tania tanya tara teresa terri tessa thea thelma
theresa tia tiffany tilly tina toni tricia trudy una ursula valerie val vanessa velma verity veronica vicky vicki viola
virginia vivian vivien vivienne wanda wilhelmina willow yasmin yvette yvonne zara zena zoe aimee abigail abbie alana alexa
alexandra alexis alicia alina alisha alma amber anastasia andrea angel angelica angelina anita annabel annabelle annette
antonia april arabella ariana arlene aurora beatrice beatrix becky belinda bella bernadette bernice bertha bessie bethany
beth bianca blanche blossom bonnie bridget bridie britney bronte bryony camilla candice cara carla carly carmen carrie
cassandra cassie cecilia cecily celeste celia chantelle charity charmaine chelsea cherie christina chrissie cicely connie
courtney daniella darcey demi desiree dionne edwina effie elodie elsa elvira emmie esme ettie eve fallon flora fleur florrie
freida gaby gemma genevieve germaine gracie heidi helena hetty india isadora ivana jacinta janelle jeanne jemma joanie
jorja justina kara kaitlyn katy kenya kiera kirstie lacey lana larissa laurel leila lexi lila lilly lorena lorraine louisa
luna lyra mae magdalena maia margo mariana martine maryam mckenzie melinda mercedes merle merryn mya myla nia noelle ocean
olivia ottilie paige patrice penelope perdita primrose rhian rhiannon rhoda romilly rosa rosaleen roisin roxy sasha saskia
seraphina shauna sheryl sinead siobhan sophia suki tallulah tegan trixie winnie wren xanthe zelda zola

angus archibald callan campbell coinneach dougal dougie ewan ewen euan finn gregor hamish iain innes keir kenny lachie malky murdo murray
ranald roddy ruaridh ruairidh rory sandy sholto torquil aileen ailsa catriona eilidh elspeth fionnuala ishbel isla jeanie kirstin mairi
mhairi morven muireall rhona rona shona senga sheena sorcha una
aled alun bryn cai carwyn ceri cerys dafydd delyth dewi dilys dylan eirlys elin eluned emlyn emrys ffion gethin geraint glyn glenys
goronwy gruffydd gwenllian gwyn gwyneth hefin huw hywel idris iestyn ieuan ifan iolo iorwerth iwan lowri llewelyn llinos llyr macsen
mair mali mared marged megan meinir menna meredith meurig myfanwy nerys nesta osian rhodri rhydian rhys sioned sian siwan steffan tomos
tudor angharad anwen arwel bethan branwen bronwen carys catrin
aisling aine aoife ardal bairbre brendan brid brigid caitlin caoimhe cathal ciara ciaran cian cillian clodagh colm colman conall conor
cormac cathleen daithi darragh deaglan declan dermot diarmuid donal donncha donough eamon eamonn enda eoghan eoin erin etain fergal
fiachra finbar finola fintan fionn fionnuala gearoid grainne imelda jarlath kathleen kieran killian lorcan mairead maeve malachy
maura mairtin michael micheal muireann myles naoise neasa niall niamh nuala oisin oonagh orlaith padraic padraig pearse phelim proinsias
roisin ronan ruairi rory saoirse seamus sean senan shay sinead siobhan sorcha tadhg teague tiernan tomas treasa ultan una

mohammed muhammad mohammad mohamed muhammed mohamad ahmed ahmad ali hassan hasan hussain hussein husain ibrahim ismail yusuf yousuf
yousef youssef omar umar usman uthman osman abdullah abdul abdulrahman abdur abdirahman rahman khalid khaled bilal hamza imran
irfan kamran adnan asif atif arif tariq tahir nasir nadeem naveed nabeel shahid shahzad saeed said sajid salman sami sameer
waqas waseem wasim yasir yasin zahid zubair zeeshan zain zayn zayd rehan rizwan rashid rafiq qasim parvez pervez pervaiz mushtaq
murtaza mustafa munir mudassar mubarak mansoor mahmood mahmoud majid liaqat latif kashif junaid javed javid jamil jamal jameel iqbal
ijaz ilyas idris haroon harun haris hafiz habib gulam ghulam faisal faizan fahad farhan farooq faruk fayaz ehsan danish danyal
bashir babar azhar azam ayub ayaan ayan aziz ashraf asad arslan anwar anas aman amjad amir aamir ameer akram akbar afzal adil adeel
aqib saqib sohail suhail shafiq shakeel shabir sharif shoaib sikander sultan tanveer tauseef umair uzair wajid yaqub yahya zafar zaheer
zakir zaman zia zulfiqar mikail musa isa eesa isaaq dawud daud suleman sulaiman hashim hisham mujahid mohsin moeen moin misbah
fatima fatimah fathima aisha ayesha aishah aaliyah aliyah amina aminah ameena khadija khadijah maryam mariam zainab zaynab zahra zara
sana sara sadia saima samina samira sameera shabana shabnam shagufta shaheen shaista shamim shazia sidra sobia sofia sumaira sumaya
sumayyah tahira tasneem tabassum uzma yasmin yasmeen yusra zoya zubaida zulekha zakia rabia rukhsana rubina razia rashida raheela
parveen parvin noor nasreen nasrin nasima najma nazia naheed nadia mumtaz mehwish mehreen maria mahnoor madiha lubna kulsum kiran
kausar iqra irum inaya huma hina hira hafsa hafsah haleema halima habiba gulshan ghazala ferdous farzana farah fariha farida
faiza bushra bibi begum benazir batool asma ambreen alia aleena afshan adeeba anisa aneesa arooj asiya atiya ayat azra
raj rajesh ramesh suresh mahesh dinesh mukesh rakesh naresh ganesh jayesh hitesh nilesh nitesh kalpesh bhavesh jignesh alpesh paresh
kamlesh yogesh sanjay vijay ajay anil sunil manoj ashok vinod deepak dipak rahul rohit rohan amit sumit vikram vikas vivek vishal
varun arun arjun aryan anand ankit ankur ashish abhishek aditya akash akshay anish anuj bharat chetan chirag darshan dev devan dhruv
gaurav gopal govind harish hemant hiren jagdish jai jitendra karan kartik kaushik kiran kishan kishore krish krishna kumar kunal lakshman
manish mayur mehul milan mitesh mohan nayan neel neeraj nikhil nikesh nimesh nirav nishant parth piyush pradeep prakash pranav prashant
pravin praveen prem rajan rajeev rajiv rajendra rajinder raju ravi rishi sachin sagar sandeep sanjeev satish shailesh shankar sharad shiv
shreyas siddharth subhash sudhir surendra tarun tejas uday umesh vimal vinay viren vipul yash
priya pooja puja neha nisha nita neeta rita ritu rekha radha radhika rani rashmi reena renu roshni rupa sangita sangeeta sarita seema
shanti sharmila sheetal shilpa shobha shreya smita sneha sonal sonali sunita sushila swati tanvi tejal trupti urmila usha uma vandana
varsha vidya vimala aarti aarti aditi alka alpa amisha amrita ananya anjali anju ankita anushka aparna archana asha avani bhavna bhavini
bindu chandni chandrika daksha darshana deepa deepika dhara dipti divya gayatri geeta gita hansa hasumati heena hema hetal indira ila
jagruti jaya jayshree jyoti kajal kala kalpana kamala kanta kavita kinjal komal krupa kusum lakshmi lalita lata leela madhu malti
mamta manisha manju manjula maya meena meera megha minal mina mohini mukta nalini nandini nayna neelam nilam nirmala nimisha parul
pallavi pratibha preeti priti priyanka purnima pushpa
harpreet gurpreet manpreet jaspreet amarjit amandeep amrit balbir baldev balvinder balwinder balwant bhupinder charanjit daljit davinder
dilbagh gagandeep gurbachan gurdeep gurdip gurjit gurmit gurmeet gurmukh gursharan gurvinder harbans harbhajan hardeep hardip harjinder
harjit harjot harminder harvinder inderjit jagdeep jagjit jagtar jarnail jasbir jasdeep jaskaran jasmeet jasmine jasvinder jaswant
jaswinder jatinder joginder kamaljit karamjit karanjit kashmir kulbir kuldeep kuldip kulvinder kulwant kulwinder lakhbir lakhvinder
mandeep maninder manjinder manjit manjot manvir mohinder mukhtiar navdeep navjot onkar paramjit parminder parmjit piara pritam rajbir
rajdeep rajinder rajvinder rajwant ranjit ranvir ravinder rupinder sarbjit satnam satwinder simran simranjit sukhdeep sukhdev sukhjinder
sukhjit sukhpreet sukhvinder sukhwinder surinder surjit swaran tajinder tarlochan tejinder varinder
abul aklima anamul anwara aklakur azizur badrul delwar enamul fazlul forhad habibur iqramul jahanara jannat jahid joynal kamrul lutfur
mahbub mahfuz mamun masud mizanur monir mosharraf motiur mujibur nazmul nazrul nurul rafiqul rezaul rofique ruhul sabina saiful salma
shafiqul shah shahanara shamsul shajahan sheikh siddiqur sirajul tahmina taslima toslima zahidul ziaur
rukshana sultana khatun momtaz nazma rahima rehana rokeya ruksana shireen
nimal sunil kamal chaminda nuwan ruwan lasantha roshan dilshan thilini nadeesha chamari sivakumar rajkumar selvam murugan kumaran
thanushan kavitha vasanthi yogeswari siva tharshini suganthini ganeshan mahendran nadarajah krishnan lakshmi balasubramaniam venkat
venkatesh srinivas ramakrishna subramanian karthik senthil anand padma saraswati sarojini deepthi
bahadur bishnu dil gyan hari indra kul man om padam prem purna sita surya tika tulsi sarmila sabita sunita binod bikash

abdulaziz abdulkadir abdullahi abdikarim abdirashid abdiaziz abdifatah abdinasir abdiwahab abdi abukar aden adan ayaanle barre bashiir cabdi
dahir deeqa duale elmi farah farxiya fadumo faduma faisa falis fardowsa filsan fowzia guled gedi habiba hani halimo hamdi hibaaq hibo hodan
hodon ifrah idil ikran ilhan istahil jama kadija kaltun khadra ladan leyla liban luul maryan mahad mahamed mahdi muna munira mumin mursal
nasra nimco nimo nuur omer qamar raage rahma ridwan roble sacdiya safiya sagal sahra saido samatar sucaad suad sulekha ubah warsame warsan
yahye yasmiin yonis yurub zamzam zeinab
abebe abel aklilu alem alemayehu almaz amanuel amare aster azeb bekele berhane bereket betelhem biniam biruk birhan dagmawi daniel dawit
demeke elsa ephrem ermias eyob eyerusalem feven fikre fitsum freweini genet getachew girma goitom haben habtom hagos haile helen hermon
hiwet isaias kebede kidane lemlem letebrhan luwam mebrahtu medhanie meheret mehari meron merhawi mesfin mihret mikael milena mulu negassi
rahel robel ruta saba samrawit samson selam selamawit semhar senait simon sirak solomon tadesse tedros teklay temesgen tesfay tesfaye tigist
tirhas tsegay tsehay weldu winta worku yared yemane yohannes yonas yordanos zeray zewdi
amr ashraf ayman bassam bassem dalia eman fadi fadia fares firas ghada ghassan hadeel hadi haifa hala hana hanan haneen hatem hazem heba hiba
hossam huda iman ines issam jalal jihad karim khadeeja kareem lamia layla lina loubna maher mahir malak marwa marwan maysa mazen medhat mohsen
mona mouna mounir muna nabil nada nader nadir naji najat nawal nermin nesma nidal nizar noha nour nora noura omnia othman rabih raed rafik ragheb
rami rana rania rasha rayan reem riad rima riyad ruba saad sabah sadiq safaa sahar salah salem salim salma saleh samar samir samira sanaa sara
sawsan seif shadi shadia shaimaa sherif sherine souad suha taha talal tamer tareq wael wafa walid waleed wissam yara yasser younes zakaria zaki
zeina ziad zineb abdelkader abdelaziz abdelrahman abderrahim aicha amal amani amine anouar assia aymen bouchra brahim driss fadila fadma fatiha
fatna hafida hakim hamid hassane hicham houda ilham ilyes jamila kamal kamel khalil laila lahcen larbi leila loubna mehdi mohand mokhtar mounia
mourad mouloud nacer naima najib nassim nawel noureddine omar rachid rachida redouane sabrina said salima samia sofiane soraya souhail tarik
yacine yamina younes zohra
ayatollah abbas alireza amirhossein ardeshir arash arezoo ashkan azadeh bahar bahareh bahman bahram behnam behrouz behzad bijan dariush davood
donya ebrahim elaheh elham elnaz esmail fariba farid farideh farnaz farshad farzad farzaneh fatemeh fereshteh firouzeh forough ghazal golnaz
golnar hamed hamidreza hengameh hooman hossein houman iraj jafar javad kamran kaveh kayvan keivan khosrow kianoush kourosh laleh leili mahin
mahnaz mahsa mahtab mahyar maliheh mandana mansour maryam masoud massoud mehran mehrdad mehrnaz minoo mitra mojgan mojtaba morteza nader nahid
narges nasrin navid nazanin neda negar negin niloofar nima nooshin omid pantea parastoo parisa parvaneh parviz payam pedram pejman peyman pooya
pouria ramin reza roksana roya rostam roozbeh saeid sahar said saman samaneh sanaz sara sasan sepideh setareh shahab shahin shahla shahram
shahrzad shapour shervin shideh shirin shiva shohreh siamak simin sina siavash soheila sohrab soraya tahereh tannaz taraneh vahid yalda zari zhila
zohreh zabihullah abdulhadi gul gulalai hamidullah hekmatullah karima mirwais nangyalai najibullah obaidullah palwasha sediqa shukria wazhma
zalmai zarghona azadi berivan bawar chra dilan dilsoz hawre hiwa karwan kawa khasro nasreen rebaz rebin rebwar rojin sherzad shwan soran sirwan
zana zheen
ahmet mehmet mustafa huseyin hasan ibrahim ismail osman yusuf murat emre burak can cem deniz ercan erdal erdem erhan erkan erol ersin fatih
ferhat gokhan gultekin hakan halil hakki hikmet ilker ilhan kadir kaan kemal kenan koray levent mert metin okan oktay omer onur orhan ozan
ozgur ozkan recep riza sedat selcuk selim serdar serhat serkan sinan suleyman tarkan tamer tolga tuncay turgut ufuk umit ugur volkan yasar
yavuz yilmaz zafer ayse fatma emine hatice zeynep elif merve esra derya dilek ebru ece esma fidan filiz gul gulay gulsen gulten hacer hande
havva hulya kubra leyla melek meltem meryem mine muge nazli nesrin neslihan nilgun nuray nurcan nurten ozge ozlem pelin pinar rabia sevda
sevgi sevim sibel songul sultan tugba tulay yeliz yesim zehra zeliha aylin aysel aysun aynur asli arzu
adebayo adekunle ademola adeola adeyemi adewale adetokunbo adunni abimbola abiodun abiola abosede akinwale akin akinola ayodele ayo ayomide
ayotunde babajide babatunde bamidele bankole bisi bola bolanle bukola damilola dapo dare dayo dele dotun ebunoluwa ebun femi folake
folashade folasade funmi funmilayo funke gbenga gbemisola ibukun idowu ife ifeoluwa iyabo jide jumoke kayode kehinde kemi kola kolawole
kunle lanre lekan modupe mojisola morenike niyi nike ola oladele olabisi olajide olamide olanrewaju olatunji olayinka olu olubunmi
olufemi olufunke olumide olumuyiwa olusegun olusola oluseun oluseyi olutayo oluwadamilare oluwadamilola oluwaseun oluwaseyi oluwatobi oluwatosin
omolara omotola omowunmi opeyemi rasheed remi ronke rotimi sade segun seun seyi shola simisola sola taiwo tayo temi temitope
temilade titi titilayo titilola tobi tokunbo tolu toluwani tope tosin tunde tunji wale wole yemi yemisi yetunde yinka
adaeze adanna amaka amarachi amobi anayo azubuike bright chiamaka chibueze chibuike chibuzo chidera chidi chidinma chidozie chiedu chijioke chika
chikezie chima chimamanda chinasa chinedu chinelo chinenye chinonso chinwe chinyere chioma chisom chizoba chuka chukwudi chukwuemeka chukwuma
ebele ebuka echezona efe ejike ekene emeka emenike ezinne favour godwin goodluck ifeanyi ifeoma ify ijeoma ikechukwu ike ikenna innocent
kachi kelechi kenechukwu kosi ndidi ngozi njideka nkechi nkem nkiru nnamdi nneka nnenna nonso nwando obi obinna obiageli obioma okechukwu
okwudili onyeka onyekachi onyinye osita ozioma precious promise sunday monday somto sopuru uche uchechi uchenna ugo ugochi ugonna uju uzoma
zikora aminu abubakar abdulmalik bello danjuma garba haruna hauwa ibrahim jummai kabiru ladi lami musa rakiya sani shehu talatu usman yakubu
zainabu efosa osaze osagie osaro osas eghosa isoken itohan omorede efe ese oghenekaro tega voke
abena abenaa adjoa adwoa afia afua akosua akua ama amma ampofo araba asantewaa baaba efua ekow ekua esi esther fiifi kobby kobina kofi kojo
kwabena kwadwo kwaku kwame kwamina kwasi kweku kwesi maame mawuli nana nii paa papa sena selasi sefakor serwaa yaa yaaba yaw yoofi mensah
selorm dzifa elorm edem kafui fatou fatoumata aminata mariama isatou binta bintou ousmane mamadou amadou alhaji alpha ansumana aissatou awa boubacar
cheikh demba ebrima hawa idrissa kadiatou kadija kumba lamin lamine mabinty modou moussa musu ndeye oumar oumou sainabou sheku sorie souleymane
salimatu tijan yankuba zainab
wanjiku wambui wairimu waithera wangari wanjiru muthoni nyambura njeri njoroge kamau kariuki mwangi maina kimani otieno ochieng achieng akinyi
atieno adhiambo auma awino onyango odhiambo wafula nekesa jelagat cherono chebet chepkoech kiprono kipchoge kiplagat kipkemboi mumbua mutua
mwende ndunge juma rehema salim zawadi amani baraka neema imani furaha upendo asha mwanaisha mwajuma halima hadija saida nakato babirye kato
wasswa nakku nalubega namukasa nansubuga nantongo namutebi ssebunya kizza mukasa musoke okello opio akello apio ocen odongo tendai tafadzwa
tapiwa tatenda tinashe tinotenda kudzai kudakwashe farai fungai blessing chiedza chipo rudo rumbidzai ruvimbo nyasha munashe munyaradzi
shamiso simba simbarashe takudzwa tanaka tariro tsitsi vimbai zanele thandi thandiwe thabo themba sipho sibusiso nomsa nomvula nokuthula
nkosana lindiwe lerato bongani busisiwe ayanda mandla mpho palesa refilwe tebogo thulani vusi zodwa sizwe
beyene chanel claudette clive clyde cuthbert delroy desrene devon donovan dorrett elroy everton fitzroy garfield glenroy hyacinth ianthe
inez ivorine jermaine jahmal kadeem keisha kemar kenroy kerrick kwaku lascelles latoya leroy linval lorna marcia marlon marva maverick
melvina merlene monique neville norma odane okeino omari oneil orville paulette pernell rasheda roxroy shanice shaniqua shantel shanelle
sherwin tanisha tashana tevin tremaine trevaughn tyreke tyrell tyrese vashti venetia verona vinette winsome winston yanique yolanda
zephaniah deandre dejuan jaheim jaden kymani lashawn malachi marquis nathanial rashaun reshaun shaquille tamika tiana tianna tyler zion

wei ming hui jing ying xin yan li mei lin hong hua jun lei bin bo chao chen cheng dan dong fang fei feng gang guang hai hao heng jia jian jie
jin juan jing kai lan lei liang ling lu min na ning peng ping qi qiang qin qing rong rui shan shu tao ting wen xia xiang xiao xiaohong
xiaoming xiaoyan xiaoli xinyi xiuying xu xue xueying yang yi yifan yihan yin yong yu yuan yue yun yuting yuxuan zhen zheng zhi zhong zihan
zixuan ziyi haoran haoyu yichen mingze jiahui jiayi weijie weiming chunhua chunyan guoqiang jianguo jianhua jianjun lihua liping liwei meiling
meihua minghua shufen siyu sijia xiuzhen yulan yumei yuhua zhigang zhiqiang
waiman kwok kwan kinman kaming kaho kayan hoyin hoi hingwah chiwai chiming cheuk chun chung fong fung hang hiu hoyan kahei karyan kit kiu
laiyee lok manyee mankit mei ming ngai pui puiyee saiho shing siuling siu suet sze tak tszching tsz wah wai waiyee waiting wing wingyan winnie
yat yee yiu yuk yukling yuen
anh bao binh chau chi cuong dang dinh dung duc duong giang ha hai hanh hien hieu hoa hoang huong huyen khanh kien lam lan linh loan long minh
mai my nam nga ngan ngoc nguyet nhung nhi phong phuc phuong quan quang quoc quynh son tam tan thanh thao thi thinh thu thuy tien toan trang tri
trinh trung tu tuan tung tuyet van viet vinh vy xuan yen
haruka hiroshi kenji kenta mariko naoko satoshi takashi yoko yuki akiko keiko hiroko yumi jisoo jiwoo jihoon minjun seoyeon soojin sungho hyun
eunji youngmin minseo hyejin jiyoung

piotr krzysztof andrzej tomasz pawel michal marcin grzegorz jerzy tadeusz adam lukasz zbigniew ryszard kazimierz mariusz dariusz robert jakub
mateusz wojciech henryk rafal jacek janusz miroslaw maciej slawomir jaroslaw kamil wieslaw roman wladyslaw przemyslaw arkadiusz sebastian czeslaw
edmund zygmunt dawid damian bartosz bartlomiej artur leszek boguslaw zdzislaw stefan szymon filip stanislaw radoslaw waldemar dominik hubert
patryk kacper konrad bogdan witold eugeniusz ireneusz karol oskar wiktor igor aleksander
agnieszka katarzyna malgorzata anna barbara ewa krystyna magdalena elzbieta joanna aleksandra zofia monika teresa danuta natalia karolina marta
jadwiga beata dorota janina alicja jolanta grazyna iwona paulina justyna zuzanna bozena wiktoria urszula julia hanna renata sylwia agata
patrycja maja izabela emilia aneta weronika ewelina oliwia halina klaudia marzena wieslawa kinga wanda gabriela lucyna kamila miroslawa
kazimiera edyta aldona bogumila celina dagmara daria dominika elwira felicja genowefa honorata irena kornelia lidia ludwika marlena milena
nikola otylia regina roza stanislawa stefania violetta wioletta zaneta
ion gheorghe vasile constantin nicolae dumitru mihai mihail andrei alexandru cristian florin gabriel adrian marian daniel ionut bogdan
catalin ciprian claudiu cosmin costel cristinel cornel corneliu danut dorin dragos eduard eugen emil emilian felix george horatiu ilie
iulian laurentiu liviu lucian marcel marius mircea narcis nelu octavian ovidiu paul petre petru radu razvan remus robert sebastian
sergiu silviu sorin stefan teodor tiberiu traian tudor valentin valeriu victor viorel virgil vlad vladut elena ioana mihaela andreea
alina adriana alexandra ana anca andrada aurelia bianca camelia carmen claudia corina cornelia cristina daniela delia denisa diana
doina ecaterina elisabeta florentina gabriela georgeta georgiana gina ileana ionela iulia laura larisa lavinia lenuta liliana loredana
lucia luminita madalina magda maria mariana marinela marioara mirela monica nicoleta oana olga otilia paula petronela raluca ramona
roxana ruxandra sanda silvia simona sorina stefania steluta tatiana teodora valentina vasilica veronica victorita viorica
georgi ivan dimitar nikolay hristo stoyan todor petar vasil angel plamen krasimir rumen lyubomir vladimir yordan ventsislav zdravko kaloyan
boyan boris mladen asen desislava ivanka tsvetelina radka rositsa silviya snezhana stanka stefka teodora todorka tsvetanka vesela violeta
yana yordanka zornitsa albena anelia antoaneta bilyana boryana denitsa ginka
andrius arvydas darius domantas edvinas gediminas gintaras jonas kestutis linas lukas mantas marijus mindaugas nerijus paulius ramunas
rimantas rokas rolandas saulius tadas tomas vaidas valdas vidas virginijus vytautas zilvinas agne aiste audra ausra birute dalia daiva
diana egle gintare giedre ieva indre inga jolita jurgita kristina laima lina loreta milda neringa rasa rasma ruta sandra sigita simona
skaiste solveiga vaida vilma virginija vita zivile aivars andris arturs edgars guntis ivars janis juris kaspars maris martins modris
normunds raimonds uldis valdis agnese aija anita baiba dace evija gunta ilze inese inga kristine laura liene liga linda maija sanita vineta
zane
aleksandr alexei aleksei andrey anatoly anton artem boris denis dmitry dmitri egor evgeny fedor gennady grigory igor ilya ivan kirill konstantin
leonid maksim maxim mikhail nikita nikolai oleg pavel roman ruslan semyon sergei sergey stanislav timur vadim valery vasily viktor vitaly
vladimir vladislav vyacheslav yaroslav yevgeny yuri alla alyona anastasia ekaterina elena evgenia galina irina kseniya lada larisa lidia
ludmila lyudmila marina nadezhda natalia natalya nina oksana olesya olga polina raisa svetlana taisiya tamara tatiana tatyana valentina
vera yana yelena yulia zhanna zinaida zoya andriy bohdan dmytro mykhailo mykola oleksandr oleksiy serhiy taras volodymyr yevhen iryna
kateryna khrystyna lesya nataliya oleksandra olha yuliya
arben agim arta artan ardit besnik blerim bujar dritan edmond elvis fatmir flamur genti gjergj ilir luan lulzim petrit qemal rezarta shpresa
skender valbona vjollca valmir xhevahir zamira albana alketa anila arjeta blerta drita dorina elira elona enkeleda entela fatime flutura
ilirjana lindita liridona majlinda mimoza miranda mirela rudina teuta valmira besarta
zoltan laszlo istvan jozsef janos ferenc gabor attila balazs bela csaba gyorgy imre krisztian miklos norbert peter sandor tamas tibor zsolt
agnes aniko edit erika erzsebet eszter eva gabriella ildiko ilona judit kata katalin krisztina maria marta monika noemi reka tunde timea
zsofia zsuzsanna jan jiri josef jaroslav pavel petr martin milan miroslav tomas vaclav zdenek frantisek ondrej radek jana hana lenka lucie
ludmila marketa marie petra sarka tereza vera veronika zdenka zuzana marek lubomir stefan branislav jozef lubica katarina ivana
dragan dusan goran igor ivica jovan marko milan milos miodrag mirko nebojsa nemanja nenad nikola predrag sasa slobodan srdjan stefan vladan
zeljko zoran amra azra emina fikreta hasija lejla mirsada nermina samira senada zlata dragana gordana jasmina jelena ljiljana milica mirjana
nevena sladjana slavica snezana vesna zorica
jose joao antonio manuel francisco carlos paulo pedro jorge luis miguel rui nuno bruno ricardo tiago diogo goncalo duarte rodrigo gustavo
henrique eduardo fernando fabio filipe hugo andre afonso alberto alvaro armando artur augusto bernardo caetano caio cesar claudio custodio
daniel davi domingos edson emanuel evandro fabricio felipe flavio gilberto guilherme heitor helder helio humberto inacio ivo jair joaquim
jonas julio leandro leonardo lourenco lucio luiz marcelo marcio marcos mario mateus mauricio mauro murilo nelson octavio oscar otavio
rafael raimundo raul reinaldo renato roberto rogerio ronaldo salvador samuel sandro sergio silvio simao tomas valdir vasco vitor wagner
washington wellington ana beatriz adriana alessandra aline amelia andreia angela aurora bruna camila carla carolina catarina cecilia
celia clarice conceicao cristiana cristina dalila daniela debora edite elisabete eliana elisa estela eugenia fabiana fatima fernanda filipa
filomena flavia francisca gabriela giovana gloria graca helena ines isabela ivone joana josefa joaquina juliana julieta larissa leonor
leticia lidia ligia lourdes luana lucia luciana ludmila luisa luiza lurdes madalena manuela marcia margarida mariana marisa marta matilde
mafalda natalia neusa nilza noemia olivia patricia paula piedade priscila rafaela raquel regina renata rita rosa rosana rosangela sandra
silvana silvia simone sofia sonia susana tania tatiana telma teresa thais valeria vanessa vera virginia vitoria viviane yara zelia
alejandro alfonso alfredo agustin andres angel arturo camilo cristobal diego emilio enrique ernesto esteban federico felix gerardo german
gonzalo guillermo gustavo hector hernan ignacio jaime javier jesus joaquin jorge juan julian leonel lorenzo luis manolo martin mateo
maximiliano nestor nicolas oswaldo pablo pascual patricio ramiro ramon rene rigoberto rodolfo roque ruben santiago santos saul sebastian
vicente wilson xavier yamil adela alejandra alicia amparo angeles araceli ascension belen blanca carmen catalina clara claudia concepcion
consuelo cristina dolores elena elvira encarnacion esmeralda esperanza estefania eva fernanda gloria graciela guadalupe herminia inmaculada
irene isabel jimena josefina juana laura leonor lorena lourdes lucia luz magdalena maribel maricela mariela marisol maritza marta martina
mercedes milagros miriam monica montserrat nieves noelia nuria olga paloma paola patricia paz pilar remedios rocio rosario roxana
sandra sara silvia soledad teresa valentina veronica victoria ximena yolanda yuliana
giuseppe giovanni antonio mario luigi francesco angelo vincenzo pietro salvatore carlo franco domenico bruno paolo michele giorgio aldo
sergio luciano andrea alessandro alessio matteo lorenzo davide simone federico riccardo stefano marco fabio roberto massimo claudio
daniele enrico filippo gabriele giacomo gianluca gianni giulio guido leonardo luca maurizio mauro nicola raffaele renato rocco silvano
silvio tommaso umberto valerio vittorio giulia chiara francesca federica alessia martina elisa ilaria sara silvia valentina giorgia
aurora camilla caterina concetta cristina daniela donatella elena eleonora emanuela fiorella gabriella giovanna giuseppina graziella
ginevra letizia lucia lucrezia luisa marcella mariangela marta michela nunzia ornella paola patrizia pia raffaella roberta rosalba rosaria
rosanna sabrina serena simona stefania tiziana vincenza
jean pierre michel philippe alain patrick jacques christophe laurent frederic nicolas olivier pascal sebastien thierry bernard christian
eric francois gerard guillaume herve jerome julien marcel mathieu maxime ludovic lionel luc marc yves yann xavier vincent thibault stephane
serge rene remy regis raphael quentin aurelien baptiste benoit bertrand cedric clement cyril damien didier emmanuel etienne fabien fabrice
florian francis gaetan gilles gregory henri hugo jacky joel jules leon loic lucien antoine andre anne marie nathalie isabelle sylvie
catherine christine veronique martine sandrine celine stephanie valerie aurelie audrey camille brigitte chantal claire colette corinne
delphine dominique elodie emilie emmanuelle estelle fabienne florence francoise genevieve ghislaine helene jacqueline jeanne josette
josiane juliette laetitia laure lea lucie lucienne madeleine manon marguerite marine marion mathilde melanie michele mireille monique morgane
muriel nadege nadine nicole noemie odile pascale pauline sabine severine simone solange sophie suzanne sylvain virginie yvonne
hans klaus wolfgang jurgen dieter manfred helmut uwe rainer bernd horst heinz karl werner gunther gunter stefan andreas thomas frank markus matthias
torsten thorsten jorg jochen heiko holger lars sven kai jens ralf rolf rudiger reinhard norbert lothar ludwig otto gerhard friedrich ernst
eberhard dirk detlef christoph bjorn axel armin anke antje astrid barbel birgit brigitte christa claudia cornelia dagmar doris edeltraud
elfriede elke erika eva frauke friederike gabriele gerda gertrud gisela greta gudrun hannelore heike heidrun helga hildegard ilse inge
ingeborg ingrid irmgard jutta karin katja katrin kerstin kirsten lieselotte manuela margarete margit marlies martina monika petra regina
renate rosemarie sabine sigrid silke simone susanne tanja ulrike ursula ute uta waltraud
lars anders bjorn erik gunnar hakan johan kjell knut leif magnus mikael nils olaf olav oskar per rasmus sven tore ulf aksel arne astrid
birgitta britt eva freja gudrun hanne helle inger ingrid karin kirsten lene linnea maja marit mette pia ragnhild signe sigrid siri sunniva
tove ulla willem hendrik jan pieter johannes dirk gerrit maarten joost jeroen bas sander thijs anneke annelies femke ingeborg lotte marijke
saskia sanne wilma yvonne
giorgos george yiannis ioannis dimitris dimitrios konstantinos kostas nikos nikolaos panagiotis vasilis vassilis christos andreas michalis
spyros stavros stelios thanasis theodoros evangelos vangelis apostolos antonis alexandros aristidis athanasios charalambos elias emmanouil
filippos georgios grigoris haris ilias kyriakos leonidas loizos lefteris manolis marios markos minas neophytos odysseas petros savvas
sotiris stathis takis tasos themis xenophon zacharias maria eleni katerina vasiliki sofia angeliki georgia dimitra konstantina
paraskevi anna ioanna evangelia panagiota alexandra anastasia androulla anthoula antigoni aphrodite areti artemis aspasia athina athena
chrisoula christina chrystalla despina despo eftychia elpida eugenia evdokia fotini ioulia irini kalliopi kyriaki loukia magdalini marianna
marina maroulla melina myrto nikoletta niki olympia panayiota penelope persephone polyxeni rodoula sotiroula stavroula stella thekla theodora
vassiliki xenia yiota zoe zoi andri
reynaldo rodel rolando ronaldo rommel rogelio romeo renato ricardo rizal jomar joselito jovencio jun jayson jericho jhun arnel arnold
bayani benigno bongbong crisanto danilo dante dindo dionisio edgardo efren eliseo emmanuel ernesto ferdinand froilan gerardo gil
isagani jerome leandro lito manny marlon melchor nestor noel noli orlando pacifico ramil randy raymond reynante rey teodoro virgilio
wilfredo marites maricel marivic maribel maricar marilou marissa merlinda merly mylene myrna nenita noemi norma ofelia rosalinda rosalie
rosario rowena rubilyn rochelle rosemarie sheryl teresita virginia vilma wilma zenaida analyn annabelle arlene aileen aurora babylyn
carmelita cherry cherrylyn corazon cristeta divina elenita elvie emelita erlinda evangeline florinda gemma girlie glenda gloria grace
imelda jennylyn jocelyn jonalyn josefina joy juliet leonora leticia ligaya liezl lolita lorna lourdes luzviminda
moshe shlomo yaakov yitzchak yosef chaim menachem mordechai avraham avi ari ariel asher baruch binyamin boaz dov efraim eitan eli eliezer
elazar gershon hershel hillel itai leib levi meir mendel mendy moishe naftali nachman noam pinchas rafi reuven shimon shmuel shalom simcha
tzvi yair yehuda yechiel yisrael yoel yonatan yossi zalman zev chana chaya devorah dina esti faigy freida gitty golda hadassah hinda leah
malka malky mirel miri miriam raizel rivka rochel ruchel sarale shaindel shira shoshana shulamit sori tali tamar tova tzipora yael yocheved
zahava zissy
`
