package detect

import (
	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/uk"
)

// nhsNumber covers England, Wales and Northern Ireland (Health and Care Number).
// One random ten-digit number in eleven passes the sum, so the sum alone is worth
// nothing.
var nhsNumber = Detector{
	Kind: reeve.KindNHSNumber, Rule: "nhs/1", Label: "your NHS number",
	Near:    `nhs number|nhs no|nhs num|nhs|nhs id|h&c number|health and care number|hcn|nhs no s`,
	Headers: `nhs number|nhs no|nhs num|nhs id|nhs|nhsnumber|nhsno|nhs number patient|health and care number|hcn|patient nhs number|nhs number if known`,
	Shape:   Shape{Digits: lengths(10)}, Check: uk.NormNHSNumber[string], Lone: reeve.ConfidenceD, NearPerson: reeve.ConfidenceD,
	Hits:   []string{"NHS No: {943 476 5919}", "NHS number {9434765919} was checked", "nhs no. {943-476-5870}", "NHS: {401 023 2137}"},
	Misses: []string{"NHS number: 987 654 4321", "Order number 9434765919", "NHS number: 943 476 5918", "Invoice no: 943 476 5919", "Call NHS 111 or 0800 123 4567"},
}

// chiNumber is the Community Health Index number of Scotland. A spreadsheet
// loses its leading zero.
var chiNumber = Detector{
	Kind: reeve.KindCHINumber, Rule: "chi/1", Label: "your CHI number (Scottish health number)",
	Near:    `chi number|chi no|chi|community health index`,
	Headers: `chi number|chi no|chi|community health index`,
	Shape:   Shape{Digits: lengths(9, 10)}, Check: uk.NormCHI[string],
	Hits:   []string{"CHI number: {0101011237}", "CHI: {190485 1231}"},
	Misses: []string{"CHI number: 0101011238", "Order 0101011237"},
}
