package incident

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"html"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/paper"
	"github.com/reeve-council/reeve/internal/record"
	"github.com/reeve-council/reeve/internal/web"
)

// parcel is files that leave together, with a manifest of their digests. The
// digest of the manifest is a leaf of the record, and an extract of the record
// under the key of the case goes along: whoever has the public key by another
// way can tell that not a byte was changed.
type parcel struct {
	name    string // of the ZIP file
	files   []parcelFile
	objects []string // whose leaves go into the extract of the record
}

type parcelFile struct {
	name string
	data []byte
}

func (p *parcel) add(name string, data []byte) { p.files = append(p.files, parcelFile{name, data}) }

func (p *parcel) addJSON(name string, v any) error {
	b, err := json.MarshalIndent(v, "", "\t")
	if err != nil {
		return err
	}
	p.add(name, append(b, '\n'))
	return nil
}

// addDocument adds a document to be printed and to be read.
func (p *parcel) addDocument(name string, d *paper.Document) error {
	if err := p.addPDF(name, d); err != nil {
		return err
	}
	return p.addHTML(name, d)
}

func (p *parcel) addPDF(name string, d *paper.Document) error {
	var pdf bytes.Buffer
	if err := d.WritePDF(&pdf); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	p.add(name+".pdf", pdf.Bytes())
	return nil
}

func (p *parcel) addHTML(name string, d *paper.Document) error {
	var page bytes.Buffer
	fmt.Fprintf(&page, "<!DOCTYPE html><html lang=\"en-GB\"><head><meta charset=\"utf-8\"><title>%s</title></head><body><h1>%s</h1>", html.EscapeString(d.Title), html.EscapeString(d.Title))
	if err := d.WriteHTML(&page); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	page.WriteString("</body></html>\n")
	p.add(name+".html", page.Bytes())
	return nil
}

// manifest lists the digests as sha256sum writes them, so that
// "sha256sum -c manifest.txt" checks the files.
func (p *parcel) manifest() []byte {
	var b bytes.Buffer
	for _, f := range p.files {
		fmt.Fprintf(&b, "%s  %s\n", digestOf(f.data), f.name)
	}
	return b.Bytes()
}

func digestOf(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// object names a parcel in the record: by its manifest, so that the same content
// has the same name.
func parcelObject(kind, digest string) string { return kind + ":" + digest[:16] }

// pack puts the leaf about a parcel into the record, lets the key of the case
// sign the record, and gives the ZIP. kind and verb name the leaf.
func (m *Room) pack(r *web.Request, p *parcel, kind, verb string) ([]byte, error) {
	if m.Office.Signer == nil {
		return nil, reeve.WithHint(fmt.Errorf("pack %s: %w", kind, reeve.Unavailable), "this program was started without the key of the case")
	}
	key, err := m.Office.Signer(r.Context())
	if err != nil {
		return nil, fmt.Errorf("open key: %w", err)
	}
	p.add("README.txt", p.readme(r.Now))
	manifest := p.manifest()
	thing := parcelObject(kind, digestOf(manifest))
	err = m.act(r, func(*db.Tx) (record.Leaf, error) {
		return record.Leaf{Verb: verb, Object: thing, Rows: int64(len(p.files)), Digest: digestOf(manifest), Line: thing + ": a file was made for others"}, nil
	})
	if err != nil {
		return nil, err
	}
	proof, err := m.proof(r.Context(), key, append(slices.Clone(p.objects), thing))
	if err != nil {
		return nil, err
	}
	return p.zip(r.Now, manifest, proof, key.Public())
}

// proof is the extract of the record about some objects.
func (m *Room) proof(ctx context.Context, key *record.Signer, objects []string) ([]byte, error) {
	var b bytes.Buffer
	if _, err := record.Bundle(ctx, &b, m.db, key, record.BundleOptions{Objects: objects}); err != nil {
		return nil, fmt.Errorf("write proof: %w", err)
	}
	return b.Bytes(), nil
}

func (p *parcel) zip(now time.Time, manifest, proof []byte, public string) ([]byte, error) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	all := append(slices.Clone(p.files), parcelFile{"manifest.txt", manifest}, parcelFile{"record.bundle", proof}, parcelFile{"record.pub", []byte(public + "\n")})
	for _, f := range all {
		w, err := z.CreateHeader(&zip.FileHeader{Name: f.name, Method: zip.Deflate, Modified: now.UTC()})
		if err == nil {
			_, err = w.Write(f.data)
		}
		if err != nil {
			return nil, fmt.Errorf("write ZIP: %w", err)
		}
	}
	err := z.Close()
	return b.Bytes(), err
}

func (p *parcel) readme(now time.Time) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "%s, made %s\n\n", p.name, shown(now.Unix()))
	b.WriteString(`To check that nothing was changed:

  1. sha256sum -c manifest.txt
     compares every file with the manifest.
  2. reeve verify record.bundle --key KEY
     checks the record under the key of the case. Take KEY from whom you trust,
     not from this file: record.pub is here for comparing only.
  3. sha256sum manifest.txt
     must be the "digest" of the last act in record.bundle, whose object ends
     with the first 16 digits of it.
`)
	return []byte(b.String())
}

// zipAnswer gives a parcel to be saved.
func zipAnswer(name string, data []byte) web.Answer {
	return web.File{Name: name, Type: "application/zip", Pour: func(w http.ResponseWriter) error {
		_, err := w.Write(data)
		return err
	}}
}
