package plant

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// oddities adds what every real share has: files that are empty, broken,
// locked, misnamed, scanned, or not to be followed. Their facts are in the
// truth; those that cannot be read are marked so.
func (t *town) oddities(s *shelf, dir string) error {
	if err := os.WriteFile(filepath.Join(dir, "passwords.txt"), []byte("letmein\nNorvale2014\n"), 0o644); err != nil {
		return fmt.Errorf("write passwords: %w", err)
	}
	for _, add := range []func(*town, *shelf) error{plainOddities, brokenFiles, lockedFiles, nestedArchives, winmails, scans, misnamed, oddNames, links} {
		if err := add(t, s); err != nil {
			return err
		}
	}
	return nil
}

// sample writes a document of a type in a format, for an oddity.
func (t *town) sample(name, format string, n int) (*paper, []byte, ItemTruth) {
	for i := range docTypes {
		if d := &docTypes[i]; d.name == name {
			p := t.sheetOf(d, stream(uint64(n), "sample/"+name), t.style)
			p.ocr = false
			l := layoutOf(format)
			p.mail = l.mail()
			d.compose(p)
			return p, l.write(p), ItemTruth{Type: name, Style: string(p.manner.letter), Format: format}
		}
	}
	panic("plant: no document type " + name)
}

func plainOddities(_ *town, s *shelf) error {
	for _, f := range []struct {
		name, data, status string
	}{
		{"Scans/empty.pdf", "", "read"},
		{"Housing/desktop.ini", "[.ShellClassInfo]\r\nIconIndex=0\r\n", "read"},
		{"Facilities/plan.dwg", "AC1015\x00\x00\x00\x00\x00\x00\x01" + strings.Repeat("\x9a\x07\xe1\x00", 300), "unsupported"},
		{"Corporate/core.bin", strings.Repeat("\x00\x01\x02\xff\xfe\x80", 500), "unsupported"},
	} {
		status := []string{f.status}
		if f.status == "unsupported" {
			status = append(status, "read", "damaged", "partly-read")
		}
		if _, err := s.put(f.name, []byte(f.data), ItemTruth{Status: status, Format: "odd"}, nil); err != nil {
			return err
		}
	}
	return nil
}

// brokenFiles are cut short, as interrupted copies are.
func brokenFiles(t *town, s *shelf) error {
	for i, f := range []struct{ kind, format string }{{"rent arrears letter", "docx"}, {"benefit decision letter", "pdf"}, {"care clients list", "xlsx"}} {
		p, data, note := t.sample(f.kind, f.format, 100+i)
		note.Status, note.Unread = []string{"damaged", "partly-read"}, true
		name := fmt.Sprintf("Recovered/FILE%04d.%s", i+1, f.format)
		if _, err := s.put(name, data[:len(data)*6/10], note, p.facts); err != nil {
			return err
		}
	}
	p, data, note := t.sample("housing case note", "txt", 104)
	other := []byte(strings.Repeat("minutes of nothing\r\n", 40))
	whole := packed([2]string{"note.txt", string(data)}, [2]string{"other.txt", string(other)})
	item, err := s.put("Recovered/FILE0009.zip", whole[:len(whole)-60], ItemTruth{Status: []string{"damaged", "partly-read"}, Format: "archive"}, nil)
	if err != nil {
		return err
	}
	note.Optional, note.Unread = true, true
	s.record(item+"!/note.txt", data, note, p.facts)
	s.record(item+"!/other.txt", other, ItemTruth{Optional: true, Format: "txt"}, nil)
	return nil
}

// lockedFiles are archives with a password that is on the list, and one that
// is not.
func lockedFiles(t *town, s *shelf) error {
	for i, lock := range []struct{ name, password string }{{"HR/Leavers/leavers.zip", "Norvale2014"}, {"Legal/Restricted/sealed.zip", "correct-horse-battery"}} {
		p, data, note := t.sample("payroll list", "csv", 200+i)
		q, letter, letterNote := t.sample("disciplinary letter", "docx", 210+i)
		archive := ItemTruth{Format: "archive", Status: []string{"read", "partly-read"}}
		if i == 1 {
			archive.Status = append(archive.Status, "encrypted")
			for _, n := range []*ItemTruth{&note, &letterNote} {
				n.Status, n.Unread = []string{"encrypted"}, true
			}
		}
		c := stream(uint64(i), "locked")
		item, err := s.put(lock.name, lockedZip(lock.password, c, member{"payroll.csv", data}, member{"letters/warning.docx", letter}), archive, nil)
		if err != nil {
			return err
		}
		s.record(item+"!/payroll.csv", data, note, p.facts)
		s.record(item+"!/letters/warning.docx", letter, letterNote, q.facts)
	}
	return nil
}

