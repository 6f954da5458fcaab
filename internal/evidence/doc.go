// Package evidence turns an exhibit into items: it walks folders, names what
// lies in them by the rules of the contract, unpacks containers, and keeps the
// figures by which a court can check that nothing was left out.
//
// In flow a folder (Walk) or the bytes of a container (Unpack); out flow files
// and members in a fixed order, each with a name that is unique and cannot
// climb out of anything, and each with its bytes or with the reason why they
// cannot be had. Nothing vanishes: a folder that cannot be opened, a link, a
// device, an encrypted member is a row with a reason.
//
// The package never writes, and never opens a path that an archive names. It
// knows no format other than containers. How much a container may expand to is
// bounded by Limits; loops of containers that hold themselves are the sweep's
// to find, by the digests of the ancestors.
//
// A container type is one file unpack_<name>.go and one line in unpackers.
package evidence
