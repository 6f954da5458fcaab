package mail

import (
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/mail"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/reeve-council/reeve"
)

func TestMessagesRefused(t *testing.T) {
	long := strings.Repeat("x", maxHeader+1)
	for name, spoil := range map[string]func(*Message){
		"subject with a header":      func(m *Message) { m.Subject = "Hello\r\nBcc: everyone@example.org" },
		"subject with a bare return": func(m *Message) { m.Subject = "Hello\rBcc: everyone@example.org" },
		"subject with NUL":           func(m *Message) { m.Subject = "Hello\x00" },
		"subject not UTF-8":          func(m *Message) { m.Subject = "Hello\xff" },
		"no subject":                 func(m *Message) { m.Subject = "" },
		"long subject":               func(m *Message) { m.Subject = long },
		"name with a header":         func(m *Message) { m.To[0].Name = "A\nBcc: everyone@example.org" },
		"two addresses in one":       func(m *Message) { m.To[0].Mail = "a@example.org, b@example.org" },
		"address with a name":        func(m *Message) { m.To[0].Mail = "A <a@example.org>" },
		"address with a break":       func(m *Message) { m.To[0].Mail = "a@example.org\r\nDATA" },
		"address without domain":     func(m *Message) { m.To[0].Mail = "a" },
		"sender":                     func(m *Message) { m.From.Mail = "" },
		"answers to":                 func(m *Message) { m.ReplyTo.Mail = "no" },
		"nobody":                     func(m *Message) { m.To = nil },
		"too many":                   func(m *Message) { m.To = make([]Address, maxRecipients+1) },
		"no text":                    func(m *Message) { m.Text = "" },
		"id with a break":            func(m *Message) { m.ID = "a\r\n@b" },
		"id without domain":          func(m *Message) { m.ID = "a" },
		"answered id":                func(m *Message) { m.Answers = "a>@b" },
		"file name with a header":    func(m *Message) { m.Attach[0].Name = "a.pdf\r\nX: y" },
		"file type with a parameter": func(m *Message) { m.Attach[0].Type = "text/html; charset=x" },
		"too large":                  func(m *Message) { m.Attach[0].Data = make([]byte, maxMessage+1) },
	} {
		m := letter()
		spoil(m)
		if _, err := m.build(); !errors.Is(err, reeve.Invalid) {
			t.Errorf("%s: %v", name, err)
		} else if strings.Contains(err.Error(), "everyone") || strings.Contains(err.Error(), "example.org") {
			t.Errorf("%s: the error repeats the value: %v", name, err)
		}
	}
}

func FuzzHeader(f *testing.F) {
	f.Add("Hello", "A", "a@example.org", "a.pdf")
	f.Add("Hello\r\nBcc: x@example.org", "A\n", "a@example.org>", "a\"; x=y.pdf")
	f.Fuzz(func(t *testing.T, subject, name, address, file string) {
		m := letter()
		m.Subject, m.To[0] = subject, Address{name, address}
		m.Attach[0].Name = file
		built, err := m.build()
		if err != nil {
			return
		}
		var text strings.Builder
		if _, err := built.WriteTo(&text); err != nil {
			t.Fatal(err)
		}
		got, err := mail.ReadMessage(strings.NewReader(text.String()))
		if err != nil {
			t.Fatal(err)
		}
		for h := range got.Header {
			if !strings.Contains(" Auto-Submitted Content-Type Date From Message-Id Mime-Version Subject To ", " "+h+" ") {
				t.Errorf("a header %q that nobody wrote, from %q %q %q %q", h, subject, name, address, file)
			}
		}
	})
}

