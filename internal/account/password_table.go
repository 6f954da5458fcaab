package account

// commonPasswords are passwords of the length that is asked for, and words that
// become one with digits around them, that guessing begins with: keyboard walks,
// phrases, and what people at a council reach for.
var commonPasswords = []string{
	"password", "passw0rd", "passwordpassword", "password1234", "password12345", "letmein", "letmeinletmein", "letmeinplease", "welcome", "welcome1234",
	"qwerty", "qwertyuiop", "qwertyuiopasdf", "qwertyuiopasdfghjkl", "qwerty123456", "qwertyqwerty", "asdfghjkl", "asdfghjkl123", "zxcvbnm",
	"1q2w3e4r", "1q2w3e4r5t6y", "1qaz2wsx3edc", "1qaz2wsx3edc4rfv", "q1w2e3r4t5y6", "qazwsxedcrfv", "zaq12wsxcde3", "123qweasdzxc",
	"123456789012", "1234567890123", "0123456789012", "012345678910", "098765432109", "112233445566", "123123123123", "121212121212",
	"abcdefghijkl", "abcdefghijklm", "abcd12345678", "abc123abc123", "a1b2c3d4e5f6",
	"administrator", "adminadminadmin", "admin1234567", "administrator1", "changeme", "changemechangeme", "changemeplease", "changethispassword",
	"iloveyou", "iloveyouiloveyou", "iloveyousomuch", "trustno1trustno1", "correcthorsebatterystaple", "correct horse battery staple", "correcthorse", "threerandomwords", "three random words",
	"thisismypassword", "mypassword", "mypassword123", "mysecretpassword", "secretpassword", "supersecret", "topsecret", "nopassword", "newpassword", "temporarypassword", "defaultpassword",
	"football", "footballfootball", "liverpool", "liverpoolfc", "manchesterunited", "manchestercity", "tottenhamhotspur", "newcastleunited", "chelseafc", "arsenalfc", "arsenal", "chelsea", "everton", "celtic", "rangers",
	"council", "councilcouncil", "citycouncil", "boroughcouncil", "countycouncil", "districtcouncil", "localauthority", "townhall", "towncouncil", "parishcouncil", "counciltax", "dataprotection", "reevereevereeve", "reeve",
	"england", "scotland", "wales", "ireland", "london", "birmingham", "manchester", "liverpoolliverpool", "unitedkingdom", "greatbritain",
	"spring", "summer", "autumn", "winter", "january", "february", "march", "april", "june", "july", "august", "september", "october", "november", "december",
	"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
	"sunshine", "princess", "superman", "batman", "pokemon", "dragon", "monkey", "charlie", "michael", "jessica", "ashleyashley", "computer", "internet", "microsoft", "windows",
}