// nestedArchives are an archive in an archive, and a compressed table.
func nestedArchives(t *town, s *shelf) error {
	p, data, note := t.sample("MARAC minutes", "docx", 300)
	inner := packed([2]string{"2014/MARAC 3.docx", string(data)})
	item, err := s.put("Community Safety/old laptop.zip", packed([2]string{"Documents/marac.zip", string(inner)}), ItemTruth{Format: "archive"}, nil)
	if err != nil {
		return err
	}
	s.record(item+"!/Documents/marac.zip", inner, ItemTruth{Format: "archive"}, nil)
	s.record(item+"!/Documents/marac.zip!/2014/MARAC 3.docx", data, note, p.facts)
	p, data, note = t.sample("council tax refunds", "csv", 301)
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(data); err != nil {
		return fmt.Errorf("compress: %w", err)
	}
	if err := w.Close(); err != nil {
		return fmt.Errorf("compress: %w", err)
	}
	if item, err = s.put("Revenues/Exports/refunds.csv.gz", b.Bytes(), ItemTruth{Format: "archive"}, nil); err != nil {
		return err
	}
	s.record(item+"!/refunds.csv", data, note, p.facts)
	return nil
}

// winmails are mails as Outlook sent them to those who had no Outlook, saved
// under the one name that they all come with.
func winmails(t *town, s *shelf) error {
	for i, kind := range []string{"complaint e-mail", "internal mail", "mail with list", "social care mail"} {
		for n := range 3 {
			p, data, note := t.sample(kind, "tnef", 800+10*i+n)
			if err := t.mail(s, p, data, "Mail/Saved/winmail.dat", note); err != nil {
				return err
			}
		}
	}
	return nil
}

// scans are pictures of letters: a PNG, and a PDF that holds a picture alone.
func scans(t *town, s *shelf) error {
	for i, kind := range []string{"rent arrears letter", "homelessness application", "DASH form", "adult social care assessment"} {
		p, _, note := t.sample(kind, "txt", 400+i)
		note.Status, note.Unread = []string{"needs-ocr", "read", "partly-read"}, true
		img := scanned(p)
		note.Format = "png"
		if _, err := s.put(fmt.Sprintf("Scans/SCN%04d.png", 1000+i), pngOf(img), note, p.facts); err != nil {
			return err
		}
		note.Format = "pdf-scan"
		packedPix := deflated(img.Pix)
		picture := fmt.Sprintf("<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray /BitsPerComponent 8 /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream",
			img.Rect.Dx(), img.Rect.Dy(), len(packedPix), packedPix)
		data := pdfFile([]string{onPage(img.Rect.Dx(), img.Rect.Dy())}, picture, 595, 842)
		if _, err := s.put(fmt.Sprintf("Scans/SCN%04d.pdf", 2000+i), data, note, p.facts); err != nil {
			return err
		}
	}
	return nil
}

// onPage draws a picture of so many dots below the upper margin of an A4 page,
// as large as fits and as wide to its height as it is.
func onPage(width, height int) string {
	w, h := 515, 515*height/width
	if h > 762 {
		w, h = 762*width/height, 762
	}
	return fmt.Sprintf("q %d 0 0 %d 40 %d cm /Im1 Do Q", w, h, 802-h)
}

// misnamed are files whose extension says something else.
func misnamed(t *town, s *shelf) error {
	for i, f := range []struct{ kind, format, name string }{
		{"benefit spreadsheet", "xlsx", "Benefits/Reports/export.csv"}, {"housing case note", "docx", "Housing/Case notes/note.doc"},
		{"blue badge application", "pdf", "Adults/Blue Badge/BB form.tmp"}, {"adult case note", "txt", "Adults/Case notes/no extension"},
		{"parking permits", "html", "Parking/Permits/permits.xls"},
	} {
		p, data, note := t.sample(f.kind, f.format, 500+i)
		if _, err := s.put(f.name, data, note, p.facts); err != nil {
			return err
		}
	}
	return nil
}

// oddNames are names that break careless lists.
func oddNames(t *town, s *shelf) error {
	for i, name := range []string{"Housing/Odd/two\nlines.txt", `Housing/Odd/say "cheese".txt`, "Housing/Odd/urgent!.txt", "Housing/Odd/50% off; now.txt",
		"Housing/Odd/=SUM(A1).txt", "Housing/Odd/Zażółć gęślą.txt", "Housing/Odd/ leading space.txt", "Housing/Odd/wow!/inside.txt"} {
		p, data, note := t.sample("housing case note", "txt", 600+i)
		if _, err := s.put(name, data, note, p.facts); err != nil {
			return err
		}
	}
	return nil
}

// links are not followed, neither round in a loop nor out of the exhibit.
func links(_ *town, s *shelf) error {
	for name, target := range map[string]string{"Shortcuts/loop": "..", "Shortcuts/gone": "nowhere"} {
		path := filepath.Join(s.dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return fmt.Errorf("make exhibit folder: %w", err)
		}
		if err := os.Symlink(target, path); err != nil {
			return fmt.Errorf("make link: %w", err)
		}
		s.truth.Items = append(s.truth.Items, ItemTruth{Item: name, Status: []string{"unsupported", "damaged", "limit"}, Format: "link"})
	}
	return nil
}
