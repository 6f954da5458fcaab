package ooxml

import (
	"errors"
	"io"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/part"
	"github.com/reeve-council/reeve/internal/ole"
	"github.com/reeve-council/reeve/internal/zip"
)

const encryptedReader = "ooxml-encrypted/1"

// ReadEncrypted reads an office file that is encrypted with a password: it is
// opened with the passwords supplied, or with the one that merely means "read
// only", and then read as what it is. What is none of these kinds goes on
// as an embedded item.
func ReadEncrypted(src part.Source, opt part.Options, sink part.Sink) reeve.Outcome {
	f, err := ole.Open(src.Reader, src.Size)
	if err != nil {
		return part.Fail(encryptedReader, part.Broken("it is not a compound file"))
	}
	in, size, err := ole.Decrypt(f, opt.Passwords)
	switch {
	case errors.Is(err, ole.ErrPassword):
		return part.Fail(encryptedReader, part.Encrypted("the document has a password"))
	case errors.Is(err, ole.ErrMethod):
		return part.Fail(encryptedReader, part.Encrypted("the document is encrypted by a method that no password opens"))
	case err != nil:
		return part.Fail(encryptedReader, part.Broken("what describes its encryption is damaged"))
	}
	inner := part.Source{Reader: in, Size: size}
	if read := readerOf(inner); read != nil {
		return read(inner, opt, sink)
	}
	out := part.NewWriter(sink, opt.Limits)
	out.Embed("EncryptedPackage", io.NewSectionReader(in, 0, size))
	return out.Finish(encryptedReader, out.Err())
}

// readerOf chooses the reader of an opened package by the parts in it.
func readerOf(src part.Source) func(part.Source, part.Options, part.Sink) reeve.Outcome {
	dir, err := zip.Open(src.Reader, src.Size)
	if err != nil {
		return nil
	}
	switch {
	case dir.Find("word/document.xml") != nil:
		return ReadDOCX
	case dir.Find("xl/workbook.xml") != nil:
		return ReadXLSX
	case dir.Find("xl/workbook.bin") != nil:
		return ReadXLSB
	case dir.Find("ppt/presentation.xml") != nil:
		return ReadPPTX
	}
	return nil
}
