// Package officecrypt opens office files that are encrypted with a password
// ([MS-OFFCRYPTO]): new ones (agile and standard encryption of a package inside
// an OLE container) and what the readers of old ones need (RC4, RC4 CryptoAPI).
//
// An open compound file and the passwords that an operator supplied flow in;
// the decrypted bytes flow out as an io.ReaderAt, decrypted piece by piece as
// they are asked for, so that no package sits in memory. Besides the supplied
// passwords it tries the one with which Excel encrypts read-only files.
//
// It opens only with a password that fits: it never guesses, and how much work
// all passwords together may cost is bounded by maxSpins. No password and no
// key is in any error. A further cipher or hash is one case in agile.go.
package officecrypt
