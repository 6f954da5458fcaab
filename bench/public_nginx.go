package main

import (
	"bytes"
	"compress/gzip"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"math/big"
	"net"
	"os"
	"path"
	"path/filepath"
	"time"

	"github.com/reeve-council/reeve/internal/publish"
)

// writeSite writes the files of a site as a static server finds them, each
// squeezed beside itself.
func writeSite(dir string, site *publish.Site) error {
	for _, p := range site.Paths() {
		name := filepath.Join(dir, filepath.FromSlash(p))
		if path.Ext(p) == "" {
			name = filepath.Join(name, "index.html")
		}
		body := site.File(p).Body
		var squeezed bytes.Buffer
		z, err := gzip.NewWriterLevel(&squeezed, gzip.BestCompression)
		if err != nil {
			return err
		}
		z.Write(body)
		err = errors.Join(z.Close(), os.MkdirAll(filepath.Dir(name), 0o755), os.WriteFile(name, body, 0o644), os.WriteFile(name+".gz", squeezed.Bytes(), 0o644))
		if err != nil {
			return err
		}
	}
	return nil
}

// writePair writes a certificate as reeve serve --tls-own makes one (ECDSA,
// P-256), signed by itself.
func writePair(dir string) error {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return err
	}
	t := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour), IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}}
	signed, err := x509.CreateCertificate(rand.Reader, t, t, &key.PublicKey, key)
	if err != nil {
		return err
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return err
	}
	return errors.Join(os.WriteFile(filepath.Join(dir, "server.crt"), pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: signed}), 0o644),
		os.WriteFile(filepath.Join(dir, "server.key"), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private}), 0o600))
}

// freePort is one that nobody listens on now.
func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}
