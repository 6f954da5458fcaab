package format

import (
	"github.com/reeve-council/reeve/internal/format/access"
	"github.com/reeve-council/reeve/internal/format/carve"
	"github.com/reeve-council/reeve/internal/format/compound"
	"github.com/reeve-council/reeve/internal/format/dbf"
	"github.com/reeve-council/reeve/internal/format/doc"
	"github.com/reeve-council/reeve/internal/format/msg"
	"github.com/reeve-council/reeve/internal/format/odf"
	"github.com/reeve-council/reeve/internal/format/ooxml"
	"github.com/reeve-council/reeve/internal/format/pdf"
	"github.com/reeve-council/reeve/internal/format/picture"
	"github.com/reeve-council/reeve/internal/format/ppt"
	"github.com/reeve-council/reeve/internal/format/pst"
	"github.com/reeve-council/reeve/internal/format/sqlite"
	"github.com/reeve-council/reeve/internal/format/tnef"
	"github.com/reeve-council/reeve/internal/format/xls"
)

// magicFormats begin with bytes that nothing else begins with.
var magicFormats = []Format{
	{Name: "pdf", Extensions: ext("pdf ai fdf"), Match: isPDF, Read: pdf.Read},
	{Name: "fdf", Extensions: ext("fdf"), Match: magic("%FDF-")},
	{Name: "sqlite", Extensions: ext("sqlite sqlite3 db db3 sqlitedb mbtiles gpkg"), Match: magic("SQLite format 3\x00"), Read: sqlite.Read},
	{Name: "mdb", Extensions: ext("mdb mde mda mdw mdt ldb"), Match: magicAt(4, "Standard Jet DB"), Read: access.Read},
	{Name: "accdb", Extensions: ext("accdb accde accdt accda"), Match: magicAt(4, "Standard ACE DB"), Read: access.Read},
	{Name: "pst", Extensions: ext("pst"), Match: both(magic("!BDN"), magicAt(8, "SM")), Read: pst.Read},
	{Name: "ost", Extensions: ext("ost"), Match: both(magic("!BDN"), magicAt(8, "SO")), Read: pst.Read},
	{Name: "pab", Extensions: ext("pab"), Match: magic("!BDN")},
	{Name: "tnef", Extensions: ext("dat tnef"), Match: either(magic("\x78\x9F\x3E\x22"), both(magic("\x78\x9F\x3E"), magicAt(6, "\x01\x06\x90\x08\x00"))), Read: tnef.Read},
	{Name: "onenote", Extensions: ext("one onetoc2 onepkg"), Match: magic(
		"\xE4\x52\x5C\x7B\x8C\xD8\xA7\x4D\xAE\xB1\x53\x78\xD0\x29\x96\xD3", "\xA1\x2F\xFF\x43\xD9\xEF\x76\x4C\x9E\xE2\x10\xEA\x57\x22\x76\x5F")},
	{Name: "wordperfect", Extensions: ext("wpd wp wp5 wp6 doc"), Match: either(isWordPerfect(1, 10), isWordPerfect42)},
	{Name: "wordperfect-graphic", Extensions: ext("wpg"), Match: isWordPerfect(1, 22)},
	{Name: "presentations", Extensions: ext("shw"), Match: isWordPerfect(1, 15)},
	{Name: "lotus", Extensions: ext("wk1 wks wk3 wk4 123 wrk wq1 fm3"), Match: magic(
		"\x00\x00\x02\x00\x04\x04", "\x00\x00\x02\x00\x06\x04", "\x00\x00\x1A\x00\x00\x10", "\x00\x00\x1A\x00\x02\x10", "\x00\x00\x1A\x00\x03\x10", "\x00\x00\x1A\x00\x05\x10")},
	{Name: "quattro", Extensions: ext("wq1 wq2 wb1 wb2 wb3 qpw"), Match: magic("\x00\x00\x02\x00\x20\x51", "\x00\x00\x02\x00\x21\x51", "\x00\x00\x02\x00\x01\x10", "\x00\x00\x02\x00\x02\x10", "\x00\x00\x02\x00\x07\x10")},
	{Name: "works", Extensions: ext("wps wks wdb"), Match: magic("\xFF\x00\x02\x00\x04\x04", "\x01\xFE\x32\x00", "\x20\x54\x02\x00\x00\x00\x05\x54")},
	{Name: "write", Extensions: ext("wri doc"), Match: magic("\x31\xBE\x00\x00\x00\xAB", "\x32\xBE\x00\x00\x00\xAB")},
	{Name: "word-dos", Extensions: ext("doc"), Match: either(magic("\x31\xBE\x00\x00\x00"), magic("\xDB\xA5", "\xFE\x37\x00\x1C", "\xFE\x37\x00\x23", "\xFE\x32\x00\x00", "\xFE\x34\x00\x00"))},
	{Name: "ami-pro", Extensions: ext("sam"), Match: magic("[ver]\r\n", "[ver]\n")},
	{Name: "dca", Extensions: ext("rft fft"), Match: either(magicAt(2, "\xE1\x03\x00\x00", "\xE1\x03\x00\x04", "\xE1\x03\x00\x2A"), magic("\x00\x28\xE1\x03", "\x2B\xD2\x04\x85"))},
	{Name: "hwp3", Extensions: ext("hwp"), Match: magic("HWP Document File V")},
	{Name: "xls", Extensions: ext("xls xlt xlw xla"), Match: isBareBIFF, Read: xls.Read},
	{Name: "chm", Extensions: ext("chm chi"), Match: magic("ITSF\x03")},
	{Name: "lit", Extensions: ext("lit"), Match: magic("ITOLITLS")},
	{Name: "mobi", Extensions: ext("mobi azw azw3 prc pdb"), Match: data(magicAt(60, "BOOKMOBI", "TEXtREAd"))},
	{Name: "pdb", Extensions: ext("pdb prc"), Match: data(magicAt(60, "PNRdPPrs", "DataPlkr", "DATAmemo", "zTXTGPlm"))},
	{Name: "lrf", Extensions: ext("lrf"), Match: magic("L\x00R\x00F\x00")},
	{Name: "snb", Extensions: ext("snb"), Match: data(magic("SNBP"))},
	{Name: "djvu", Extensions: ext("djvu djv"), Match: magic("AT&TFORM")},
	{Name: "dwg", Extensions: ext("dwg dwt"), Match: data(magic("AC10", "AC1.", "AC2.", "MC0.0"))},
	{Name: "bplist", Extensions: ext("plist bplist webarchive"), Match: magic("bplist0")},
	{Name: "mssql-bak", Extensions: ext("bak dif trn"), Match: either(magic("MSSQLBAK"), data(both(magic("TAPE"), magicAt(4, "\x00\x00\x03", "\x00\x00\x00", "\x00\x00\x02", "\x00\x00\x01")))), Read: carve.ReadBackup},
	{Name: "mssql-mdf", Extensions: ext("mdf ndf"), Match: isMDF, Read: carve.ReadDatabase},
	{Name: "mysql-frm", Extensions: ext("frm"), Match: magic("\xFE\x01\x07", "\xFE\x01\x08", "\xFE\x01\x09", "\xFE\x01\x0A")},
	{Name: "mysql-myi", Extensions: ext("myi"), Match: magic("\xFE\xFE\x07", "\xFE\xFE\x08")},
	{Name: "pg-dump", Extensions: ext("dump backup bak pgdump"), Match: magic("PGDMP")},
	{Name: "bdb", Extensions: ext("db"), Match: magicAt(12, "\x61\x15\x06\x00", "\x62\x31\x05\x00", "\x00\x06\x15\x61", "\x00\x05\x31\x62")},
	{Name: "ese", Extensions: ext("edb dat sdb"), Match: magicAt(4, "\xEF\xCD\xAB\x89")},
	{Name: "evtx", Extensions: ext("evtx"), Match: magic("ElfFile\x00")},
	{Name: "registry", Extensions: ext("dat hve reg"), Match: magic("regf")},
	{Name: "stata", Extensions: ext("dta"), Match: magic("<stata_dta>")},
	{Name: "spss", Extensions: ext("sav zsav"), Match: magic("$FL2", "$FL3")},
	{Name: "sas-xport", Extensions: ext("xpt"), Match: magic("HEADER RECORD*******LIBRARY HEADER")},
	{Name: "sas", Extensions: ext("sas7bdat"), Match: magicAt(12, "\xC2\xEA\x81\x60\xB3\x14\x11\xCF\xBD\x92\x08\x00")},
	{Name: "parquet", Extensions: ext("parquet"), Match: data(magic("PAR1"))},
	{Name: "pgp", Extensions: ext("gpg pgp asc"), Match: either(magic("-----BEGIN PGP MESSAGE"), isPGP)},
	{Name: "pgp-key", Extensions: ext("asc pgp"), Match: magic("-----BEGIN PGP")},
	{Name: "keystore", Extensions: ext("jks keystore"), Match: magic("\xFE\xED\xFE\xED", "\xCE\xCE\xCE\xCE")},
	{Name: "kdbx", Extensions: ext("kdbx kdb"), Match: magic("\x03\xD9\xA2\x9A")},
	{Name: "axcrypt", Extensions: ext("axx"), Match: magic("\xC0\xB9\x07\x2E\x4F\x93\xF1\x46")},
	{Name: "luks", Match: magic("LUKS\xBA\xBE")},
	{Name: "pem", Extensions: ext("pem crt cer key p7s p7c p7m"), Match: magic("-----BEGIN ")},
	{Name: "exe", Extensions: ext("exe dll sys ocx scr com cpl efi"), Match: isExecutable},
	{Name: "class", Extensions: ext("class"), Match: both(magic("\xCA\xFE\xBA\xBE"), isClass)},
	{Name: "lnk", Extensions: ext("lnk"), Match: magic("L\x00\x00\x00\x01\x14\x02\x00\x00\x00\x00\x00\xC0\x00\x00\x00\x00\x00\x00\x46")},
	{Name: "hprof", Extensions: ext("hprof"), Match: magic("JAVA PROFILE ")},
	{Name: "font", Extensions: ext("ttf otf woff woff2 ttc pfb eot"), Match: data(magic("\x00\x01\x00\x00\x00", "OTTO", "wOFF", "wOF2", "ttcf", "true\x00", "\x80\x01"))},
	{Name: "flash", Extensions: ext("swf"), Match: data(magic("FWS", "CWS\x05", "CWS\x06", "CWS\x07", "CWS\x08", "CWS\x09", "CWS\x0A", "ZWS"))},
	{Name: "mif", Extensions: ext("mif"), Match: magic("<MIFFile", "<MakerFile")},
	{Name: "hfa", Extensions: ext("hfa img"), Match: magic("EHFA_HEADER_TAG")},
	{Name: "e57", Extensions: ext("e57"), Match: magic("ASTM-E57")},
	{Name: "cbor", Extensions: ext("cbor"), Match: magic("\xD9\xD9\xF7")},
	{Name: "torrent", Extensions: ext("torrent"), Match: magic("d8:announce", "d7:comment", "d13:announce-list")},
	{Name: "pcap", Extensions: ext("pcap cap pcapng"), Match: magic("\xD4\xC3\xB2\xA1", "\xA1\xB2\xC3\xD4", "\x0A\x0D\x0D\x0A")},
}

