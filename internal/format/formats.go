package format

import (
	"github.com/reeve-council/reeve/internal/format/mail"
	"github.com/reeve-council/reeve/internal/format/markup"
	"github.com/reeve-council/reeve/internal/format/odf"
	"github.com/reeve-council/reeve/internal/format/plain"
	"github.com/reeve-council/reeve/internal/format/rtf"
)

// formats is the list, in the order of precedence: marks that cannot be
// mistaken first, then what is inside ZIP and OLE containers, then the
// containers, then the shapes of text from the strict to the lax.
var formats = concat(
	magicFormats,
	zipFormats,
	oleFormats,
	containerFormats,
	pictureFormats,
	mediaFormats,
	textFormats,
)

// textFormats are recognised by the shape of their decoded text.
var textFormats = []Format{
	{Name: "rtf", Extensions: ext("rtf doc"), Match: isRTF, Read: rtf.Read},
	{Name: "fodt", Extensions: ext("fodt xml"), Match: xmlMime("application/vnd.oasis.opendocument.text"), Read: odf.ReadText},
	{Name: "fods", Extensions: ext("fods xml"), Match: xmlMime("application/vnd.oasis.opendocument.spreadsheet"), Read: odf.ReadSheet},
	{Name: "fodp", Extensions: ext("fodp xml"), Match: xmlMime("application/vnd.oasis.opendocument.presentation"), Read: odf.ReadSlides},
	{Name: "svg", Extensions: ext("svg"), Match: xmlRoot("svg"), Read: markup.ReadXML},
	{Name: "mbox", Extensions: ext("mbox mbx box eml"), Match: isMbox, Read: mail.ReadMailbox},
	{Name: "mhtml", Extensions: ext("mht mhtml"), Match: isMHTML, Read: mail.ReadMessage},
	{Name: "eml", Extensions: ext("eml emlx mht mhtml raw golden txt msg"), Match: isMail, Read: mail.ReadMessage},
	{Name: "vcard", Extensions: ext("vcf vcard"), Match: beginsLine("BEGIN:VCARD"), Read: plain.ReadCards},
	{Name: "ics", Extensions: ext("ics ical ifb vcs"), Match: beginsLine("BEGIN:VCALENDAR", "BEGIN:VEVENT"), Read: plain.ReadCards},
	{Name: "html", Extensions: ext("html htm raw xhtml xht shtml hta asp aspx php jsp"), Match: isHTML, Read: markup.ReadHTML},
	{Name: "xml", Extensions: ext("xml xsd xsl xslt rss atom kml gpx xmp rdf xlf tmx dita ditamap fb2 opf opml ttml xhtml config plist svg xfdf xdp asx wsdl dif doc xls snb"), Match: isXML, Read: markup.ReadXML},
	{Name: "json", Extensions: ext("json geojson har ipynb webmanifest map"), Match: isJSON, Read: plain.ReadJSON},
	{Name: "ndjson", Extensions: ext("ndjson jsonl json log"), Match: isNDJSON, Read: plain.ReadJSON},
	{Name: "ldif", Extensions: ext("ldif ldf"), Match: isLDIF, Read: plain.ReadLDIF},
	{Name: "sql", Extensions: ext("sql dump txt"), Match: isSQL, Read: plain.ReadSQL},
	{Name: "postscript", Extensions: ext("ps eps ai prn"), Match: magic("%!PS", "\x04%!PS", "\xC5\xD0\xD3\xC6")},
	{Name: "csv", Extensions: ext("csv txt dat psv ssv asc"), Match: isTable(',', ';', '|'), Read: plain.ReadTable},
	{Name: "tsv", Extensions: ext("tsv tab txt csv dat"), Match: isTable('\t'), Read: plain.ReadTable},
	{Name: "text", Extensions: ext("txt text log md csv tsv ini cfg conf properties srt vtt bib raw eml msg mbox html htm xml json sql vcf ics ldif enw dxf stl dot dif golden"), Match: isText, Read: plain.ReadText},
	{Name: "zip", Container: true, Extensions: ext("zip"), Match: endsAsZIP},
}

func concat(lists ...[]Format) (all []Format) {
	for _, l := range lists {
		all = append(all, l...)
	}
	return all
}
