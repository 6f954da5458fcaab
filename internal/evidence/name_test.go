package evidence

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// TestEncodeName has a row for each rule of the contract's paragraph on items.
func TestEncodeName(t *testing.T) {
	for _, c := range []struct {
		name string
		rule NameRule
		want string
	}{
		{"list.xlsx", DiskName, "list.xlsx"},
		{"Zoë's list.xlsx", DiskName, "Zoë's list.xlsx"},
		{"100%.txt", DiskName, "100%25.txt"},
		{"a\nb\tc\x7f", DiskName, "a%0Ab%09c%7F"},
		{"caf\xe9.txt", DiskName, "caf%E9.txt"},
		{"a;b", DiskName, "a%3Bb"},
		{"wow!", DiskName, "wow%21"},
		{"wow!.txt", DiskName, "wow!.txt"},
		{`back\slash`, DiskName, `back\slash`},
		{"", DiskName, ""},
		{"and/or.doc", MailName, "and%2For.doc"},
		{`a\b`, MailName, "a%5Cb"},
		{"wow!", MailName, "wow%21"},
		{"2019/list.xlsx", ArchiveName, "2019/list.xlsx"},
		{`2019\list.xlsx`, ArchiveName, "2019/list.xlsx"},
		{"2019/", ArchiveName, "2019"},
		{"../../etc/passwd", ArchiveName, "%2E%2E/%2E%2E/etc/passwd"},
		{"./a", ArchiveName, "%2E/a"},
		{"/etc/passwd", ArchiveName, "%2Fetc/passwd"},
		{"a//b", ArchiveName, "a/%2Fb"},
		{`\\server\hr\x`, ArchiveName, "%5C%5Cserver/hr/x"},
		{`C:\Users\x`, ArchiveName, "C%3A/Users/x"},
		{`C:x`, ArchiveName, "C%3Ax"},
		{"/", ArchiveName, "%2F"},
		{"odd!/a;b!", ArchiveName, "odd%21/a%3Bb%21"},
		{"..", ArchiveName, "%2E%2E"},
		{"...", ArchiveName, "..."},
		{"", ArchiveName, ""},
	} {
		if got := EncodeName(c.name, c.rule); got != c.want {
			t.Errorf("%q by rule %d: %q, want %q", c.name, c.rule, got, c.want)
		}
	}
}

func TestUnique(t *testing.T) {
	var n Namer
	for _, c := range []struct{ name, want string }{
		{"a", "a"}, {"a", "a~2"}, {"a", "a~3"}, {"b~2", "b~2"}, {"b", "b"}, {"b", "b~3"}, {"b~2", "b~2~2"},
		{"", "unnamed"}, {"", "unnamed~2"}, {"unnamed", "unnamed~3"},
	} {
		if got := n.Unique(c.name); got != c.want {
			t.Errorf("%q: %q, want %q", c.name, got, c.want)
		}
	}
}

func FuzzEncodeName(f *testing.F) {
	for _, s := range []string{"a/b", `..\..`, "/", "!", "C:", "a//", "\xff!"} {
		f.Add(s, byte(ArchiveName))
	}
	f.Fuzz(func(t *testing.T, name string, rule byte) {
		if NameRule(rule%3) == DiskName {
			name = strings.ReplaceAll(name, "/", "") // which no file system lets into a name
		}
		got := EncodeName(name, NameRule(rule%3))
		if !utf8.ValidString(got) || strings.ContainsAny(got, ";\n\x00") || strings.HasSuffix(got, "!") || strings.Contains(got, "!/") {
			t.Fatalf("%q became %q", name, got)
		}
		if (got == "") != (name == "") {
			t.Fatalf("%q became %q", name, got)
		}
		if NameRule(rule%3) != ArchiveName {
			return
		}
		for _, part := range strings.Split(got, "/") {
			if name != "" && (part == "" || part == "." || part == "..") {
				t.Fatalf("%q became %q, which climbs", name, got)
			}
		}
	})
}