// zipFormats are told apart by the names in a ZIP's directory.
var zipFormats = []Format{
	{Name: "ods", Extensions: ext("ods ots sxc stc"), Match: mime("application/vnd.oasis.opendocument.spreadsheet", "application/vnd.sun.xml.calc"), Read: odf.ReadSheet},
	{Name: "odp", Extensions: ext("odp otp sxi sti"), Match: mime("application/vnd.oasis.opendocument.presentation", "application/vnd.sun.xml.impress"), Read: odf.ReadSlides},
	{Name: "odg", Extensions: ext("odg otg sxd std"), Match: mime("application/vnd.oasis.opendocument.graphics", "application/vnd.sun.xml.draw"), Read: odf.ReadSlides},
	{Name: "odb", Extensions: ext("odb"), Match: mime("application/vnd.oasis.opendocument.base", "application/vnd.oasis.opendocument.database")},
	{Name: "odf", Extensions: ext("odf"), Match: mime("application/vnd.oasis.opendocument.formula", "application/vnd.oasis.opendocument.chart", "application/vnd.sun.xml.math"), Read: odf.ReadText},
	{Name: "odt", Extensions: ext("odt ott odm oth sxw stw sxg"), Match: mime("application/vnd.oasis.opendocument.text", "application/vnd.sun.xml.writer"), Read: odf.ReadText},
	{Name: "idml", Extensions: ext("idml"), Match: mime("application/vnd.adobe.indesign")},
	{Name: "epub", Extensions: ext("epub"), Match: either(mime("application/epub+zip"), entry("META-INF/container.xml"))},
	{Name: "xlsb", Extensions: ext("xlsb"), Match: entry("xl/workbook.bin"), Read: ooxml.ReadXLSB},
	{Name: "xlsm", Extensions: ext("xlsm xltm xlam"), Match: entry("xl/vbaProject.bin", "xl/macrosheets/"), Read: ooxml.ReadXLSX},
	{Name: "docm", Extensions: ext("docm dotm"), Match: entry("word/vbaProject.bin"), Read: ooxml.ReadDOCX},
	{Name: "pptm", Extensions: ext("pptm ppsm potm ppam"), Match: entry("ppt/vbaProject.bin"), Read: ooxml.ReadPPTX},
	{Name: "docx", Extensions: ext("docx dotx docm dotm doc"), Match: entry("word/document.xml", "word/document2.xml", "word/styles.xml"), Read: ooxml.ReadDOCX},
	{Name: "xlsx", Extensions: ext("xlsx xltx xlsm xltm xlam xls"), Match: entry("xl/workbook.xml", "xl/workbook2.xml", "xl/worksheets/"), Read: ooxml.ReadXLSX},
	{Name: "pptx", Extensions: ext("pptx ppsx potx thmx pptm ppsm potm ppt"), Match: entry("ppt/presentation.xml", "ppt/slides/", "theme/theme/themeManager.xml"), Read: ooxml.ReadPPTX},
	{Name: "vsdx", Extensions: ext("vsdx vsdm vstx vstm vssx vssm"), Match: entry("visio/document.xml", "visio/pages/"), Read: ooxml.ReadVSDX},
	{Name: "3mf", Extensions: ext("3mf"), Match: entry("3D/3dmodel.model")},
	{Name: "xps", Extensions: ext("xps oxps"), Match: entry("FixedDocSeq.fdseq", "FixedDocumentSequence.fdseq", "Documents/1/FixedDoc.fdoc")},
	{Name: "iwork", Extensions: ext("pages numbers key"), Match: either(entry("Index/Document.iwa", "Index.zip", "index.apxl", "Index/", "buildVersionHistory.plist"), entryEnds("/Metadata/BuildVersionHistory.plist"))},
	{Name: "docx", Match: entry("word/"), Read: ooxml.ReadDOCX},
	{Name: "xlsx", Match: entry("xl/"), Read: ooxml.ReadXLSX},
	{Name: "pptx", Match: entry("ppt/"), Read: ooxml.ReadPPTX},
	{Name: "openraster", Extensions: ext("ora kra"), Match: mime("image/openraster", "application/x-krita")},
	{Name: "asic", Extensions: ext("asice asics sce scs"), Match: mime("application/vnd.etsi.asic")},
	{Name: "oxt", Extensions: ext("oxt bau"), Match: both(entry("META-INF/manifest.xml"), entry("description.xml", "SLI/content.xml", "Addons.xcu"))},
	{Name: "apk", Extensions: ext("apk"), Match: entry("AndroidManifest.xml")},
	{Name: "jar", Extensions: ext("jar war ear"), Match: entry("META-INF/MANIFEST.MF")},
	{Name: "zip", Container: true, Extensions: ext("zip zipx z01 kmz xpi whl nupkg cbz wacz htmlz txtz pmlz xlz"), Match: magic("PK\x03\x04", "PK\x05\x06", "PK\x07\x08", "PK00PK\x03\x04")},
}

