package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/reeve-council/reeve"
)

// The authority of a case: a root that staff install once, good for the names
// of this machine and private addresses alone, so that whoever steals its key
// cannot pass for another site.
const (
	rootFile    = "reeve-root.crt"
	rootKeyFile = "reeve-root.key"
	rootLife    = 5 * 365 * 24 * time.Hour
	// leafLife is short of what browsers take; a new certificate is made at
	// every start and when the old one has a month left.
	leafLife = 390 * 24 * time.Hour
	leafLeft = 30 * 24 * time.Hour
)

// tlsConfig gives the settings for TLS, nil for none.
func (f *serveFlags) tlsConfig(keys string) (*tls.Config, error) {
	c := &tls.Config{MinVersion: tls.VersionTLS12}
	switch {
	case f.cert != "":
		pair, err := tls.LoadX509KeyPair(f.cert, f.key)
		if err != nil {
			return nil, reeve.WithHint(usageError{"the certificate and its key cannot be used together"}, "give two PEM files that belong to each other")
		}
		c.Certificates = []tls.Certificate{pair}
	case f.own:
		a, err := openAuthority(keys, f.hostNames())
		if err != nil {
			return nil, err
		}
		if _, err := a.certificate(time.Now()); err != nil {
			return nil, err
		}
		c.GetCertificate = func(*tls.ClientHelloInfo) (*tls.Certificate, error) { return a.certificate(time.Now()) }
	default:
		return nil, nil
	}
	return c, nil
}

// hostNames are the names and addresses by which the workspace is reached.
func (f *serveFlags) hostNames() []string {
	names := slices.Clone([]string(f.names))
	if h, err := os.Hostname(); err == nil {
		names = append(names, h)
	}
	names = append(names, "localhost", "127.0.0.1", "::1")
	host, _, _ := net.SplitHostPort(f.addr)
	if ip := net.ParseIP(host); ip != nil && !ip.IsUnspecified() {
		names = append(names, host)
	} else if all, err := net.InterfaceAddrs(); err == nil {
		for _, a := range all {
			if n, ok := a.(*net.IPNet); ok && !n.IP.IsLinkLocalUnicast() {
				names = append(names, n.IP.String())
			}
		}
	}
	for i, n := range names {
		names[i] = strings.ToLower(n)
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// authority signs the certificate of the workspace.
type authority struct {
	root  *x509.Certificate
	key   *ecdsa.PrivateKey
	names []string
	made  chan *tls.Certificate // holds the newest one
}

// openAuthority opens the authority of a case, or makes it.
func openAuthority(dir string, names []string) (*authority, error) {
	a := &authority{names: names, made: make(chan *tls.Certificate, 1)}
	a.made <- nil
	err := a.read(dir)
	if errors.Is(err, fs.ErrNotExist) {
		err = a.make(dir)
	}
	if err != nil {
		return nil, fmt.Errorf("open the case's certificate authority: %w", err)
	}
	for _, n := range names {
		if net.ParseIP(n) == nil && !a.covers(n) {
			return nil, reeve.WithHint(fmt.Errorf("the root certificate is not made for a name of this machine: %w", reeve.Invalid),
				"move keys/reeve-root.* of the case away, start again, and have staff install the new root")
		}
	}
	return a, nil
}

func (a *authority) covers(name string) bool {
	return slices.ContainsFunc(a.root.PermittedDNSDomains, func(d string) bool { return name == d || strings.HasSuffix(name, "."+d) })
}

func (a *authority) read(dir string) error {
	root, err := readPEM(filepath.Join(dir, rootFile))
	if err != nil {
		return err
	}
	if a.root, err = x509.ParseCertificate(root); err != nil {
		return reeve.Invalid
	}
	key, err := readPEM(filepath.Join(dir, rootKeyFile))
	if err != nil {
		return err
	}
	parsed, err := x509.ParsePKCS8PrivateKey(key)
	private, ok := parsed.(*ecdsa.PrivateKey)
	if err != nil || !ok || !private.PublicKey.Equal(a.root.PublicKey) {
		return reeve.WithHint(fmt.Errorf("its key does not fit: %w", reeve.Invalid), "bring keys/ back from a backup")
	}
	a.key = private
	return nil
}

func readPEM(path string) ([]byte, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, pathless(err)
	}
	block, _ := pem.Decode(b)
	if block == nil {
		return nil, reeve.Invalid
	}
	return block.Bytes, nil
}

// privateNets are the addresses of local networks (RFC 1918, 4193, loopback).
var privateNets = []string{"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "fc00::/7", "::1/128"}

func (a *authority) make(dir string) (err error) {
	if a.key, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader); err != nil {
		return err
	}
	host, _ := os.Hostname()
	now := time.Now()
	t := &x509.Certificate{
		SerialNumber: serial(), Subject: pkix.Name{Organization: []string{"Reeve"}, CommonName: "Reeve root of " + host},
		NotBefore: now.Add(-time.Hour), NotAfter: now.Add(rootLife), IsCA: true, MaxPathLenZero: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageCertSign, PermittedDNSDomainsCritical: true,
	}
	for _, n := range a.names {
		if net.ParseIP(n) == nil {
			t.PermittedDNSDomains = append(t.PermittedDNSDomains, n)
		}
	}
	for _, n := range privateNets {
		_, block, err := net.ParseCIDR(n)
		if err != nil {
			return err
		}
		t.PermittedIPRanges = append(t.PermittedIPRanges, block)
	}
	root, err := x509.CreateCertificate(rand.Reader, t, t, &a.key.PublicKey, a.key)
	if err != nil {
		return err
	}
	if a.root, err = x509.ParseCertificate(root); err != nil {
		return err
	}
	key, err := x509.MarshalPKCS8PrivateKey(a.key)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return pathless(err)
	}
	return errors.Join(writePEM(filepath.Join(dir, rootKeyFile), "PRIVATE KEY", key), writePEM(filepath.Join(dir, rootFile), "CERTIFICATE", root))
}

