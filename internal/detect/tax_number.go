package detect

import (
	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/uk"
)

// utr is the Unique Taxpayer Reference. A K before or behind it marks self
// assessment. One ten-digit number in ten passes its sum.
var utr = Detector{
	Kind: reeve.KindUTR, Rule: "utr/1", Label: "your tax reference (UTR)",
	Near:    `utr|unique taxpayer reference|unique tax reference|tax reference|self assessment|utr number|utr no`,
	Headers: `utr|unique taxpayer reference|tax reference|utr number|utr no|unique tax reference|tax ref`,
	Shape:   Shape{Digits: lengths(10), Mixed: lengths(11)}, Check: uk.NormUTR[string],
	Hits:   []string{"UTR: {1955839661}", "Unique Taxpayer Reference {19558 39661}", "UTR {1955839661K}"},
	Misses: []string{"UTR: 1955839662", "Order number 1955839661", "Tel: 1955839661"},
}

// vatNumber belongs to a person where the trader is one.
var vatNumber = Detector{
	Kind: reeve.KindVATNumber, Rule: "vat/1", Label: "your VAT number",
	Near:    `vat number|vat no|vat reg|vat registration|vat reg no|vat registration number|vat registered`,
	Headers: `vat number|vat no|vat reg no|vat registration|vat registration number|vat reg`,
	Shape:   Shape{Digits: lengths(9, 12), Mixed: lengths(5, 11, 14)}, Check: uk.NormVAT[string],
	Hits:   []string{"VAT number: {980 7806 84}", "VAT Reg No {980780684}", "VAT no. {GB980780684}"},
	Misses: []string{"VAT number: 980 7806 85", "Order 980780684"},
}
