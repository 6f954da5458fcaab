// Package zip reads ZIP containers as they are found on file servers after an
// attack: whole, half-copied, with a broken or missing central directory, with
// junk before or after, in several volumes, encrypted, with names in the code
// pages of old machines.
//
// In flows an io.ReaderAt with its size; out flow a Directory and, per Entry,
// the expanded bytes, checked against size and CRC-32. archive/zip is not used
// because it refuses a file whose end is missing, and because it hands out the
// ciphertext of an encrypted stored entry as if it were the content.
//
// The package never writes, never trusts a declared length for an allocation,
// and never lets two entries share bytes (the overlapping bomb). How much may
// be expanded in all is the caller's budget, not this package's.
//
// A compression method is one line in methods (method.go), an extra field one
// case in extra.go. The source of all numbers is PKWARE's APPNOTE 6.3.10,
// section 4, and for AES the WinZip AE-1/AE-2 specification.
package zip
