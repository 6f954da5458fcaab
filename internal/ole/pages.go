package ole

// Pages decrypts the pages of an Access database, each by itself.
type Pages struct{ cipher segments }

// OpenPages finds the password that fits the description of an encrypted Access
// database (2.3.4.10); what else there is, RC4 CryptoAPI, is OpenRC4's. Errors
// are those of Decrypt.
func OpenPages(info []byte, passwords []string) (*Pages, error) {
	if len(info) < 8 {
		return nil, ErrCipher
	}
	if info[0] != 4 || info[2] != 4 {
		return nil, ErrMethod
	}
	o, err := readAgile(info[8:])
	if err != nil {
		return nil, err
	}
	cipher, err := spend(o, passwords)
	return &Pages{cipher}, err
}

// Decrypt decrypts a page in place; its size is a multiple of 16 bytes.
func (p *Pages) Decrypt(number uint32, page []byte) { p.cipher.decrypt(int64(number), page) }
