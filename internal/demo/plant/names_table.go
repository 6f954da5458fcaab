package plant

import "strings"

// origin is a group of residents with names of one tradition. The lists are
// written from general knowledge, commonest first, and are drawn with a skew.
// Share is per thousand residents.
type origin struct {
	name            string
	share           int
	men, women      []string
	surnames, tails []string // tails: rare surnames are a first part and a last part joined
	heads           []string
	sexedSurname    bool // the surname has a woman's form (Kowalski, Kowalska)
	ethnicity       string
	religions       []string
	language        string
}

// words splits a list; an underscore stands for a space inside a name.
func words(s string) []string {
	list := strings.Fields(s)
	for i := range list {
		list[i] = strings.ReplaceAll(list[i], "_", " ")
	}
	return list
}

var origins = []origin{
	{name: "british", share: 440,
		men: words(`David John Michael Paul James Andrew Mark Robert Stephen Peter Thomas Daniel Christopher Richard Jack William Matthew Simon
			Anthony Kevin Gary Steven Martin Oliver Harry George Ian Alan Joseph Luke Adam Ryan Samuel Benjamin Charlie Jake Liam Philip Brian
			Graham Keith Neil Colin Barry Nigel Trevor Derek Kenneth Raymond Ronald Leslie Stanley Albert Arthur Frederick Ernest Lewis Callum
			Nathan Jordan Connor Kyle Scott Craig Stuart Dean Lee Darren Wayne Jason Gareth Rhys Huw Euan Angus Alastair Rupert Hugh Clive Roger`),
		women: words(`Susan Margaret Sarah Karen Emma Jennifer Elizabeth Mary Patricia Julie Linda Laura Rebecca Christine Emily Jessica Sophie
			Charlotte Rachel Lucy Amy Helen Nicola Amanda Samantha Louise Victoria Hannah Chloe Olivia Grace Lauren Katie Claire Joanne Tracey
			Deborah Sharon Michelle Jacqueline Angela Barbara Janet Carol Ann Jean Joan Dorothy Sheila Maureen Brenda Pauline Doreen Irene Edith
			Florence Elsie Hilda Megan Bethany Abigail Georgia Holly Jade Kayleigh Gemma Kerry Stacey Donna Lisa Lesley Gillian Hazel Rosemary
			Heather Fiona Catriona Rhian Bronwen Imogen Harriet Beatrice Philippa`),
		surnames: words(`Smith Jones Taylor Brown Williams Wilson Johnson Davies Robinson Wright Thompson Evans Walker White Roberts Green Hall Wood
			Jackson Clarke Harris Clark Turner Hill Cooper Edwards Ward Moore Morris King Martin Watson Baker Harrison Morgan Allen
			James Scott Phillips Lee Parker Bennett Cook Shaw Griffiths Carter Hughes Price Young Richardson Bell Collins Mitchell Cox Adams
			Simpson Marshall Anderson Webb Miller Rogers Stevens Chapman Hunt Mills Knight Palmer Fox Barnes Holmes Rose Stone Page Day Long
			Lane Church Field Banks Rivers Winter Summers Pope Bishop Abbott Major May March Love Pounds Penny Bond Cash Frost Snow Hart
			Pike Salmon Herring Swann Crane Nightingale Wren Drake Gosling Lamb Bullock Hogg Kidd Fisher Farmer Shepherd Gardener Potter Tyler
			Mason Sawyer Cartwright Wheeler Chandler Fletcher Bowyer Arkwright Thatcher Weaver Dyer Skinner Glover Sadler Spicer Brewer Butler
			Steward Marlowe Fairfax Hartley Pemberton Winstanley Ramsbottom Entwistle Featherstone Ollerenshaw Higginbotham Cholmondeley
			MacDonald Campbell Stewart Fraser Ross Mackenzie Lloyd Owen Powell Pritchard`),
		heads:     words(`Ash Black Brad Brom Carl Chad Cold Cram Crow Dal Den Dun East Elm Fair Farn Gar Glen Green Had Hal Har Hat Hazel Hol Kirk Lang Lin Marl Mel Mid Nor Oak Old Pem Red Ren Rush Sed Sel Shel Stan Stock Sut Thorn Wal War West Whit Wil Win Wood`),
		tails:     words(`ton ley ford worth ham field well bury bourne combe croft dale den gate grave hurst lock low man more ridge shaw stead wick`),
		ethnicity: "White British", religions: words(`Christian None None Christian`), language: "English"},
	{name: "irish", share: 40,
		men:       words(`Patrick Sean Liam Conor Declan Brendan Eamon Niall Padraig Ciaran Dermot Cormac Fergal Donal Kieran Aidan Brian Kevin Gerard Desmond`),
		women:     words(`Siobhan Aoife Bridget Niamh Maeve Sinead Ciara Roisin Orla Deirdre Grainne Nuala Mairead Noreen Bernadette Kathleen Eileen Aisling Caoimhe Una`),
		surnames:  words(`Murphy O'Brien Kelly Byrne Ryan O'Connor Walsh O'Sullivan Doyle McCarthy Gallagher Doherty Kennedy Lynch Murray Quinn O'Neill McLaughlin O'Reilly Fitzgerald Brennan Nolan Keane Flaherty O'Donnell McGuinness Hennessy Cassidy Geraghty McNamara`),
		ethnicity: "White Irish", religions: words(`Catholic Catholic None`), language: "English"},
	{name: "south-asian-muslim", share: 130,
		men: words(`Mohammed Muhammad Mohammad Ahmed Ali Abdul Imran Bilal Hamza Tariq Usman Zahid Shahid Faisal Kamran Asif Nadeem Rashid Arif Iqbal Khalid
			Waqar Adnan Junaid Rizwan Saeed Naveed Anwar Jamal Shafiq Aminul Rafiqul Nurul Shamim Mizanur Kabir Habib Mustafa Yusuf Ibrahim`),
		women: words(`Fatima Ayesha Aisha Maryam Zainab Khadija Nasreen Shabana Rukhsana Shazia Farzana Nazia Saima Sadia Amina Parveen Rubina Tahira Samina
			Yasmin Noor Hafsa Sumaya Rehana Shahnaz Rahima Salma Sultana Momtaz Jahanara Nadia Iqra Zara Halima Razia`),
		surnames: words(`Khan Begum Ahmed Hussain Ali Miah Akhtar Bibi Iqbal Mahmood Malik Uddin Rahman Choudhury Islam Hussein Mohammed Shah Aziz Chowdhury
			Butt Mirza Qureshi Sheikh Siddiqui Hassan Haque Khatun Sultana Alam Karim Rashid Latif Rafiq Ashraf Sharif Baig Raja Kausar Bashir Ullah Mia
			Aslam Yousaf Nawaz Saleem Zaman Sarwar Dar Chaudhry`),
		ethnicity: "Asian or Asian British - Bangladeshi", religions: words(`Muslim`), language: "Bengali"},
	{name: "indian", share: 75,
		men:       words(`Rajesh Sanjay Anil Amit Vijay Sunil Ravi Suresh Jagdeep Gurpreet Harjit Balwinder Manjit Kuldip Nikhil Rohan Arjun Dinesh Mahesh Kiran Prakash Ashok Bharat Hitesh Jayesh Mukesh Sukhdev Amarjit Karthik Venkatesh`),
		women:     words(`Priya Anita Sunita Kavita Meena Neha Pooja Harpreet Jasvinder Manpreet Baljit Sukhjit Kamaljit Hansa Jyoti Nisha Rekha Usha Lakshmi Divya Anjali Shreya Ranjit Parminder Deepika Geeta Bhavna Hema Nalini Vasanthi`),
		surnames:  words(`Patel Singh Kaur Shah Sharma Kumar Gill Sandhu Dhillon Mistry Desai Joshi Mehta Gupta Chauhan Parmar Rao Nair Reddy Iyer Bhatt Solanki Sidhu Bains Grewal Verma Kapoor Chopra Trivedi Amin Subramaniam Krishnan Fernandes D'Souza Pillai`),
		ethnicity: "Asian or Asian British - Indian", religions: words(`Hindu Sikh Hindu Christian`), language: "Gujarati"},
	{name: "west-african", share: 70,
		men:       words(`Oluwaseun Chukwuemeka Kwame Emeka Babatunde Kofi Tunde Chidi Adebayo Kwabena Femi Segun Ikechukwu Yaw Olumide Obinna Kwaku Ayodele Temitope Uche Nnamdi Ebenezer Emmanuel Samuel Mensah Lamin Mamadou Ousmane Ibrahima Sheku`),
		women:     words(`Ngozi Abena Folake Amara Chioma Adwoa Yetunde Oluwatoyin Ama Ifeoma Funmilayo Akosua Bukola Nneka Efua Titilayo Chiamaka Esi Adaeze Omolara Blessing Patience Comfort Grace Mercy Fatoumata Isatou Aminata Mariama Adama`),
		surnames:  words(`Adeyemi Okafor Mensah Okonkwo Adebayo Owusu Boateng Eze Asante Ogunleye Nwosu Osei Adeleke Agyeman Balogun Appiah Oyelaran Chukwu Sesay Kamara Bangura Conteh Jallow Diallo Traore Ba Ogundipe Oladipo Afolabi Akinola Amoah Antwi Addo Quaye Nkrumah Abiola Bakare Ojo Ajayi Williams Johnson`),
		ethnicity: "Black or Black British - African", religions: words(`Christian Christian Muslim`), language: "Yoruba"},
	{name: "caribbean", share: 50,
		men:       words(`Winston Delroy Leroy Errol Clive Marlon Jermaine Tyrone Andre Dwayne Curtis Desmond Glenroy Neville Carlton Jerome Marcus Kemar Tyrell Malachi`),
		women:     words(`Beverley Yvonne Marcia Sonia Shanice Tanisha Lorna Hyacinth Merle Paulette Sharon Claudette Ebony Kadisha Monique Latoya Jasmine Keisha Leonie Shanelle`),
		surnames:  words(`Campbell Brown Williams Clarke Gordon Francis Grant Lewis Thompson Reid Bailey Morgan Henry Samuels Joseph Charles Pierre Alleyne Greenidge Brathwaite St_Louis Wint Blackwood Dacosta Facey Hyatt Bogle Hinds Prescod Springer`),
		ethnicity: "Black or Black British - Caribbean", religions: words(`Christian Christian None Rastafarian`), language: "English"},
	{name: "horn-of-africa", share: 45,
		men:       words(`Abdi Mohamed Ahmed Hassan Abdirahman Yusuf Omar Ali Ismail Mahad Liban Guled Abdullahi Farah Warsame Dawit Tesfaye Yonas Bereket Haile Solomon Mehari Filmon Samuel Kidane`),
		women:     words(`Fadumo Hodan Amina Hibo Sahra Ifrah Khadra Asha Halima Nimco Ayan Deqa Ubah Hawa Sagal Selam Hiwot Tigist Mulu Rahel Freweini Saba Senait Almaz Bethlehem`),
		surnames:  words(`Mohamed Ali Hassan Abdi Ahmed Omar Yusuf Warsame Farah Ibrahim Jama Hussein Osman Adan Nur Abdullahi Elmi Duale Tesfaye Gebremariam Haile Tekle Bekele Alemu Woldu Kidane Ghebre Berhane Mengistu Abraha`),
		ethnicity: "Black or Black British - African", religions: words(`Muslim Muslim Christian`), language: "Somali"},
	{name: "arabic", share: 40,
		men:       words(`Mohammed Ahmad Omar Khaled Youssef Mahmoud Hassan Karim Samir Tarek Nabil Walid Bassam Fadi Rami Ziad Mustafa Amir Hisham Adel Haider Abdulrahman`),
		women:     words(`Fatima Layla Amal Hanan Rania Dina Nour Salma Yasmin Samira Huda Iman Mona Nadia Rasha Wafa Zahra Hala Suad Maha Ghada Sawsan`),
		surnames:  words(`Al-Hassan Ibrahim El-Sayed Mansour Haddad Khalil Al-Rashid Saleh Nasser Abbas Hamdan Aziz Al-Masri Khoury Darwish Benali Bouzid El-Amrani Alaoui Jaber Al-Tikriti Othman Farouk Sabbagh Zaki`),
		ethnicity: "Arab", religions: words(`Muslim Muslim Christian`), language: "Arabic"},
	{name: "chinese", share: 20,
		men:       words(`Wei Ming Jun Chi-Wai Kwok-Keung Xin Hao Tsz-Kin Yiu-Ming Jian Lei Siu-Ming Ho-Yin Zhiyuan Kai`),
		women:     words(`Mei Ling Xiu Yan Wai-Yee Siu-Fong Jing Hui Lai-Ying Xiaoli Ying Pui-Shan Na Suk-Yin Yuk-Lan`),
		surnames:  words(`Chan Wong Lee Chen Cheung Li Wang Lam Zhang Liu Ng Ho Leung Yang Lau Huang Tang Zhao Yip Xu Chow Wu Fung Ma Lin`),
		ethnicity: "Chinese", religions: words(`None Buddhist None`), language: "Cantonese"},
	{name: "vietnamese", share: 15,
		men:       words(`Minh Anh Hung Tuan Quang Duc Van Thanh Long Hai Phuc Khoa Bao Son Dung`),
		women:     words(`Linh Thi Huong Lan Mai Ngoc Thuy Trang Hoa Phuong Hanh Tuyet Nga Hien Kim`),
		surnames:  words(`Nguyen Tran Le Pham Hoang Phan Vu Dang Bui Do Ho Ngo Duong Ly`),
		ethnicity: "Any other Asian background", religions: words(`Buddhist Catholic None`), language: "Vietnamese"},
	{name: "polish", share: 45, sexedSurname: true,
		men:       words(`Piotr Krzysztof Tomasz Marek Andrzej Paweł Michał Marcin Jakub Łukasz Grzegorz Adam Wojciech Zbigniew Jerzy Kamil Mateusz Dariusz Stanisław Rafał`),
		women:     words(`Anna Katarzyna Małgorzata Agnieszka Barbara Ewa Magdalena Joanna Monika Zofia Aleksandra Beata Dorota Elżbieta Iwona Karolina Justyna Halina Wiesława Żaneta`),
		surnames:  words(`Nowak Kowalski Wiśniewski Wójcik Kowalczyk Kamiński Lewandowski Zieliński Szymański Woźniak Dąbrowski Kozłowski Jankowski Mazur Kwiatkowski Krawczyk Piotrowski Grabowski Pawłowski Michalski Zając Król Jabłoński Wieczorek Sikorski`),
		ethnicity: "Any other White background", religions: words(`Catholic Catholic None`), language: "Polish"},
	{name: "iberian", share: 30,
		men:       words(`José João Carlos António Luís Manuel Pedro Miguel Rui Nuno Diego Juan Javier Andrés Jorge Paulo Tiago Rafael Fernando Álvaro`),
		women:     words(`Maria Ana Sofia Carla Inês Beatriz Mariana Lúcia Teresa Fátima Carmen Isabel Rosa Gabriela Patrícia Luciana Marta Paula Cristina Conceição`),
		surnames:  words(`Silva Santos Ferreira Pereira Oliveira Costa Rodrigues Martins García Fernández López González Gonçalves Gomes Lopes Marques Sánchez Pérez Almeida Ribeiro Pinto Carvalho Moreira Nunes Araújo da_Silva dos_Santos`),
		ethnicity: "Any other White background", religions: words(`Catholic None`), language: "Portuguese"},
}

