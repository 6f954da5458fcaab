package account

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/reeve-council/reeve"
)

func TestKeyStaysAndSeals(t *testing.T) {
	folder := t.TempDir()
	one, two := New(Deps{Folder: folder}), New(Deps{Folder: folder})
	sealed, err := one.seal("U1", "a secret")
	if err != nil {
		t.Fatal(err)
	}
	if got, err := two.unseal("U1", sealed); err != nil || got != "a secret" {
		t.Errorf("opened as %q: %v", got, err)
	}
	for name, open := range map[string]func() (string, error){
		"another user": func() (string, error) { return two.unseal("U2", sealed) },
		"another case": func() (string, error) { return New(Deps{Folder: t.TempDir()}).unseal("U1", sealed) },
		"a part":       func() (string, error) { return two.unseal("U1", sealed[:10]) },
		"no base64":    func() (string, error) { return two.unseal("U1", "*") },
	} {
		if got, err := open(); !errors.Is(err, reeve.Invalid) || got != "" {
			t.Errorf("%s opened it: %q, %v", name, got, err)
		}
	}
	a, _ := one.mark("name", "ada")
	b, _ := one.mark("address", "ada")
	if a == b || a == digest("ada") {
		t.Error("marks of different things are the same, or have no key")
	}
	file := filepath.Join(folder, "keys", "account.key")
	if s, err := os.Stat(file); err != nil || s.Mode().Perm() != 0o600 || s.Size() != keySize {
		t.Errorf("key file: %v, %v", s, err)
	}
	if err := os.WriteFile(file, []byte("short"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := New(Deps{Folder: folder}).seal("U1", "x"); !errors.Is(err, reeve.Invalid) || reeve.HintOf(err) == "" {
		t.Errorf("a broken key: %v", err)
	}
}

func TestPlaceKeepsWhatIsThere(t *testing.T) {
	folder := t.TempDir()
	there, made := filepath.Join(folder, "key"), filepath.Join(folder, "made")
	for file, text := range map[string]string{there: "there", made: "made"} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := place(made, there); err != nil {
		t.Fatal(err)
	}
	if b, err := os.ReadFile(there); err != nil || string(b) != "there" {
		t.Errorf("replaced by %q: %v", b, err)
	}
}
