package evidence

import (
	"errors"
	"io"
	"strings"
	"syscall"

	"github.com/bodgit/sevenzip"
	"github.com/nwaples/rardecode/v2"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/zip"
)

// Limits bound what one container may expand to. They count bytes and entries,
// never time.
type Limits struct {
	Expanded  int64 // bytes of all members; the caller sets what is left for the file on disk
	Entry     int64 // bytes of one member
	Entries   int   // members
	Ratio     int64 // expanded bytes per byte of the container that make it a bomb …
	RatioFrom int64 // … once it has expanded to so many bytes
}

// DefaultLimits leaves Expanded open, as it belongs to the file on disk, which
// may hold many containers: see Allowance.
func DefaultLimits() Limits {
	return Limits{Expanded: 1 << 62, Entry: 4 << 30, Entries: 1 << 20, Ratio: 1000, RatioFrom: 100 << 20}
}

// Allowance is what a file on disk of so many bytes may expand to in all: 2 GiB,
// or 200 times its size where that is more.
func Allowance(size int64) int64 {
	return max(2<<30, 200*min(size, 1<<50))
}

// fault is an error that knows its outcome.
type fault struct{ outcome reeve.Outcome }

func (f *fault) Error() string { return f.outcome.Detail }

func outcome(status reeve.Status, reason reeve.Reason, detail string) *reeve.Outcome {
	return &reeve.Outcome{Status: status, Reason: reason, Detail: detail}
}

// ReadFault is the outcome of a member whose reading ended with an error other
// than io.EOF after total bytes: partly read where some bytes came out.
func ReadFault(err error, total int64) *reeve.Outcome {
	o := explain(err)
	if o.Status == reeve.StatusDamaged && total > 0 {
		o.Status = reeve.StatusPartlyRead
	}
	return o
}

// explanations map the errors of the decoders; the first that fits counts.
var explanations = []struct {
	err    error
	status reeve.Status
	reason reeve.Reason
	detail string
}{
	{zip.ErrPassword, reeve.StatusEncrypted, reeve.ReasonPasswordNeeded, "encrypted; no supplied password opens it"},
	{rardecode.ErrArchivedFileEncrypted, reeve.StatusEncrypted, reeve.ReasonPasswordNeeded, "encrypted; no supplied password opens it"},
	{rardecode.ErrArchiveEncrypted, reeve.StatusEncrypted, reeve.ReasonPasswordNeeded, "encrypted with its names; no supplied password opens it"},
	{rardecode.ErrBadPassword, reeve.StatusEncrypted, reeve.ReasonPasswordNeeded, "encrypted; no supplied password opens it"},
	{zip.ErrCipher, reeve.StatusEncrypted, reeve.ReasonNoReader, "encrypted by a method that this version cannot open"},
	{rardecode.ErrUnknownEncryptMethod, reeve.StatusEncrypted, reeve.ReasonNoReader, "encrypted by a method that this version cannot open"},
	{zip.ErrMethod, reeve.StatusUnsupported, reeve.ReasonNoReader, "compressed by a method that this version cannot expand"},
	{rardecode.ErrUnsupportedDecoder, reeve.StatusUnsupported, reeve.ReasonNoReader, "compressed by a method that this version cannot expand"},
	{rardecode.ErrUnknownDecoder, reeve.StatusUnsupported, reeve.ReasonNoReader, "compressed by a method that this version cannot expand"},
	{zip.ErrSpanned, reeve.StatusUnsupported, reeve.ReasonSpanned, "lies in another volume of a spanned archive"},
	{rardecode.ErrMultiVolume, reeve.StatusDamaged, reeve.ReasonSpanned, "goes on in another volume of a spanned archive"},
	{zip.ErrOverlap, reeve.StatusLimit, reeve.ReasonBomb, "shares its bytes with another member"},
	{rardecode.ErrDictionaryTooLarge, reeve.StatusLimit, reeve.ReasonMemory, "asks for more memory than a reader may have"},
	{zip.ErrCut, reeve.StatusDamaged, reeve.ReasonCutShort, "its container ends before it does"},
	{rardecode.ErrUnexpectedArcEnd, reeve.StatusDamaged, reeve.ReasonCutShort, "its container ends before it does"},
	{rardecode.ErrDecoderOutOfData, reeve.StatusDamaged, reeve.ReasonCutShort, "its container ends before it does"},
	{io.ErrUnexpectedEOF, reeve.StatusDamaged, reeve.ReasonCutShort, "its container ends before it does"},
	{io.EOF, reeve.StatusDamaged, reeve.ReasonCutShort, "its container ends before it does"},
	{syscall.EIO, reeve.StatusDamaged, reeve.ReasonUnreadable, "the medium gave an error while it was read"},
}

