package reeve_test

// modules are the third-party modules and the rooms that may import each; tests
// may import any of them. docs/decisions has a page on each choice. A new one
// needs a line here, a page there, and a reason why the standard library and a
// hundred lines of our own are not enough.
var modules = map[string]string{
	"codeberg.org/go-pdf/fpdf":        "format sweep paper",              // writes PDF: letters for tests to read back
	"filippo.io/age":                  "cmd/reeve",                       // encrypts backups in a format that a known tool opens
	"github.com/boombuler/barcode":    "paper",                           // QR codes
	"github.com/chromedp/cdproto":     "web",                             // tests: the words of the protocol
	"github.com/chromedp/chromedp":    "web",                             // tests: a real browser (web/webtest alone)
	"github.com/emersion/go-ical":     "paper",                           // writes iCalendar
	"github.com/pquerna/otp":          "account",                         // second factor
	"github.com/wneessen/go-mail":     "mail",                            // sends mail
	"github.com/xuri/excelize/v2":     "paper",                           // writes XLSX
	"github.com/yuin/goldmark":        "publish web",                     // Markdown of notes and advice
	"golang.org/x/crypto":             "account",                         // argon2id
	"github.com/bodgit/sevenzip":      "evidence",                        // opens 7z
	"github.com/google/go-cmp":        "",                                // tests: differences that people can read
	"github.com/jackc/pgx/v5":         "db",                              // PostgreSQL
	"github.com/klauspost/compress":   "evidence format sweep zip",       // zstd
	"github.com/nwaples/rardecode/v2": "evidence",                        // opens RAR
	"github.com/pdfcpu/pdfcpu":        "format",                          // encrypts samples for the tests
	"github.com/rogpeppe/go-internal": "",                                // tests: scripts that drive the binary
	"github.com/ulikunitz/xz":         "evidence zip",                    // opens xz
	"golang.org/x/mod":                "record",                          // the tree of the tamper-evident record; house_test reads go.mod
	"golang.org/x/net":                "format sandbox",                  // parses HTML as browsers do
	"golang.org/x/sync":               "sweep",                           // groups of goroutines with one error
	"golang.org/x/sys":                "db sandbox",                      // file locks, Landlock, seccomp
	"golang.org/x/term":               "cmd/reeve",                       // is this a terminal, how wide
	"golang.org/x/text":               "charset evidence format lex zip", // encodings, normal forms of Unicode
	"modernc.org/sqlite":              "db",                              // SQLite without C
}

// reveals are the files, by pattern, that may take a personal value out of
// reeve.Sensitive, and why.
var reveals = map[string]string{
	"internal/sweep/store*.go":   "keeps findings in the case",
	"internal/review/store*.go":  "keeps verdicts with the value they are about",
	"internal/notice/store*.go":  "keeps recipients",
	"internal/notice/print*.go":  "prints a notice for the one person whom it is about",
	"internal/enquiry/store*.go": "keeps what residents asked",
	"internal/arrears/store*.go": "keeps accounts",
	"internal/linkage/*.go":      "compares values; nothing leaves but mentions",
	"internal/detect/*.go":       "reads the values that it wrapped itself in the same table or line",
	"cmd/reeve/print*.go":        "prints a list, masked unless --reveal was given with a reason",
	"internal/web/show*.go":      "prints values in pages, masked unless the answer was made with a grant on record",
}
