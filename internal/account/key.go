package account

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/reeve-council/reeve"
)

const keySize = 32

// secretKey gives the key of the case's accounts, which stays out of the
// database: whoever has only a copy of that has no second factors. The first
// use makes the file, mode 0600.
func (m *Room) secretKey() ([]byte, error) {
	m.key.Do(func() { m.keyed, m.keyErr = openKey(m.Folder) })
	return m.keyed, m.keyErr
}

func openKey(folder string) ([]byte, error) {
	file := filepath.Join(folder, "keys", "account.key")
	key, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		key, err = makeKey(file)
	}
	if err == nil && len(key) != keySize {
		err = reeve.Invalid
	}
	if err != nil {
		return nil, reeve.WithHint(fmt.Errorf("open key of accounts: %w", err), "keys/account.key of the case must be there and readable; a backup has it")
	}
	return key, nil
}

func makeKey(file string) ([]byte, error) {
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return nil, err
	}
	key := make([]byte, keySize)
	rand.Read(key)
	temp, err := os.CreateTemp(filepath.Dir(file), "account-*.tmp") // mode 0600
	if err != nil {
		return nil, err
	}
	defer os.Remove(temp.Name())
	_, err = temp.Write(key)
	if err = errors.Join(err, temp.Sync(), temp.Close()); err != nil {
		return nil, err
	}
	if err := place(temp.Name(), file); err != nil {
		return nil, err
	}
	return os.ReadFile(file)
}

// place gives a whole file its name, and leaves what another process put there
// meanwhile. Removable disks (exFAT) know no links: there the name is moved.
func place(made, file string) error {
	err := os.Link(made, file)
	if err == nil || errors.Is(err, fs.ErrExist) {
		return nil
	}
	if _, err := os.Lstat(file); err == nil {
		return nil
	}
	return os.Rename(made, file)
}

// mark is a keyed hash: it can be compared, and without the key not guessed.
func (m *Room) mark(what, text string) (string, error) {
	key, err := m.secretKey()
	if err != nil {
		return "", err
	}
	h := hmac.New(sha256.New, key)
	fmt.Fprintf(h, "%s\x00%s", what, text)
	return hex.EncodeToString(h.Sum(nil)), nil
}

// seal encrypts the secret of a user's second factor; it opens for that user
// alone.
func (m *Room) seal(user, secret string) (string, error) {
	box, err := m.box()
	if err != nil {
		return "", err
	}
	nonce := make([]byte, box.NonceSize())
	rand.Read(nonce)
	return base64.RawStdEncoding.EncodeToString(box.Seal(nonce, nonce, []byte(secret), []byte(user))), nil
}

func (m *Room) unseal(user, sealed string) (string, error) {
	box, err := m.box()
	if err != nil {
		return "", err
	}
	b, err := base64.RawStdEncoding.DecodeString(sealed)
	if err != nil || len(b) < box.NonceSize() {
		return "", fmt.Errorf("open second factor: %w", reeve.Invalid)
	}
	secret, err := box.Open(nil, b[:box.NonceSize()], b[box.NonceSize():], []byte(user))
	if err != nil {
		return "", fmt.Errorf("open second factor: %w", reeve.Invalid)
	}
	return string(secret), nil
}

// box derives its own key, so that marks and seals share none.
func (m *Room) box() (cipher.AEAD, error) {
	key, err := m.secretKey()
	if err != nil {
		return nil, err
	}
	h := hmac.New(sha256.New, key)
	h.Write([]byte("second factor"))
	block, err := aes.NewCipher(h.Sum(nil))
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}
