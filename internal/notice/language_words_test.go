package notice

import "testing"

// TestLanguagesInWords: staff read the name of a language; a code that nobody
// listed stays as it is, and no form is said by its code.
func TestLanguagesInWords(t *testing.T) {
	for code, want := range map[string]string{"bn": "Bengali", "PL": "Polish", "zh-Hant": "Chinese", "en-GB": "English", "": "English", "xx": "xx", "prs": "Dari"} {
		if got := languageName(code); got != want {
			t.Errorf("languageName(%q) = %q, want %q", code, got, want)
		}
	}
	if got := (form{"bn", Standard}).inWords(); got != "standard print, in Bengali" {
		t.Errorf("a form says %q", got)
	}
	for code := range languageWords {
		if !languageForm.MatchString(code) {
			t.Errorf("%q is no code that a language can have", code)
		}
	}
}
