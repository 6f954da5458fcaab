package evidence

import (
	"io"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/zip"
)

func (u *unpacker) zip() *reeve.Outcome {
	d, err := zip.Open(u.src.Reader, u.src.Size)
	if err != nil {
		return outcome(reeve.StatusDamaged, reeve.ReasonBroken, "no ZIP directory and no member in it")
	}
	for _, e := range d.Entries {
		if e.Dir {
			continue
		}
		if !u.offer(u.zipMember(e)) {
			break
		}
	}
	return zipOutcome(d)
}

func (u *unpacker) zipMember(e *zip.Entry) member {
	m := member{name: e.Name, size: e.Size, modified: e.Modified}
	switch {
	case e.Fault != nil:
		m.outcome = explain(e.Fault)
	case e.Link:
		m.outcome = linkOutcome()
	case e.Encryption == zip.Strong:
		m.outcome = explain(zip.ErrCipher)
	default:
		m.open = func() (io.ReadCloser, error) { return e.OpenWith(u.opt.Passwords) }
	}
	return m
}

func linkOutcome() *reeve.Outcome {
	return outcome(reeve.StatusUnsupported, reeve.ReasonLink, "a link to another place; not followed")
}

func specialOutcome() *reeve.Outcome {
	return outcome(reeve.StatusUnsupported, reeve.ReasonSpecial, "a device, socket or pipe")
}

func zipOutcome(d *zip.Directory) *reeve.Outcome {
	partly := reeve.StatusPartlyRead
	if len(d.Entries) == 0 {
		partly = reeve.StatusDamaged
	}
	switch {
	case d.TooMany:
		return outcome(reeve.StatusPartlyRead, reeve.ReasonTooMany, "holds more members than a file on disk may")
	case d.Spanned && len(d.Entries) == 0:
		return outcome(reeve.StatusUnsupported, reeve.ReasonSpanned, "one volume of several; the others are needed")
	case d.Spanned:
		return outcome(partly, reeve.ReasonSpanned, "one volume of several; what lies in it alone was unpacked")
	case d.Cut:
		return outcome(partly, reeve.ReasonCutShort, "ends before its directory; members were found by their own headers")
	case d.Salvaged:
		return outcome(partly, reeve.ReasonSalvaged, "its directory is broken; members were found by their own headers")
	}
	return read()
}
