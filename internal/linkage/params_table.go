package linkage

// Average probability that two residents taken at random share a given name or
// a surname, in a London borough (sum of squared shares).
const (
	shippedGivenU   = 0.004
	shippedSurnameU = 0.0012
)

// shippedLevels are M and U per level for council data. U of a level that needs
// something rare on one side (an initial, a missing surname) leaves that rarity
// out of both M and U, since it cancels.
var shippedLevels = [fieldCount][]Level{
	fieldName: {
		nameExact:         {.74, shippedGivenU * shippedSurnameU},
		nameSwapped:       {.01, 2.5e-7},
		nameNick:          {.03, 1.2e-6},
		nameNear:          {.06, 9e-6},
		namePart:          {.03, 7e-6},
		nameBothNear:      {.006, 1.5e-5},
		nameInitial:       {.05, 3.5e-6},
		nameInitialNear:   {.006, 1.4e-5},
		nameSurname:       {.02, 2.6e-5},
		nameGiven:         {.02, 8e-5},
		nameGivenSound:    {.002, 1.2e-4},
		nameGivenChanged:  {.02, 4e-3},
		nameGivenConflict: {.0002, 1.2e-3},
		nameElse:          {.004, .994},
	},
	fieldMiddle: {{.62, .03}, {.33, .08}, {.05, .89}},
	fieldBorn: {
		bornExact:   {.92, 4e-5},
		bornSwapped: {.008, 1.2e-5},
		bornEdit:    {.03, 7e-4},
		bornPart:    {.9, .013},
		bornAge:     {.85, .02},
		bornYear:    {.01, .012},
		bornAgeNear: {.1, .03},
		bornDecade:  {.006, 6e-3},
		bornElse:    {.015, .98},
	},
	fieldHome: {
		homeSame:         {.66, 6e-6},
		homeDoor:         {.05, 2e-6},
		homeBuilding:     {.05, 2.5e-5},
		homeStreetDoor:   {.7, 1.2e-5},
		homePostcode:     {.75, 9e-5},
		homeNear:         {.02, 4e-6},
		homeMisspelt:     {.004, 4e-6},
		homeNeighbour:    {.004, 8e-5},
		homeStreet:       {.01, 8e-4},
		homePostcodeNear: {.01, 1.5e-3},
		homeSector:       {.008, .006},
		homeDistrict:     {.02, .06},
		homeElse:         {.15, .93},
	},
	fieldNINO:    {{.965, 2e-7}, {.02, 4e-6}, {.015, .9999}},
	fieldNHS:     {{.97, 2e-7}, {.015, 4e-6}, {.015, .9999}},
	fieldUnique:  {{.95, 3e-7}, {.02, 1e-5}, {.03, .9999}},
	fieldRef:     {{.9, 6e-6}, {.01, 1e-4}, {.3, .9998}},
	fieldEmail:   {{.75, 3e-6}, {.03, 6e-6}, {.22, .9999}},
	fieldPhone:   {{.7, 8e-6}, {.03, 2e-5}, {.27, .9999}},
	fieldAccount: {{.85, 4e-6}, {.01, 1e-5}, {.2, .9999}},
}