// oleFormats are told apart by the streams of a compound file.
var oleFormats = []Format{
	{Name: "ole-encrypted-ooxml", Extensions: ext("docx xlsx pptx xlsb docm xlsm pptm doc xls ppt"), Match: stream("EncryptedPackage", "\x09DRMContent", "\x06DataSpaces"), Read: ooxml.ReadEncrypted},
	{Name: "msg", Extensions: ext("msg oft"), Match: stream("__properties_version1.0", "__nameid_version1.0"), Read: msg.Read},
	{Name: "ppt", Extensions: ext("ppt pps pot"), Match: stream("PowerPoint Document", "PP97_DUALSTORAGE", "PP40"), Read: ppt.Read},
	{Name: "word6", Extensions: ext("doc dot"), Match: both(stream("WordDocument"), word6), Read: doc.Read},
	{Name: "doc", Extensions: ext("doc dot wiz"), Match: stream("WordDocument"), Read: doc.Read},
	{Name: "vsd", Extensions: ext("vsd vss vst"), Match: stream("VisioDocument")},
	{Name: "pub", Extensions: ext("pub"), Match: stream("Quill")},
	{Name: "mpp", Extensions: ext("mpp mpt"), Match: stream("Props14", "Props12", "Props9", "Props")},
	{Name: "works", Extensions: ext("wps wdb xlr"), Match: stream("MatOST", "WksSSWorkBook", "MN0")},
	{Name: "xls", Extensions: ext("xls xlt xla xlw xlm"), Match: stream("Workbook", "Book"), Read: xls.Read},
	{Name: "quattro", Extensions: ext("wb3 qpw"), Match: stream("NativeContent_MAIN")},
	{Name: "wordperfect", Extensions: ext("wpd shw wpd"), Match: stream("PerfectOffice_MAIN")},
	{Name: "hwp", Extensions: ext("hwp"), Match: both(stream("FileHeader"), stream("HwpSummaryInformation", "\x05HwpSummaryInformation", "DocInfo"))},
	{Name: "staroffice", Extensions: ext("sdw sdc sdd sda vor"), Match: stream("StarWriterDocument", "StarCalcDocument", "StarDrawDocument", "StarDrawDocument3", "SfxDocumentInfo")},
	{Name: "msi", Extensions: ext("msi msp mst"), Match: either(class("000C1084-0000-0000-C000-000000000046"), class("000C1086-0000-0000-C000-000000000046"), class("000C1082-0000-0000-C000-000000000046"))},
	{Name: "thumbs", Extensions: ext("db"), Match: stream("Catalog")},
	{Name: "ole", Match: magic(oleMagic), Read: compound.Read},
}