func writePEM(path, kind string, b []byte) error {
	if err := os.WriteFile(path, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: b}), 0o600); err != nil {
		return pathless(err)
	}
	return nil
}

func serial() *big.Int {
	b := make([]byte, 16)
	rand.Read(b)
	b[0] &= 0x7F // a serial number is positive
	return new(big.Int).SetBytes(b)
}

// certificate gives the certificate of the workspace, a new one when the last
// has a month left. Its key never leaves memory.
func (a *authority) certificate(now time.Time) (c *tls.Certificate, err error) {
	c = <-a.made
	defer func() { a.made <- c }()
	if c != nil && now.Add(leafLeft).Before(c.Leaf.NotAfter) {
		return c, nil
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return c, err
	}
	t := &x509.Certificate{
		SerialNumber: serial(), Subject: pkix.Name{Organization: []string{"Reeve"}, CommonName: a.names[0]},
		NotBefore: now.Add(-time.Hour), NotAfter: now.Add(min(leafLife, a.root.NotAfter.Sub(now))),
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	for _, n := range a.names {
		switch ip := net.ParseIP(n); {
		case ip == nil:
			t.DNSNames = append(t.DNSNames, n)
		case ip.IsPrivate() || ip.IsLoopback(): // the root covers no others
			t.IPAddresses = append(t.IPAddresses, ip)
		}
	}
	signed, err := x509.CreateCertificate(rand.Reader, t, a.root, &key.PublicKey, a.key)
	if err != nil {
		return c, err
	}
	leaf, err := x509.ParseCertificate(signed)
	if err != nil {
		return c, err
	}
	c = &tls.Certificate{Certificate: [][]byte{signed}, PrivateKey: key, Leaf: leaf}
	return c, nil
}
