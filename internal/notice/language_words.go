package notice

// languageWords are the languages in which people of UK councils read, by their
// codes (ISO 639-1, and 639-3 where there is no shorter): those that the census of
// 2021 counts most often, and those into which councils translate.
var languageWords = map[string]string{"am": "Amharic", "ar": "Arabic", "bg": "Bulgarian", "bn": "Bengali", "bs": "Bosnian", "cs": "Czech", "cy": "Welsh",
	"de": "German", "el": "Greek", "en": "English", "es": "Spanish", "et": "Estonian", "fa": "Persian (Farsi)", "fr": "French", "ga": "Irish", "gd": "Scottish Gaelic",
	"gu": "Gujarati", "he": "Hebrew", "hi": "Hindi", "hr": "Croatian", "hu": "Hungarian", "ig": "Igbo", "it": "Italian", "ja": "Japanese", "ka": "Georgian",
	"ko": "Korean", "ku": "Kurdish", "ckb": "Kurdish (Sorani)", "kmr": "Kurdish (Kurmanji)", "lt": "Lithuanian", "lv": "Latvian", "ml": "Malayalam", "mr": "Marathi",
	"ne": "Nepali", "nl": "Dutch", "pa": "Punjabi", "pl": "Polish", "prs": "Dari", "ps": "Pashto", "pt": "Portuguese", "ro": "Romanian", "rom": "Romani",
	"ru": "Russian", "si": "Sinhala", "sk": "Slovak", "sl": "Slovenian", "so": "Somali", "sq": "Albanian", "sr": "Serbian", "sw": "Swahili", "syl": "Sylheti",
	"ta": "Tamil", "te": "Telugu", "th": "Thai", "ti": "Tigrinya", "tl": "Tagalog", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese",
	"yi": "Yiddish", "yo": "Yoruba", "yue": "Cantonese", "zh": "Chinese", "bfi": "British Sign Language"}

// languageName is a language in words; a code that the table lacks as it is.
func languageName(code string) string {
	primary := languageCode(code)
	if primary == "" {
		primary = "en"
	}
	if name := languageWords[primary]; name != "" {
		return name
	}
	return code
}

// Name is the language in words, for the pages.
func (l languageLine) Name() string { return languageName(l.Language) }

// Name is the language in words, for the pages.
func (k keptLanguage) Name() string { return languageName(k.Language) }

// Name is the language in words, for the pages.
func (v languageView) Name() string { return languageName(v.Language) }

// In is the language of a template in words, for the pages.
func (l templateLine) In() string { return languageName(l.Language) }
