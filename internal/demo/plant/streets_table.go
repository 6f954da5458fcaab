package plant

// Streets of Norvale: a first word and a type; and streets and houses that are
// named after people, which a careless reader takes for the people.
var (
	streetWords = words(`Acacia Alder Almond Amber Arbour Ashgrove Aspen Barley Beacon Bellfield Birch Blackthorn Bluebell Bramble Brewhouse Bridge
		Broomfield Candle Canal Cedar Chandlers Chapel Cherry Chestnut Clover Cobbler Coopers Copperfield Coronation Cowslip Cutlers Damson
		Dovecote Drapers Elder Elmhurst Fennel Ferry Fieldfare Foundry Foxglove Furnace Gaslight Glebe Goldfinch Granary Hawthorn Hazelwood
		Heather Heron Holly Hopfield Ironmonger Ivy Juniper Kestrel Kingfisher Lantern Lapwing Larch Laurel Lavender Lilac Limekiln Linden
		Lockkeepers Magnolia Maltings Maple Marigold Meadow Millrace Moorhen Mulberry Nettle Nightjar Oakfield Orchard Osier Paddock Parchment
		Pelican Pilgrim Plover Poplar Primrose Quarry Ropewalk Rowan Saddlers Sandpiper Sorrel Spinney Station Tanners Teasel Tinsmith Vicarage
		Wagtail Walnut Weavers Wharf Willow Windmill Woodbine Yarrow`)
	streetTypes  = words(`Road Street Avenue Close Lane Gardens Crescent Grove Way Terrace Drive Place Walk Mews Square Hill Rise Court`)
	streetPeople = words(`Churchill_Gardens Florence_Court Mandela_Close Seacole_Way Nightingale_Road Rosa_Parks_Avenue Brunel_Street Faraday_Walk Emmeline_Terrace Attlee_Road Bevan_Drive Gandhi_Close Olive_Morris_Way Turing_Mews Wilson_Square Victoria_Road Albert_Street William_Morris_Close`)
	houseNames   = words(`Rose_Cottage The_Old_Forge Holly_House Mill_House The_Lodge Ivy_Cottage`)
	towerNames   = words(`Gladstone_House Bronte_House Pankhurst_Tower Elgar_House Wollstonecraft_Point Shelley_House Larkin_House Mary_Seacole_House`)
	wards        = words(`Abbey_Fields Brewhouse Canalside Dovecote Eastgate Foundry Glebe_Park Hopfield Ironbridge_Lane Kingfisher Millrace St._Brannoc's`)
)

// The council and what it calls itself.
const (
	councilName = "Norvale Borough Council"
	councilCode = "NVB"
	townName    = "Norvale"
	mailDomain  = "norvale.example.org"
)

// Conditions and other circumstances in the words of case files.
var (
	healthWords     = words(`type_2_diabetes asthma epilepsy multiple_sclerosis COPD sickle_cell_anaemia Crohn's_disease breast_cancer HIV hypertension chronic_kidney_disease osteoarthritis heart_failure fibromyalgia`)
	mentalWords     = words(`bipolar_disorder schizophrenia severe_depression post-traumatic_stress_disorder anxiety_and_depression psychosis`)
	disabilityWords = words(`wheelchair_user registered_blind profoundly_deaf cerebral_palsy autism learning_disability double_amputee`)
	offenceWords    = words(`common_assault actual_bodily_harm burglary possession_of_a_bladed_article breach_of_a_non-molestation_order shoplifting criminal_damage`)
	needWords       = words(`autism_spectrum_disorder speech_and_language_needs dyslexia social,_emotional_and_mental_health_needs moderate_learning_difficulty hearing_impairment`)
	jobWords        = words(`Social_Worker Housing_Officer Benefits_Assessor Team_Manager Revenues_Officer Planning_Officer Parking_Supervisor Librarian HR_Adviser Finance_Officer Admissions_Officer Independent_Reviewing_Officer Occupational_Therapist Customer_Services_Adviser Environmental_Health_Officer Caretaker`)
	unionWords      = words(`UNISON GMB Unite`)
	partyWords      = words(`Labour Conservative Liberal_Democrat Green`)
	sexualityWords  = words(`Heterosexual Gay Lesbian Bisexual Prefer_not_to_say`)
	companyWords    = words(`Brightwater_Cleaning Castle_Gate_Scaffolding Norvale_Coaches Penrose_Plumbing Hilltop_Catering Quickfix_Lifts Meridian_Care Ashdown_Print Foxley_Legal Granite_Paving Larkspur_Nurseries Tollgate_Security`)
)