// containerFormats are unpacked by evidence where Container says so.
var containerFormats = []Format{
	{Name: "7z", Container: true, Extensions: ext("7z"), Match: magic("7z\xBC\xAF\x27\x1C")},
	{Name: "rar", Container: true, Extensions: ext("rar"), Match: magic("Rar!\x1A\x07")},
	{Name: "gz", Container: true, Extensions: ext("gz tgz svgz emz taz nmind"), Match: magic("\x1F\x8B\x08")},
	{Name: "bz2", Container: true, Extensions: ext("bz2 tbz2 tbz bz"), Match: isBzip2},
	{Name: "xz", Container: true, Extensions: ext("xz txz"), Match: magic("\xFD7zXZ\x00")},
	{Name: "zst", Container: true, Extensions: ext("zst tzst"), Match: magic("\x28\xB5\x2F\xFD")},
	{Name: "tar", Container: true, Extensions: ext("tar"), Match: isTar},
	{Name: "compress", Container: true, Extensions: ext("z"), Match: magic("\x1F\x9D")},
	{Name: "lz4", Extensions: ext("lz4"), Match: magic("\x04\x22\x4D\x18", "\x02\x21\x4C\x18")},
	{Name: "snappy", Extensions: ext("sz"), Match: magic("\xFF\x06\x00\x00sNaPpY")},
	{Name: "lzip", Extensions: ext("lz"), Match: magic("LZIP")},
	{Name: "lzma", Extensions: ext("lzma"), Match: isLZMA},
	{Name: "zlib", Extensions: ext("zlib zz"), Match: isZlib},
	{Name: "ar", Container: true, Extensions: ext("ar a lib deb"), Match: magic("!<arch>\n")},
	{Name: "cpio", Container: true, Extensions: ext("cpio"), Match: magic("070707", "070701", "070702", "\xC7\x71", "\x71\xC7")},
	{Name: "cab", Extensions: ext("cab msu onepkg"), Match: magic("MSCF\x00\x00\x00\x00")},
	{Name: "arj", Extensions: ext("arj"), Match: isARJ},
	{Name: "lha", Extensions: ext("lha lzh"), Match: isLHA},
	{Name: "ace", Extensions: ext("ace"), Match: magicAt(7, "**ACE**")},
	{Name: "pack200", Extensions: ext("pack"), Match: magic("\xCA\xFE\xD0\x0D")},
	{Name: "warc", Extensions: ext("warc"), Match: magic("WARC/")},
	{Name: "arc", Extensions: ext("arc"), Match: magic("filedesc://")},
	{Name: "rpm", Extensions: ext("rpm"), Match: magic("\xED\xAB\xEE\xDB")},
	{Name: "xar", Extensions: ext("xar pkg"), Match: magic("xar!")},
	{Name: "wim", Extensions: ext("wim esd"), Match: magic("MSWIM\x00\x00\x00")},
	{Name: "iso", Extensions: ext("iso"), Match: magicAt(0x8001, "CD001")},
	{Name: "udf", Extensions: ext("iso img"), Match: magicAt(0x8001, "BEA01")},
	{Name: "vhdx", Extensions: ext("vhdx"), Match: magic("vhdxfile")},
	{Name: "vhd", Extensions: ext("vhd"), Match: isVHD},
	{Name: "vmdk", Extensions: ext("vmdk"), Match: magic("KDMV", "# Disk DescriptorFile", "COWD")},
	{Name: "qcow", Extensions: ext("qcow qcow2"), Match: magic("QFI\xFB")},
	{Name: "vdi", Extensions: ext("vdi"), Match: magicAt(64, "\x7F\x10\xDA\xBE")},
	{Name: "ewf", Extensions: ext("e01 ex01 l01"), Match: magic("EVF\x09\x0D\x0A\xFF\x00", "EVF2\x0D\x0A\x81", "LVF\x09\x0D\x0A\xFF\x00")},
	{Name: "dmg", Extensions: ext("dmg"), Match: isDMG},
	{Name: "squashfs", Extensions: ext("squashfs sqfs"), Match: magic("hsqs", "sqsh")},
	{Name: "disk", Extensions: ext("img dd raw vhd ima"), Match: isDisk},
	{Name: "marc", Extensions: ext("mrc marc"), Match: isMARC},
	{Name: "stl", Extensions: ext("stl"), Match: isSTL},
	{Name: "applesingle", Match: magic("\x00\x05\x16\x00\x00\x02\x00\x00", "\x00\x05\x16\x07\x00\x02\x00\x00")},
	{Name: "der", Extensions: ext("der cer crt p7s p7m p7c p7b p7z p7 p12 pfx tsd key tsr"), Match: isDER},
	{Name: "dbf", Extensions: ext("dbf"), Match: isDBF, Read: dbf.Read},
	{Name: "dbf-memo", Extensions: ext("fpt dbt"), Match: data(isMemo), Read: dbf.ReadMemos},
}

