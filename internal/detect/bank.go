package detect

import (
	"strings"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/uk"
)

// bankAccount is a sort code with an account number: either alone is nothing
// (a sort code looks like a date). Prose pairs them in numbers.go, tables in
// two columns. The normal form is six digits, a space, eight digits.
var bankAccount = Detector{
	Kind: reeve.KindBankAccount, Rule: "bank/1", Label: "your bank account details",
	Near: `sort code|sortcode|bank account|account number|account no|bank details|acc no|a c no|bank|building society|direct debit|bacs|paid into`,
	Hits: []string{"Sort code: 20-29-59 Account: {63748472}", "Sort code {20-29-59}, account number 63748472", "sort code 202959 account no. {63748472}",
		"Please pay into 08-99-99 {66374958} (bank details confirmed)"},
	Misses: []string{"Between 12-10-85 and 63748472", "Sort code: 12-10-85", "Account 63748472 was closed", "Meeting on 20-12-10 ref 12345678"},
}

// bankPair gives the normal form of a sort code and an account number.
func bankPair(sortCode, account string) (string, bool) {
	code, ok := uk.NormSortCode(sortCode)
	if !ok {
		return "", false
	}
	number, ok := uk.NormAccount(code, account)
	if !ok {
		return "", false
	}
	return code + " " + number, true
}

// wholeAccount reads one text that holds both: "20-29-59 63748472",
// "20 29 59 / 63748472", "202959 63748472".
func wholeAccount(s string) (string, bool) {
	digits := 0
	for i := 0; i < len(s); i++ {
		if s[i] < '0' || s[i] > '9' {
			continue
		}
		if digits++; digits == 6 {
			return bankPair(s[:i+1], strings.Trim(s[i+1:], " -/,:;\t\n.AaCcOoUuNnTtMmBbEeRr"))
		}
	}
	return "", false
}

var iban = Detector{
	Kind: reeve.KindIBAN, Rule: "iban/1", Label: "your bank account number (IBAN)",
	Near:    `iban|international bank account number|swift|bic`,
	Headers: `iban|iban number|international bank account number|iban no`,
	Shape:   Shape{Mixed: span(15, 34)}, Check: uk.NormIBAN[string], Lone: reeve.ConfidenceC, NearPerson: reeve.ConfidenceC,
	Hits:   []string{"IBAN: {GB29 NWBK 6016 1331 9268 19}", "IBAN {GB82WEST12345698765432}", "iban: {gb82 west 1234 5698 7654 32}"},
	Misses: []string{"IBAN: GB29 NWBK 6016 1331 9268 18", "Serial GB29NWBK60161331926810"},
}

// paymentCard needs scheme prefix, length and Luhn's sum, and words of payment:
// meters and parcels pass the sum too.
var paymentCard = Detector{
	Kind: reeve.KindPaymentCard, Rule: "card/1", Label: "your payment card number",
	Near:    `card number|card no|credit card|debit card|visa|mastercard|amex|american express|maestro|cvv|cvc|expiry|expiry date|exp date|long number|card details|security code|card`,
	Headers: `card number|card no|credit card|debit card|credit card number|debit card number|pan|card|payment card|cardnumber|card no.`,
	Shape:   Shape{Digits: span(13, 19)}, Check: checkCard, Lone: reeve.ConfidenceD, NearPerson: reeve.ConfidenceD,
	Hits:   []string{"Card number: {4242 4242 4242 4242} exp 09/27", "paid by Visa {4242424242424242}", "card no {5555-5555-5555-4444}", "Amex {3782 822463 10005}"},
	Misses: []string{"Card number: 4242 4242 4242 4243", "Meter serial 4242424242424242", "Tracking number 4242424242424242", "MPAN 4242424242424242"},
}

func checkCard(s string) (string, bool) { return uk.NormCard(s) }
