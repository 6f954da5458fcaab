// Package ole reads OLE compound files ([MS-CFB]): the container under the old
// office formats, mail messages and encrypted new ones.
//
// An io.ReaderAt flows in; a tree of storages and streams flows out, each
// stream readable from any place. Files are read as they are found after an
// attack: half-copied, with a broken allocation table, with names in the wrong
// letter case, with loops. What a stream's sectors no longer tell is taken to
// be the sectors that follow (Guessed says so); what is not there ends the
// stream with io.ErrUnexpectedEOF.
//
// No declared count or length is trusted for an allocation, and every chain
// ends: memory is bounded by the size of the file, and stays near a hundredth
// of it. The package never writes. It gives bytes and names; what they mean is
// the readers' affair.
//
//   - ole.go: the tree; directory.go: how it is found; chain.go: sectors
//   - encrypted.go: opening what a password protects ([MS-OFFCRYPTO]): the
//     package of a new file (agile.go, standard.go) and the key streams of an
//     old one (rc4.go). No password and no key is in any error. A further cipher
//     or hash is one case in agile.go.
package ole