// pictureFormats need OCR when they are large enough to hold text.
var pictureFormats = []Format{
	{Name: "jpeg", Extensions: ext("jpg jpeg jpe jfif"), Match: magic("\xFF\xD8\xFF"), Read: picture.Read},
	{Name: "png", Extensions: ext("png apng"), Match: magic("\x89PNG\r\n\x1A\n"), Read: picture.Read},
	{Name: "gif", Extensions: ext("gif"), Match: magic("GIF87a", "GIF89a"), Read: picture.Read},
	{Name: "tiff", Extensions: ext("tif tiff dng nef cr2 arw pef orf"), Match: magic("II*\x00", "MM\x00*", "II+\x00", "MM\x00+"), Read: picture.Read},
	{Name: "bmp", Extensions: ext("bmp dib"), Match: data(isBMP), Read: picture.Read},
	{Name: "webp", Extensions: ext("webp"), Match: both(magic("RIFF"), magicAt(8, "WEBP")), Read: picture.Read},
	{Name: "heic", Extensions: ext("heic heif hif avif"), Match: brand("heic", "heix", "hevc", "heim", "heis", "mif1", "msf1", "avif", "avis"), Read: picture.Read},
	{Name: "jp2", Extensions: ext("jp2 j2k jpf jpx jpm"), Match: magic("\x00\x00\x00\x0CjP  \r\n\x87\n", "\xFF\x4F\xFF\x51"), Read: picture.Read},
	{Name: "jxl", Extensions: ext("jxl"), Match: magic("\xFF\x0A", "\x00\x00\x00\x0CJXL \r\n\x87\n"), Read: picture.Read},
	{Name: "psd", Extensions: ext("psd psb"), Match: magic("8BPS"), Read: picture.Read},
	{Name: "emf", Extensions: ext("emf"), Match: both(magic("\x01\x00\x00\x00"), magicAt(40, " EMF"))},
	{Name: "wmf", Extensions: ext("wmf"), Match: magic("\xD7\xCD\xC6\x9A", "\x01\x00\x09\x00\x00\x03", "\x02\x00\x09\x00\x00\x03")},
	{Name: "pict", Extensions: ext("pct pict pic"), Match: magicAt(522, "\x00\x11\x02\xFF", "\x11\x01"), Read: picture.Read},
	{Name: "pcx", Extensions: ext("pcx"), Match: data(isPCX), Read: picture.Read},
	{Name: "dcx", Extensions: ext("dcx"), Match: magic("\xB1\x68\xDE\x3A"), Read: picture.Read},
	{Name: "netpbm", Extensions: ext("pbm pgm ppm pnm pam"), Match: isNetpbm, Read: picture.Read},
	{Name: "ico", Extensions: ext("ico cur"), Match: isIcon, Read: picture.Read},
	{Name: "icns", Extensions: ext("icns"), Match: data(magic("icns")), Read: picture.Read},
	{Name: "jbig2", Extensions: ext("jb2 jbig2"), Match: magic("\x97JB2\r\n\x1A\n"), Read: picture.Read},
	{Name: "bpg", Extensions: ext("bpg"), Match: magic("BPG\xFB"), Read: picture.Read},
	{Name: "xcf", Extensions: ext("xcf"), Match: magic("gimp xcf")},
	{Name: "dicom", Extensions: ext("dcm dicom"), Match: magicAt(128, "DICM")},
	{Name: "fits", Extensions: ext("fits fit"), Match: magic("SIMPLE  =")},
}

// mediaFormats are sound and moving pictures.
var mediaFormats = []Format{
	{Name: "audio", Extensions: ext("mp3 wav flac ogg oga opus m4a aac ac3 amr wma aif aiff au mid midi m4b caf"), Match: data(isAudio)},
	{Name: "video", Extensions: ext("mp4 mov avi mkv webm wmv asf mpg mpeg m4v 3gp flv ts vob ogv m2ts dav"), Match: data(isVideo)},
}
