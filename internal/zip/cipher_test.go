package zip

import (
	"bytes"
	"compress/flate"
	"crypto/aes"
	"crypto/hmac"
	"crypto/pbkdf2"
	"crypto/sha1"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"hash/crc32"
	"io"
	"strings"
	"testing"

	stdzip "archive/zip"

	"github.com/klauspost/compress/zstd"
	"github.com/ulikunitz/xz"
	"github.com/ulikunitz/xz/lzma"
)

// rawMember writes one member with bytes, method, flags and extra field as given.
func rawMember(t testing.TB, h stdzip.FileHeader, data []byte) []byte {
	t.Helper()
	var buf bytes.Buffer
	w := stdzip.NewWriter(&buf)
	h.CompressedSize64 = uint64(len(data))
	f, err := w.CreateRaw(&h)
	if err != nil {
		t.Fatal(err)
	}
	f.Write(data)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

func deflated(s string) []byte {
	var buf bytes.Buffer
	w, _ := flate.NewWriter(&buf, flate.BestSpeed)
	io.WriteString(w, s)
	w.Close()
	return buf.Bytes()
}

// lock encrypts as APPNOTE 6.1.6 says; the last byte of the header is the check.
func lock(password string, check byte, data []byte) []byte {
	keys := newZipKeys([]byte(password))
	out := append([]byte("elevenbytes"), check)
	out = append(out, data...)
	for i, p := range out {
		k := keys[2] | 2
		out[i] = p ^ byte(k*(k^1)>>8)
		keys.update(p)
	}
	return out
}

func TestZipCrypto(t *testing.T) {
	for _, text := range []string{"short", strings.Repeat("a long letter, ", 5000)} {
		for method, packed := range map[uint16][]byte{Store: []byte(text), Deflate: deflated(text)} {
			sum := crc32.ChecksumIEEE([]byte(text))
			h := stdzip.FileHeader{Name: "a.txt", Method: method, Flags: flagEncrypted, CRC32: sum, UncompressedSize64: uint64(len(text))}
			d := open(t, rawMember(t, h, lock("pâss", byte(sum>>24), packed)))
			e := d.Entries[0]
			if e.Encryption != ZipCrypto {
				t.Fatalf("cipher %d", e.Encryption)
			}
			if _, err := e.Open(); !errors.Is(err, ErrPassword) {
				t.Errorf("without a password: %v", err)
			}
			wrong := make([]string, 600) // of which two or so pass the check byte
			for i := range wrong {
				wrong[i] = "wrong" + string(rune('a'+i%26)) + string(rune('a'+i/26))
			}
			if _, err := body(e, wrong...); !errors.Is(err, ErrPassword) {
				t.Errorf("with wrong passwords: %v", err)
			}
			if got, err := body(e, append(wrong, "pâss")...); got != text || err != nil {
				t.Errorf("method %d: %d bytes, %v", method, len(got), err)
			}
		}
	}
	if keys := spellings("pâss"); len(keys) != 3 || string(keys[1]) != "p\xe2ss" || string(keys[2]) != "p\x83ss" {
		t.Errorf("spellings %q", keys)
	}
}

// lockAES encrypts as the WinZip AE specification says.
func lockAES(t testing.TB, password string, strength int, data []byte) []byte {
	t.Helper()
	keyLen := 8 + 8*strength
	salt := bytes.Repeat([]byte{7}, keyLen/2)
	keys, err := pbkdf2.Key(sha1.New, password, salt, 1000, 2*keyLen+2)
	if err != nil {
		t.Fatal(err)
	}
	block, err := aes.NewCipher(keys[:keyLen])
	if err != nil {
		t.Fatal(err)
	}
	text := bytes.Clone(data)
	for i := 0; i < len(text); i += aes.BlockSize {
		var counter, stream [aes.BlockSize]byte
		binary.LittleEndian.PutUint64(counter[:], uint64(i/aes.BlockSize+1))
		block.Encrypt(stream[:], counter[:])
		for k := i; k < min(i+aes.BlockSize, len(text)); k++ {
			text[k] ^= stream[k-i]
		}
	}
	mac := hmac.New(sha1.New, keys[keyLen:2*keyLen])
	mac.Write(text)
	out := append(salt, keys[2*keyLen:]...)
	return mac.Sum(append(out, text...))[:len(salt)+2+len(text)+10]
}

func TestAES(t *testing.T) {
	text := strings.Repeat("minutes of the panel, ", 1000)
	for strength := 1; strength <= 3; strength++ {
		for _, version := range []byte{1, 2} {
			sum := uint32(0)
			if version == 1 {
				sum = crc32.ChecksumIEEE([]byte(text))
			}
			h := stdzip.FileHeader{Name: "a.txt", Method: methodAES, Flags: flagEncrypted, CRC32: sum, UncompressedSize64: uint64(len(text)),
				Extra: []byte{1, 0x99, 7, 0, version, 0, 'A', 'E', byte(strength), Deflate, 0}}
			data := rawMember(t, h, lockAES(t, "tika", strength, deflated(text)))
			e := open(t, data).Entries[0]
			if e.Encryption != AES || e.Method != Deflate {
				t.Fatalf("cipher %d, method %d", e.Encryption, e.Method)
			}
			if _, err := body(e, "wrong", ""); !errors.Is(err, ErrPassword) {
				t.Errorf("wrong password: %v", err)
			}
			if got, err := body(e, "wrong", "tika"); got != text || err != nil {
				t.Errorf("AE-%d, %d: %d bytes, %v", version, strength, len(got), err)
			}
			i := bytes.Index(data, []byte("a.txt")) + 5 + 11 + 4 + 4*strength + 2 + 3
			data[i] ^= 1
			if got, err := body(open(t, data).Entries[0], "tika"); err == nil {
				t.Errorf("AE-%d, %d: changed ciphertext gave %d bytes without an error", version, strength, len(got))
			}
		}
	}
}

// TestOthersFiles opens what other programs encrypted with "letmein".
func TestOthersFiles(t *testing.T) {
	for by, c := range map[string]struct{ file, want string }{
		"Info-ZIP 3.0": {"504b03040a00090000004c2e765db8791bf31a0000000e00000005000000612e7478744e1d6f2415270bcd35b4aecdc45ba3d6a95ec2871057d300a90a504b07" +
			"08b8791bf31a0000000e000000504b01021e030a00090000004c2e765db8791bf31a0000000e000000050000000000000001000000a48100000000612e747874504b0506" +
			"0000000001000100330000004d0000000000", "secret minutes"},
		"pyzipper 0.3": {"504b03041400010063004e2e765d00000000300000009600000005000b00612e7478740199070002004145030800dc7c829b89e78c5344e35e46a5f6bc297736" +
			"ac55ff0823a2cca91eba0289b77654b3281ab8d4003b8f080149a6b6d9c4504b010214031400010063004e2e765d00000000300000009600000005000b00000000000000" +
			"0000800100000000612e7478740199070002004145030800504b050600000000010001003e0000005e0000000000", strings.Repeat("secret minutes\n", 10)},
	} {
		e := open(t, unhex(t, c.file)).Entries[0]
		if got, err := body(e, "wrong", "letmein"); got != c.want || err != nil {
			t.Errorf("%s: %q, %v", by, got, err)
		}
	}
}

func TestMethods(t *testing.T) {
	text := strings.Repeat("abcde fghij klmno\n", 300)
	sum := crc32.ChecksumIEEE([]byte(text))
	zw, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	var xzBuf, lzmaBuf bytes.Buffer
	xw, err := xz.NewWriter(&xzBuf)
	if err != nil {
		t.Fatal(err)
	}
	io.WriteString(xw, text)
	xw.Close()
	lw, err := lzma.NewWriter(&lzmaBuf)
	if err != nil {
		t.Fatal(err)
	}
	io.WriteString(lw, text)
	lw.Close()
	alone := lzmaBuf.Bytes()
	for method, c := range map[uint16]struct {
		packed []byte
		flags  uint16
	}{
		Zstandard: {zw.EncodeAll([]byte(text), nil), 0},
		XZ:        {xzBuf.Bytes(), 0},
		LZMA:      {append(append([]byte{9, 20, 5, 0}, alone[:5]...), alone[13:]...), 2},
		BZip2:     {unhex(t, bzipText), 0},
	} {
		h := stdzip.FileHeader{Name: "a.txt", Method: method, Flags: c.flags, CRC32: sum, UncompressedSize64: uint64(len(text))}
		if got, err := body(open(t, rawMember(t, h, c.packed)).Entries[0]); got != text || err != nil {
			t.Errorf("%s: %d bytes, %v", methodName(method), len(got), err)
		}
	}
	h := stdzip.FileHeader{Name: "a.txt", Method: 6, CRC32: sum, UncompressedSize64: uint64(len(text))}
	if _, err := body(open(t, rawMember(t, h, []byte("imploded"))).Entries[0]); !errors.Is(err, ErrMethod) || !strings.Contains(err.Error(), "implode") {
		t.Errorf("implode: %v", err)
	}
}

// bzipText is the text of TestMethods as Python's bz2.compress gives it.
const bzipText = "425a683931415926535987d2a352000257d100001040003fffa000902869a6000295518344d34f5325238291d948d0a46c5237291c148c148c148e4a474523e148eca46a523e948f0a47e2919291fc5dc914e142421f4a8d48"

func unhex(t testing.TB, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(s)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// bitWriter writes what deflate reads: least significant bit first.
type bitWriter struct {
	out []byte
	n   uint
}

func (w *bitWriter) put(v, n uint) {
	for range n {
		if w.n%8 == 0 {
			w.out = append(w.out, 0)
		}
		w.out[w.n/8] |= byte(v&1) << (w.n % 8)
		v >>= 1
		w.n++
	}
}

// code writes a Huffman code, which goes most significant bit first.
func (w *bitWriter) code(v, n uint) {
	for i := n; i > 0; i-- {
		w.put(v>>(i-1)&1, 1)
	}
}

func TestDeflate64(t *testing.T) {
	// Text without a run of 258 equal bytes is coded alike in both.
	var text strings.Builder
	for i := range uint32(20000) {
		text.WriteString(hex.EncodeToString(binary.BigEndian.AppendUint32(nil, i*2654435761))[:5])
	}
	for _, level := range []int{0, 1, 9, flate.HuffmanOnly} {
		var buf bytes.Buffer
		w, _ := flate.NewWriter(&buf, level)
		io.WriteString(w, text.String())
		w.Close()
		if got, err := io.ReadAll(newInflate64(&buf)); string(got) != text.String() || err != nil {
			t.Errorf("level %d: %d bytes, %v", level, len(got), err)
		}
	}
	// A fixed block: "a", then length 3+1000 at distance 1, then the end.
	var w bitWriter
	w.put(1, 1)
	w.put(1, 2)
	w.code('a'+0x30, 8)
	w.code(285-280+0xc0, 8)
	w.put(1000, 16)
	w.code(0, 5)
	w.code(0, 7)
	if got, err := io.ReadAll(newInflate64(bytes.NewReader(w.out))); len(got) != 1004 || strings.Trim(string(got), "a") != "" || err != nil {
		t.Errorf("long copy: %d bytes, %v", len(got), err)
	}
	if base, extra := distanceCode(31); base != 49153 || extra != 14 {
		t.Errorf("distance code 31: %d+%d bits", base, extra)
	}
}

// TestZip64 builds a directory in which every value lies in the zip64 records.
func TestZip64(t *testing.T) {
	const text = "a small file with large fields"
	var b []byte
	u16 := func(v uint16) { b = le.AppendUint16(b, v) }
	u32 := func(v uint32) { b = le.AppendUint32(b, v) }
	u64 := func(v uint64) { b = le.AppendUint64(b, v) }
	fields := func() { // from version needed to name length
		u16(45)
		u16(0)
		u16(Store)
		u32(0)
		u32(crc32.ChecksumIEEE([]byte(text)))
		u32(maxUint32)
		u32(maxUint32)
		u16(5)
	}
	u32(sigLocal)
	fields()
	u16(20)
	b = append(b, "a.txt"...)
	u16(extraZip64)
	u16(16)
	u64(uint64(len(text)))
	u64(uint64(len(text)))
	b = append(b, text...)
	central := uint64(len(b))
	u32(sigCentral)
	u16(45)
	fields()
	u16(28)
	u16(0)
	u16(0)
	u16(0)
	u32(0)
	u32(maxUint32)
	b = append(b, "a.txt"...)
	u16(extraZip64)
	u16(24)
	u64(uint64(len(text)))
	u64(uint64(len(text)))
	u64(0)
	end := uint64(len(b))
	u32(sigEnd64)
	u64(44)
	u16(45)
	u16(45)
	u32(0)
	u32(0)
	u64(1)
	u64(1)
	u64(end - central)
	u64(central)
	u32(sigLocator64)
	u32(0)
	u64(end)
	u32(1)
	u32(sigEnd)
	u16(0)
	u16(0)
	u16(maxUint16)
	u16(maxUint16)
	u32(maxUint32)
	u32(maxUint32)
	u16(0)
	for name, file := range map[string][]byte{"plain": b, "behind junk": append([]byte("junk before it"), b...)} {
		d := open(t, file)
		if len(d.Entries) != 1 || d.Salvaged {
			t.Fatalf("%s: %+v", name, d)
		}
		if got, err := body(d.Entries[0]); got != text || err != nil {
			t.Errorf("%s: %q, %v", name, got, err)
		}
	}
}

func TestNames(t *testing.T) {
	unicode := le.AppendUint32([]byte{1}, crc32.ChecksumIEEE([]byte("caf?")))
	for _, c := range []struct {
		raw   string
		flags uint16
		host  byte
		extra []byte
		want  string
	}{
		{"plain.txt", 0, 0, nil, "plain.txt"},
		{"Zoë.txt", flagUTF8, 3, nil, "Zoë.txt"},
		{"Zoë.txt", 0, 0, nil, "Zoë.txt"},
		{"Zo\x89 \x9c5.txt", 0, 0, nil, "Zoë £5.txt"},
		{"Zo\xeb.txt", 0, 3, nil, "Zo\xeb.txt"},
		{"caf?", 0, 0, append(append([]byte{0x75, 0x70, 10, 0}, unicode...), "café"...), "café"},
		{"cafX", 0, 0, append(append([]byte{0x75, 0x70, 10, 0}, unicode...), "café"...), "cafX"},
	} {
		e := &Entry{Name: decodeName([]byte(c.raw), c.flags, c.host)}
		var disk int64
		e.readExtra(c.extra, []byte(c.raw), &disk)
		if e.Name != c.want {
			t.Errorf("%q: %q, want %q", c.raw, e.Name, c.want)
		}
	}
}

// TestShifted removes bytes from the middle, so that the directory points
// beside the headers.
func TestShifted(t *testing.T) {
	data := write(t, council)
	at := bytes.Index(data, []byte("notes.txt")) - lenLocal
	data = append(append(bytes.Clone(data[:40]), data[60:at]...), data[at:]...)
	d := open(t, data)
	whole := 0
	for _, e := range d.Entries {
		if got, err := body(e); err == nil && (got == council[2].body || got == council[3].body) {
			whole++
		}
	}
	if whole != 2 {
		t.Errorf("%d members found, %d entries", whole, len(d.Entries))
	}
}
