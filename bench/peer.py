"""Runs the pattern recognisers of Presidio that a UK council would switch on
over a text, without a language model. Prints processor seconds and version,
then start,end,entity of each result."""
import csv, importlib.metadata, sys, time
from presidio_analyzer import predefined_recognizers as known

names = ["UkNinoRecognizer", "NhsRecognizer", "UkPostcodeRecognizer", "UkPassportRecognizer", "UkVehicleRegistrationRecognizer",
         "EmailRecognizer", "PhoneRecognizer", "CreditCardRecognizer", "IbanRecognizer", "IpRecognizer", "DateRecognizer"]
recognisers = [getattr(known, n)() for n in names if hasattr(known, n)]
with open(sys.argv[1], encoding="ascii") as f:
    text = f.read()
rows, began = [], time.process_time()
for at in range(0, len(text), 100_000):
    for r in recognisers:
        for hit in r.analyze(text[at:at + 100_000], r.supported_entities, None) or []:
            rows.append((at + hit.start, at + hit.end, hit.entity_type))
out = csv.writer(sys.stdout)
out.writerow([f"{time.process_time() - began:.3f}", importlib.metadata.version("presidio-analyzer"), ""])
out.writerows(rows)
