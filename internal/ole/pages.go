package ole

import "crypto/aes"

// Pages decrypts the pages of an Access database, each by itself.
type Pages struct{ cipher segments }

// OpenPages finds the password that fits the description of an encrypted Access
// database: agile (2.3.4.10), or AES under a key for each page; what else there
// is, RC4 CryptoAPI, is OpenRC4's. Errors are those of Decrypt.
func OpenPages(info []byte, passwords []string) (*Pages, error) {
	if len(info) < 12 {
		return nil, ErrCipher
	}
	o, err := describe(info)
	if err != nil {
		return nil, err
	}
	if s, ok := o.(*standard); ok {
		o = pageKeys{s, nil}
	}
	cipher, err := spend(o, passwords)
	return &Pages{cipher}, err
}

// Decrypt decrypts a page in place; its size is a multiple of 16 bytes.
func (p *Pages) Decrypt(number uint32, page []byte) { p.cipher.decrypt(int64(number), page) }

// pageKeys is the encryption of Office 2007 as Access has it: the number of the
// page is hashed into its key, and the password is hashed but once.
type pageKeys struct {
	*standard
	from []byte // what the password gave
}

func (k pageKeys) try(password []byte) (segments, bool) {
	for _, spins := range []int{0, standardSpins} {
		base := k.base(password, spins)
		if block, err := aes.NewCipher(k.derive(base, 0)); err == nil && k.fits(codebook{block}) {
			return pageKeys{k.standard, base}, true
		}
	}
	return nil, false
}

func (k pageKeys) decrypt(n int64, page []byte) {
	if block, err := aes.NewCipher(k.derive(k.from, uint32(n))); err == nil {
		codebook{block}.decrypt(n, page)
	}
}