func TestDrop(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "out")
	d, err := NewDrop(folder)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // sent again: once in the folder
		if err := d.Send(t.Context(), letter()); err != nil {
			t.Fatal(err)
		}
	}
	entries, err := os.ReadDir(folder)
	if err != nil || len(entries) != 1 {
		t.Fatalf("%v, %v", entries, err)
	}
	info, _ := entries[0].Info()
	if info.Mode().Perm() != 0o600 || strings.Contains(entries[0].Name(), "n7q2") {
		t.Errorf("file %s with mode %v", entries[0].Name(), info.Mode())
	}
	f, err := os.Open(filepath.Join(folder, entries[0].Name()))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if m, err := mail.ReadMessage(f); err != nil || m.Header.Get("Message-ID") != "<n7q2m4kxd@council.example.org>" {
		t.Errorf("%v", err)
	}
	if err := d.Send(t.Context(), &Message{}); !errors.Is(err, reeve.Invalid) {
		t.Errorf("an empty message: %v", err)
	}
}

func TestInbox(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "in")
	b, err := NewInbox(folder)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Now()
	drop := func(name string, age time.Duration) {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte("From: a\r\n\r\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(path, now.Add(-age), now.Add(-age)); err != nil {
			t.Fatal(err)
		}
	}
	drop("b.eml", time.Hour)
	drop("a.EML", 2*time.Hour)
	drop("c.msg", time.Minute)
	drop("copying.eml", time.Second)
	drop(".hidden.eml", time.Hour)
	drop("notes.txt", time.Hour)
	if err := os.Symlink("/etc/hostname", filepath.Join(folder, "link.eml")); err != nil {
		t.Fatal(err)
	}
	got, err := b.List(now, 10)
	if err != nil || len(got) != 3 || got[0].Name != "a.EML" || got[1].Name != "b.eml" || got[2].Name != "c.msg" {
		t.Fatalf("%v, %v", got, err)
	}
	if first, err := b.List(now, 1); err != nil || len(first) != 1 {
		t.Errorf("with a limit: %v, %v", first, err)
	}
	path, err := b.Move(got[0], Taken, "Q-0001")
	if err != nil || path != filepath.Join(folder, Taken, "Q-0001.eml") {
		t.Errorf("%s, %v", path, err)
	}
	if _, err := os.Stat(path); err != nil {
		t.Error(err)
	}
	if _, err := b.Move(got[1], Taken, "Q-0001"); !errors.Is(err, reeve.Conflict) {
		t.Errorf("over another: %v", err)
	}
	if _, err := b.Move(got[0], Refused, "Q-0002"); !errors.Is(err, reeve.NotFound) {
		t.Errorf("moved twice: %v", err)
	}
	for _, name := range []string{"../x", "", "a/b", "a.b"} {
		if _, err := b.Move(got[1], Taken, name); !errors.Is(err, reeve.Invalid) {
			t.Errorf("name %q: %v", name, err)
		}
	}
	if _, err := b.Move(Arrived{Name: "../../etc/passwd"}, Taken, "x"); !errors.Is(err, reeve.Invalid) {
		t.Errorf("a name that climbs: %v", err)
	}
}

// TestForms reads a message with two forms and a file back: the text first, so
// that programs which know no HTML show it.
func TestForms(t *testing.T) {
	m := letter()
	m.HTML, m.Answers = "<p>Dear Łucja Brook</p>", "q1@council.example.org"
	built, err := m.build()
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	if _, err := built.WriteTo(&text); err != nil {
		t.Fatal(err)
	}
	got, err := mail.ReadMessage(strings.NewReader(text.String()))
	if err != nil {
		t.Fatal(err)
	}
	if h := got.Header; h.Get("In-Reply-To") != "<q1@council.example.org>" || h.Get("References") != "<q1@council.example.org>" {
		t.Errorf("header %v", h)
	}
	if types := leaves(t, got.Header.Get("Content-Type"), got.Body); !slices.Equal(types, []string{"text/plain", "text/html", "application/pdf"}) {
		t.Errorf("parts %v", types)
	}
}

// leaves gives the types of the parts that hold no parts.
func leaves(t *testing.T, contentType string, body io.Reader) []string {
	t.Helper()
	kind, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(kind, "multipart/") {
		return []string{kind}
	}
	var all []string
	parts := multipart.NewReader(body, params["boundary"])
	for {
		part, err := parts.NextPart()
		if err == io.EOF {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, leaves(t, part.Header.Get("Content-Type"), part)...)
	}
}
