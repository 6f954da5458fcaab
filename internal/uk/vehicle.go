package uk

import "strings"

// VehicleForm is the series of a vehicle registration mark.
type VehicleForm uint8

// The series, newest first.
const (
	NotVehicle      VehicleForm = iota
	VehicleCurrent              // AB12 CDE, since September 2001
	VehiclePrefix               // A123 BCD, 1983 to 2001
	VehicleSuffix               // ABC 123D, 1963 to 1983
	VehicleNorthern             // AIZ 1234: Northern Ireland, with I or Z
	VehicleDateless             // ABC 123, 1234 AB: before 1963 and cherished marks
)

// ClassifyVehicle gives the series whose form s has (DVLA leaflet INF104). The
// current series never holds I, Q or Z in its first two letters nor I or Q in
// its last three, and its age mark is 02 to 29 or 51 to 79.
func ClassifyVehicle[T Text](s T) VehicleForm {
	var b [7]byte
	n := compact(s, b[:])
	if n < 2 {
		return NotVehicle
	}
	return vehicle(b[:n])
}

func vehicle(b []byte) VehicleForm {
	first := leadingLetters(b)
	middle := leadingDigits(b[first:])
	last := len(b) - first - middle
	if middle == 0 || !allLetters(b[first+middle:]) {
		return NotVehicle
	}
	digits, tail := b[first:first+middle], b[first+middle:]
	switch {
	case first == 2 && middle == 2 && last == 3:
		age := number(digits)
		if age >= 2 && age <= 29 || age >= 51 && age <= 79 {
			if !holds(b[:2], "IQZ") && !holds(tail, "IQ") {
				return VehicleCurrent
			}
		}
	case digits[0] == '0':
	case first == 1 && middle <= 3 && last == 3:
		if !holds(b[:1], "IOUZ") && !holds(tail, "IQZ") {
			return VehiclePrefix
		}
	case first == 3 && middle <= 3 && last == 1:
		if !holds(b[:3], "IQZ") && !holds(tail, "IOQUZ") {
			return VehicleSuffix
		}
	case (first == 2 || first == 3) && middle <= 4 && last == 0 && holds(b[:first], "IZ"):
		return VehicleNorthern
	case first <= 3 && first > 0 && middle <= 4 && last == 0 && first+middle <= 7,
		first == 0 && middle <= 4 && last <= 3 && last > 0:
		return VehicleDateless
	}
	return NotVehicle
}

func leadingLetters(b []byte) int {
	n := 0
	for n < len(b) && isLetter(b[n]) {
		n++
	}
	return n
}

func leadingDigits(b []byte) int {
	n := 0
	for n < len(b) && isDigit(b[n]) {
		n++
	}
	return n
}

func holds(b []byte, letters string) bool {
	for _, c := range b {
		if strings.IndexByte(letters, c) >= 0 {
			return true
		}
	}
	return false
}

// ValidVehicle reports whether s has the form of a registration mark of a
// series with a date or of Northern Ireland. The dateless form fits half the
// references a council writes: ask ClassifyVehicle for it where a label says
// vehicle.
func ValidVehicle[T Text](s T) bool {
	f := ClassifyVehicle(s)
	return f != NotVehicle && f != VehicleDateless
}

// NormVehicle gives the characters without separators, for any series.
func NormVehicle[T Text](s T) (string, bool) {
	if ClassifyVehicle(s) == NotVehicle {
		return "", false
	}
	var b [7]byte
	n := compact(s, b[:])
	return string(b[:n]), true
}
