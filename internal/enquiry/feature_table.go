package enquiry

// shorteners are services that hide where an address leads.
var shorteners = []string{"bit.ly", "buff.ly", "cutt.ly", "goo.gl", "is.gd", "ow.ly", "rb.gy", "rebrand.ly", "s.id", "shorturl.at", "t.co", "t.ly", "tiny.cc", "tinyurl.com", "v.gd"}

// programs are endings of files that can run something, or hide what can.
var programs = []string{".7z", ".bat", ".cab", ".chm", ".cmd", ".com", ".cpl", ".docm", ".exe", ".gz", ".hta", ".htm", ".html", ".img", ".iso", ".jar", ".js", ".jse",
	".lnk", ".msi", ".one", ".ps1", ".rar", ".reg", ".scr", ".shtml", ".svg", ".url", ".vbe", ".vbs", ".vhd", ".wsf", ".xlam", ".xll", ".xlsm", ".zip"}

// everywhere are hosts that stand in honest mail as well: they tie no reports
// together.
var everywhere = []string{"adobe.com", "amazon.co.uk", "amazon.com", "apple.com", "bing.com", "facebook.com", "fonts.googleapis.com", "fonts.gstatic.com", "google.com",
	"instagram.com", "linkedin.com", "microsoft.com", "outlook.com", "schemas.microsoft.com", "twitter.com", "w3.org", "whatsapp.com", "x.com", "youtube.com"}
