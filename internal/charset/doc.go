// Package charset tells which encoding bytes of text are in and turns them into
// UTF-8.
//
// Bytes and perhaps a declared name flow in; UTF-8 and a Guess (name,
// confidence, how it was found) flow out. The ladder, first rung that holds:
// byte order mark; UTF-16 by the pattern of its zero bytes; valid UTF-8 (a few
// stray bytes among many valid sequences are repaired); the declared charset
// where the bytes can be that; EBCDIC; Windows-1252, which is what British
// office programs wrote for thirty years, unless its high bytes fall on
// unlikely letters and another charset reads much better.
//
// Decoding never fails: a byte that means nothing becomes U+FFFD. The package
// must stay pure: no files, no global state. A further single-byte charset is
// one row in candidates_table.go.
package charset