// nicknames are what people are called and how registers then do not know them.
var nicknames = map[string][]string{
	"Robert": {"Bob", "Rob", "Bobby"}, "William": {"Bill", "Will", "Billy"}, "Elizabeth": {"Liz", "Beth", "Betty", "Lizzie"},
	"Margaret": {"Maggie", "Peggy", "Meg"}, "Richard": {"Dick", "Rick", "Richie"}, "James": {"Jim", "Jimmy", "Jamie"},
	"Michael": {"Mike", "Mick"}, "Thomas": {"Tom", "Tommy"}, "Christopher": {"Chris"}, "Anthony": {"Tony"}, "David": {"Dave"},
	"Andrew": {"Andy"}, "Stephen": {"Steve"}, "Steven": {"Steve"}, "Matthew": {"Matt"}, "Daniel": {"Dan", "Danny"},
	"Samuel": {"Sam"}, "Joseph": {"Joe"}, "Edward": {"Ted", "Ed"}, "Benjamin": {"Ben"}, "Nicholas": {"Nick"},
	"Kenneth": {"Ken"}, "Ronald": {"Ron"}, "Philip": {"Phil"}, "Gregory": {"Greg"}, "Frederick": {"Fred"},
	"Patricia": {"Pat", "Trish"}, "Susan": {"Sue"}, "Jennifer": {"Jenny"}, "Rebecca": {"Becky"}, "Jessica": {"Jess"},
	"Christine": {"Chris"}, "Deborah": {"Debbie"}, "Jacqueline": {"Jackie"}, "Samantha": {"Sam"}, "Victoria": {"Vicky"},
	"Catherine": {"Cathy", "Kate"}, "Dorothy": {"Dot"}, "Barbara": {"Babs"}, "Gillian": {"Gill"}, "Abigail": {"Abby"},
	"Mohammed": {"Mo"}, "Muhammad": {"Mo"}, "Mohammad": {"Mo"}, "Patrick": {"Paddy", "Pat"}, "Oluwaseun": {"Seun"},
	"Oluwatoyin": {"Toyin"}, "Chukwuemeka": {"Emeka"}, "Babatunde": {"Tunde"}, "Katarzyna": {"Kasia"}, "Małgorzata": {"Gosia"},
	"Krzysztof": {"Krzys"}, "Aleksandra": {"Ola"}, "Francisco": {"Paco"}, "Bernadette": {"Bernie"}, "Kathleen": {"Kath"},
}
