package detect

import (
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/uk"
)

// nino is the National Insurance number. HMRC and others print AB 12 34 56 C
// and QQ 12 34 56 A wherever a form shows how to write one.
var nino = Detector{
	Kind: reeve.KindNINO, Rule: "nino/1", Label: "your National Insurance number",
	Near:    `nino|ni number|ni no|ni num|n i no|n i number|national insurance|national insurance number|national insurance no|nat ins|ni|nino number|nat ins no`,
	Headers: `nino|ni number|ni no|nino number|national insurance number|national insurance no|national insurance|n i number|n i no|nat ins no|ni|ni num|nat insurance no|nationalinsuranceno|your national insurance number|nino no|nat ins number`,
	Shape:   Shape{Mixed: lengths(8, 9)}, Check: checkNINO, Lone: reeve.ConfidenceD, NearPerson: reeve.ConfidenceC,
	Hits: []string{"NI number: {AA 12 34 56 B}", "Her National Insurance number is {AA123456B}.", "nino {aa123456b}", "NINO: {AA-12-34-56-B}",
		"NI No {AA123456}", "National Insurance No: {TN010170M}"},
	Misses: []string{"NI number: QQ 12 34 56 A", "NI number e.g. AB 12 34 56 C", "NI number AB123456C", "Part number AA234567", "NI number: XX 99 99 99 X", "Product code BG123456A"},
}

func checkNINO(s string) (string, bool) {
	norm, ok := uk.NormNINO(s)
	if !ok || specimenNINO(norm) {
		return "", false
	}
	return norm, true
}

// specimenNINO knows the numbers that forms print to show how one is written.
func specimenNINO(norm string) bool {
	switch norm {
	case "AB123456C", "AB123456D", "AB123456A", "AB123456B", "AB123456", "AA000000A", "AA999999A", "JJ000000A", "AA111111A":
		return true
	}
	return norm[0] == norm[1] && strings.Count(norm, norm[2:3]) >= 6
}
