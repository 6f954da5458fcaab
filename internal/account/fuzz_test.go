package account

import (
	"net/url"
	"strings"
	"testing"
)

// FuzzLocalPath: whatever comes, a browser that stands in the workspace stays
// there.
func FuzzLocalPath(f *testing.F) {
	for _, s := range []string{"/people?lane=safety", "//example.org", "/\\example.org", "https://example.org/a", "/%2e%2e/x", "/a//b", "/\x00", "/sign-out", "?x", "/a#b"} {
		f.Add(s)
	}
	here := &url.URL{Scheme: "https", Host: "reeve.example.org", Path: "/sign-in"}
	f.Fuzz(func(t *testing.T, to string) {
		got := localPath(to)
		u, err := here.Parse(got)
		if err != nil || u.Host != here.Host || u.Scheme != here.Scheme || !strings.HasPrefix(got, "/") || strings.HasPrefix(got, "//") || strings.ContainsAny(got, "\\\r\n\t") {
			t.Errorf("localPath(%q) = %q", to, got)
		}
		if localPath(got) != got {
			t.Errorf("localPath(%q) = %q, which becomes %q", to, got, localPath(got))
		}
	})
}

// FuzzParseHash: what stands in the database costs no more than was agreed, and
// is never a panic.
func FuzzParseHash(f *testing.F) {
	m := &Room{cost: quick, hashing: make(chan struct{}, 1)}
	f.Add(m.hashPassword(goodPassword))
	f.Add("$argon2id$v=19$m=4294967295,t=1,p=1$AAAA$AAAA")
	f.Fuzz(func(t *testing.T, kept string) {
		_, hash, c, ok := parseHash(kept)
		if ok && (len(hash) != hashSize || c.memory > 1<<20 || c.passes == 0 || c.passes >= 100 || c.lanes == 0) {
			t.Errorf("%q is taken: %+v", kept, c)
		}
	})
}
