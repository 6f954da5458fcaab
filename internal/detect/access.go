package detect

import (
	"math"
	"strconv"
	"strings"

	"github.com/reeve-council/reeve"
)

// credential is a secret beside its label: password, PIN, memorable word, key
// safe code.
var credential = Detector{
	Kind: reeve.KindCredential, Rule: "credential/1", Label: "a password, PIN or security answer of yours",
	Near:   `password|passcode|pin|pin number|pin code|key safe|key safe code|key safe number|keysafe|keysafe code|door code|memorable word|security answer|alarm code`,
	Check:  checkSecret,
	Hits:   []string{"Username: jsmith1\nPassword: {Kestrel-41x}", "Key safe code: {4471}", "her password is {Kestrel41}", "PIN: {8841}"},
	Misses: []string{"Password: ********", "Forgotten your password? Choose a new password today", "Password:", "The password is expired", "Password: n/a"},
}

// checkSecret refuses masks, blanks and the words that forms print there.
func checkSecret(s string) (string, bool) {
	s = strings.TrimSpace(s)
	if len(s) < 3 || len(s) > 64 || strings.Trim(s, "*xX.-_•●?# ") == "" || strings.Count(s, " ") > 3 {
		return "", false
	}
	if blank(s) || secretWords[strings.ToLower(strings.Trim(s, ".,;:!"))] {
		return "", false
	}
	return s, true
}

var secretWords = wordSet(`required|expired|incorrect|invalid|protected|reset|changed|forgotten|forgot|hidden|encrypted|set|needed|optional|enter password|your password|password|confirm|confirmed|
	case sensitive|must|hint|policy|here|sent separately|to follow|see below|below|above|given|provided|unknown|the same|not set|being|not|on request|correct|wrong|sent|needed to`)

// ipAddress is personal in logs and registers of use; four numbers with dots are
// versions and paragraphs too.
var ipAddress = Detector{
	Kind: reeve.KindIPAddress, Rule: "ip/1", Label: "your internet (IP) address",
	Near:    `ip|ip address|ip addr|client ip|source ip|remote address|logged in from|login from`,
	Headers: `ip|ip address|ip addr|client ip|source ip|remote ip|remote address|ipaddress|user ip|login ip|last ip`,
	Check:   checkIP,
	Hits:    []string{"IP address: {203.0.113.45}", "logged in from {198.51.100.7}"},
	Misses:  []string{"Version 2.13.4.1", "IP address: 127.0.0.1", "see paragraph 3.1.2.4", "IP address: 192.168.0.1"},
}

// checkIP refuses addresses that lead to nobody: loopback, private, unspecified.
func checkIP(s string) (string, bool) {
	s = strings.TrimSpace(s)
	if strings.Count(s, ":") > 1 && len(s) <= 39 && strings.Trim(strings.ToLower(s), "0123456789abcdef:.") == "" && !strings.HasPrefix(strings.ToLower(s), "fe80") && s != "::1" {
		return strings.ToLower(s), true
	}
	parts := strings.Split(s, ".")
	if len(parts) != 4 {
		return "", false
	}
	var n [4]int
	for i, p := range parts {
		v, err := strconv.Atoi(p)
		if err != nil || v < 0 || v > 255 || len(p) > 3 {
			return "", false
		}
		n[i] = v
	}
	if n[0] == 0 || n[0] == 10 || n[0] == 127 || n[0] >= 224 || n[0] == 192 && n[1] == 168 || n[0] == 172 && n[1]&0xF0 == 16 || n[0] == 169 && n[1] == 254 {
		return "", false
	}
	return s, true
}

// location is a pair of coordinates beside its label or in its columns.
var location = Detector{
	Kind: reeve.KindLocation, Rule: "location/1", Label: "where you were",
	Check:  checkLocation,
	Hits:   []string{"GPS: {51.50142, -0.14189}", "Last known location: {51.50142,-0.14189}"},
	Misses: []string{"GPS: on", "Scores 51.5, 0.1", "GPS: 0,0"},
}

// checkLocation takes latitude and longitude in decimal degrees, with three
// decimals at least: about a hundred metres.
func checkLocation(s string) (string, bool) {
	parts := strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ' ' || r == ';' || r == '/' })
	if len(parts) != 2 {
		return "", false
	}
	lat, ok := degrees(parts[0], 90)
	if !ok {
		return "", false
	}
	long, ok := degrees(parts[1], 180)
	if !ok {
		return "", false
	}
	return lat + "," + long, true
}

func degrees(s string, limit float64) (string, bool) {
	v, err := strconv.ParseFloat(s, 64)
	dot := strings.IndexByte(s, '.')
	if err != nil || dot < 0 || len(s)-dot-1 < 3 || math.Abs(v) > limit {
		return "", false
	}
	return s, true
}
