package uk

import "testing"

type sample struct {
	in   string
	norm string // "" where the value is not valid
}

// TestSchemes holds every scheme to values published by its owner or checked
// against the published rule, and to what looks like them and is not.
func TestSchemes(t *testing.T) {
	schemes := map[string]struct {
		norm    func(string) (string, bool)
		valid   func(string) bool
		samples []sample
	}{
		"nino": {NormNINO[string], func(s string) bool { return ClassifyNINO(s) != NotNINO }, []sample{
			{"AA 12 34 56 B", "AA123456B"}, {"aa-12-34-56-b", "AA123456B"}, {"AA123456", "AA123456"}, {"AA\u00a012\u201034\u20135\n6A", "AA123456A"},
			{"OO123456A", "OO123456A"}, {"TN010280F", "TN010280F"},
			{"QQ 12 34 56 A", ""}, {"AO123456A", ""}, {"BG123456A", ""}, {"ZZ123456A", ""}, {"AA123456E", ""}, {"AA12345", ""},
			{"DA123456A", ""}, {"AV123456A", ""}, {"TN320180F", ""}, {"TN123456A", ""}, {"AA123456AB", ""}, {"", ""}, {"AA_123456", ""}}},
		"nhs": {NormNHSNumber[string], ValidNHSNumber[string], []sample{
			{"943 476 5919", "9434765919"}, {"943 476 5870", "9434765870"}, {"9876543210", "9876543210"}, {"401 023 2137", "4010232137"}, {"999 000 0018", "9990000018"}, {"4010232138", ""}, {"401023213", ""},
			{"987 654 4321", ""}, {"0000000000", ""}, {"5010232131", ""}}},
		"chi": {NormCHI[string], nil, []sample{
			{"0101011237", "0101011237"}, {"190485 1231", "1904851231"}, {"2902201230", "2902201230"}, {"101011237", "0101011237"},
			{"3002201230", ""}, {"0101011238", ""}, {"", ""}}},
		"utr": {NormUTR[string], ValidUTR[string], []sample{
			{"1955839661", "1955839661"}, {"12345 67895", "1234567895"}, {"1955839661K", "1955839661"}, {"K1955839661", "1955839661"},
			{"2955839661", ""}, {"1955839662", ""}, {"195583966K", ""}, {"0000000000", ""}}},
		"vat": {NormVAT[string], ValidVAT[string], []sample{
			{"980 7806 84", "980780684"}, {"GB 242 3380 87 388", "242338087388"}, {"GB980780684", "980780684"}, {"GD001", "GD001"}, {"HA501", "HA501"},
			{"980780685", ""}, {"GD501", ""}, {"HA499", ""}, {"000000000", ""}, {"GB", ""}}},
		"passport": {NormPassport[string], nil, []sample{
			{"925076473", "925076473"}, {"A123456", "A123456"}, {"123456A", "123456A"}, {"AB1234567", "AB1234567"}, {"000000000", ""}, {"12345678", ""}}},
		"brp": {NormBRP[string], ValidBRP[string], []sample{{"ZW9005196", "ZW9005196"}, {"zwx005196", "ZWX005196"}, {"Z99005196", ""}, {"ZW900519", ""}}},
		"home office": {NormHomeOfficeRef[string], ValidHomeOfficeRef[string], []sample{
			{"A1234567", "A1234567"}, {"a1234567/2", "A1234567"}, {"A 123 4567", "A1234567"}, {"A123456", ""}, {"AB1234567", ""}, {"A1234567/2345", ""}, {"A1234567/x", ""}}},
		"driver": {NormDriver[string], nil, []sample{
			{"MORGA657054SM9IJ", "MORGA657054SM9IJ"}, {"MORGA 657054 SM9IJ 35", "MORGA657054SM9IJ"}, {"JOHNS902031AB9CD", "JOHNS902031AB9CD"},
			{"FOX99607054S99AB", "FOX99607054S99AB"}, {"12345678", "12345678"},
			{"MORGA657324SM9IJ", ""}, {"MORGA663054SM9IJ", ""}, {"99999657054SM9IJ", ""}, {"MO9GA657054SM9IJ", ""}}},
		"iban": {NormIBAN[string], ValidIBAN[string], []sample{
			{"GB29 NWBK 6016 1331 9268 19", "GB29NWBK60161331926819"}, {"GB82WEST12345698765432", "GB82WEST12345698765432"},
			{"DE89 3704 0044 0532 0130 00", "DE89370400440532013000"}, {"GB29NWBK60161331926818", ""}, {"GB29NWBK6016133192681", ""}, {"GB", ""}}},
		"card": {NormCard[string], ValidCard[string], []sample{
			{"4242 4242 4242 4242", "4242424242424242"}, {"5555-5555-5555-4444", "5555555555554444"}, {"3782 822463 10005", "378282246310005"},
			{"4242424242424241", ""}, {"9242424242424247", ""}, {"0000000000000000", ""}}},
		"sort code": {NormSortCode[string], ValidSortCode[string], []sample{{"08-99-99", "089999"}, {"089999", "089999"}, {"00-00-00", ""}, {"08999", ""}}},
		"postcode": {NormPostcode[string], ValidPostcode[string], []sample{
			{"SW1A 1AA", "SW1A 1AA"}, {"w87nx", "W8 7NX"}, {"EC1A1BB", "EC1A 1BB"}, {"M1 1AA", "M1 1AA"}, {"M60 1NW", "M60 1NW"}, {"CR2 6XH", "CR2 6XH"},
			{"DN55 1PT", "DN55 1PT"}, {"GIR 0AA", "GIR 0AA"}, {"BF1 3AA", "BF1 3AA"}, {"W1P 1HQ", "W1P 1HQ"},
			{"QW1A 1AA", ""}, {"SW1A 1CA", ""}, {"SW1A 1A", ""}, {"SI1A 1AA", ""}, {"SW1C 1AA", ""}, {"W1I 1AA", ""}, {"SW1A AAA", ""}, {"", ""}}},
		"uprn": {NormUPRN[string], ValidUPRN[string], []sample{
			{"100023336956", "100023336956"}, {"000000199356", "199356"}, {"0", ""}, {"1000233369561", ""}, {"12a", ""}, {"", ""}}},
		"phone": {NormPhone[string], ValidPhone[string], []sample{
			{"07700 900123", "+447700900123"}, {"+44 7700 900123", "+447700900123"}, {"+44 (0)7700 900123", "+447700900123"}, {"0044 20 7946 0000", "+442079460000"},
			{"(020) 7946 0000", "+442079460000"}, {"01632 960001", "+441632960001"}, {"0808 157 0000", "+448081570000"}, {"0300 123 4567", "+443001234567"},
			{"7700900123", ""}, {"0770090012", ""}, {"0400 123 4567", ""}, {"01000 000000", ""}, {"07700 9001234", ""}, {"07700x900123", ""}}},
		"upn": {NormUPN[string], ValidUPN[string], []sample{
			{"B801200005001", "B801200005001"}, {"H801200001001", "H801200001001"}, {"P207000016049", "P207000016049"},
			{"Q207000016049", ""}, {"B801200005002", ""}, {"I801200005001", ""}}},
		"uln": {NormULN[string], ValidULN[string], []sample{{"9276308686", "9276308686"}, {"1000000019", "1000000019"}, {"0000000019", ""}, {"9276308687", ""}}},
		"pnc": {NormPNC[string], ValidPNC[string], []sample{
			{"2002/0073319Z", "02/0073319Z"}, {"02/73319Z", "02/0073319Z"}, {"2001/0171310W", "01/0171310W"}, {"20020073319Z", "02/0073319Z"},
			{"2002/0073319A", ""}, {"2102/0073319Z", ""}, {"02/", ""}, {"", ""}, {"02/0000000Z", ""}}},
		"electoral": {NormElectoralNumber[string], ValidElectoralNumber[string], []sample{
			{"AB1234", "AB-1234"}, {"ab 0012/1", "AB-12/1"}, {"C1A-77", "C1A-77"}, {"AB", ""}, {"1234", ""}, {"ABCDE12", ""}, {"AB12/", ""}}},
		"vehicle": {NormVehicle[string], ValidVehicle[string], []sample{
			{"AB51 CDE", "AB51CDE"}, {"ab12cde", "AB12CDE"}, {"A123 BCD", "A123BCD"}, {"ABC 123D", "ABC123D"}, {"AIZ 1234", "AIZ1234"},
			{"AB30 CDE", ""}, {"AQ12 CDE", ""}, {"ABCDEFG", ""}, {"", ""}}},
	}
	for name, s := range schemes {
		for _, x := range s.samples {
			norm, ok := s.norm(x.in)
			if ok != (x.norm != "") || norm != x.norm {
				t.Errorf("%s: normal form of %q is %q, %v; want %q", name, x.in, norm, ok, x.norm)
			}
			if s.valid != nil && s.valid(x.in) != ok {
				t.Errorf("%s: valid and normal form of %q disagree", name, x.in)
			}
			if again, _ := s.norm(norm); ok && again != norm {
				t.Errorf("%s: normal form %q is not its own normal form: %q", name, norm, again)
			}
		}
	}
}
