package notice

// variantSchema keeps what a run says to those who read in another form, as
// frozen: templates in Easy Read, and the phrases of languages.
const variantSchema = `
CREATE TABLE notice_variant (
	run      INTEGER NOT NULL,
	language TEXT NOT NULL, -- BCP 47; '' for English
	format   TEXT NOT NULL, -- of a template; '' for the phrases of a language
	name     TEXT NOT NULL,
	number   INTEGER NOT NULL, -- of the version that was released
	body     TEXT NOT NULL, -- as frozen
	PRIMARY KEY (run, language, format)
);
CREATE TABLE notice_language (
	language   TEXT NOT NULL,
	number     INTEGER NOT NULL, -- from 1
	body       TEXT NOT NULL,
	translator TEXT NOT NULL, -- who translated it, as typed
	checker    TEXT NOT NULL, -- who read the translation against the English, as typed
	user_      TEXT NOT NULL,
	user_name  TEXT NOT NULL,
	at         INTEGER NOT NULL,
	second_by  TEXT NOT NULL,
	second_name TEXT NOT NULL,
	second_at  INTEGER NOT NULL, -- 0 until a second person agreed
	PRIMARY KEY (language, number)
);
`