func explain(err error) *reeve.Outcome {
	var f *fault
	if errors.As(err, &f) {
		o := f.outcome
		return &o
	}
	for _, e := range explanations {
		if errors.Is(err, e.err) {
			return outcome(e.status, e.reason, e.detail)
		}
	}
	var seven *sevenzip.ReadError
	if errors.As(err, &seven) && seven.Encrypted {
		return outcome(reeve.StatusEncrypted, reeve.ReasonPasswordNeeded, "encrypted; no supplied password opens it")
	}
	if strings.Contains(err.Error(), "unsupported compression algorithm") {
		return outcome(reeve.StatusUnsupported, reeve.ReasonNoReader, "compressed by a method that this version cannot expand")
	}
	return outcome(reeve.StatusDamaged, reeve.ReasonBroken, "its bytes contradict its container's directory")
}

// guard runs a decoder's code; a panic there is a damaged container, whatever
// the decoder thought. The stack is not kept: it could quote the content.
func guard(f func() error) (err error) {
	defer func() {
		if recover() != nil {
			err = &fault{*outcome(reeve.StatusDamaged, reeve.ReasonBroken, "its decoder gave up on it")}
		}
	}()
	return f()
}

// meter counts the bytes of one member, and with it those of all.
type meter struct {
	u *unpacker
	r io.Reader
	n int64
}

func (m *meter) Read(p []byte) (n int, err error) {
	if m.u.over != nil {
		return 0, &fault{*m.u.over}
	}
	err = guard(func() (err error) { n, err = m.r.Read(p); return err })
	m.n += int64(n)
	m.u.expanded += int64(n)
	if stop := m.check(); stop != nil {
		return 0, stop
	}
	if err != nil && err != io.EOF {
		m.u.failed = err
	}
	return n, err
}

func (m *meter) check() error {
	limits := m.u.opt.Limits
	if m.n > limits.Entry {
		return &fault{*outcome(reeve.StatusLimit, reeve.ReasonTooLarge, "larger than one member may be")}
	}
	if m.u.over = m.u.excess(m.u.expanded); m.u.over != nil {
		return &fault{*m.u.over}
	}
	return nil
}

// excess says why so many expanded bytes are too many, nil if they are not.
func (u *unpacker) excess(n int64) *reeve.Outcome {
	limits := u.opt.Limits
	switch {
	case n > limits.RatioFrom && n/limits.Ratio > u.src.Size:
		return outcome(reeve.StatusLimit, reeve.ReasonBomb, "its container expands beyond any sane ratio")
	case n > limits.Expanded:
		return outcome(reeve.StatusLimit, reeve.ReasonTooLarge, "its container expands to more than the file on disk may")
	}
	return nil
}

// flow bounds a compressed stream, of which members that nobody reads are a
// part too.
type flow struct {
	u *unpacker
	r io.Reader
	n int64
}

func (f *flow) Read(p []byte) (n int, err error) {
	err = guard(func() (err error) { n, err = f.r.Read(p); return err })
	f.n += int64(n)
	if o := f.u.excess(f.n); o != nil {
		f.u.over = o
		return 0, &fault{*o}
	}
	return n, err
}
