package enquiry

import (
	"bytes"
	"errors"
	"mime/multipart"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/db"
	"github.com/reeve-council/reeve/internal/sweep"
)

// TestSheet on both databases: out as a table, filled in elsewhere, back, and back
// again: each form is taken once, what is wrong is named by its line, and what did
// not come back is seen.
func TestSheet(t *testing.T) {
	eachCase(t, func(t *testing.T, c *sweep.Case) {
		_, h := testRoom(t, Deps{Case: c})
		want(t, post(t, h, "/paper-forms", url.Values{"forms": {"5"}, "place": {"Out-of-hours contractor"}}), 303)
		want(t, post(t, h, "/paper-forms", url.Values{"forms": {"1"}, "place": {"Library"}}), 303)
		want(t, post(t, h, "/paper-forms/1/void", url.Values{"number": {formName(5)}, "void_why": {"test"}}), 303)
		blank := get(t, h, "/paper-forms/1/sheet").Body.String()
		lines := strings.Split(strings.TrimSpace(blank), "\r\n")
		if len(lines) != 5 || !strings.HasPrefix(lines[1], formName(1)+",,") {
			t.Fatalf("the sheet is %q", blank)
		}
		bring := func(body string) *httptest.ResponseRecorder {
			t.Helper()
			b, w := &bytes.Buffer{}, (*multipart.Writer)(nil)
			w = multipart.NewWriter(b)
			part, err := w.CreateFormFile("sheet", "sheet.csv")
			if err == nil {
				_, err = part.Write([]byte(body))
			}
			if err = errors.Join(err, w.Close()); err != nil {
				t.Fatal(err)
			}
			r := httptest.NewRequest("POST", "/paper-forms/1/sheet", b)
			r.Header.Set("Content-Type", w.FormDataContentType())
			return send(t, h, r, nil)
		}
		lines[1] = formName(1) + ",11/01/2026,phone,help,safety,Ann Quillfeather,,07700 900123,ze1 0aa,Only in the morning,\"I am afraid, <b>help</b>\",,yes"
		lines[2] = formName(2) + ",2026-02-30,,,,,,,,,When?,,"
		lines[3] = formName(3) + ",,pigeon,,,,,,,,What?,,"
		more := []string{"F000099-A,,,,,,,,,,Forged,,", formName(6) + ",,,,,,,,,,Another batch,,", formName(5) + ",,,,,,,,,,Void,,"}
		filled := strings.Join(append(lines, more...), "\r\n")
		page := bring(filled)
		want(t, page, 200, "<b>1</b> taken now", "<b>5</b> could not be taken", "the day is not one of the last year", "the channel is none of", "not one of ours", "of another batch", "made void")
		want(t, bring(filled), 200, "<b>0</b> taken now", "typed in before")
		e := ask(t, c, func(tx *db.Tx) (Enquiry, error) { return readEnquiry(tx, 1) })
		if e.Kind != Help || e.Channel != ByPhone || !e.Vulnerable || e.Form != formName(1) || dayWords(e.Received) != "11 January 2026" || e.Person.Postcode.Reveal() != "ZE1 0AA" {
			t.Errorf("taken as %s by %s on %s, form %s", e.Kind, e.Channel, dayWords(e.Received), e.Form)
		}
		semicolons := "\ufeff" + strings.ReplaceAll(strings.Join(sheetColumns, ","), ",", ";") + "\r\n" + formName(2) + ";;;;;;;;;;Caf\u00e9?;;\r\n"
		want(t, bring(semicolons), 200, "<b>1</b> taken now")
		want(t, get(t, h, "/paper-forms/1"), 200, "<b>2</b> still out", "<b>2</b> typed in", "<b>1</b> void")
		for _, bad := range []string{"", "form,day\n", "\x00\xff\xfe", strings.Join(sheetColumns, ",") + "\n\"open"} {
			if w := bring(bad); w.Code != 400 && w.Code != 422 {
				t.Errorf("%q: status %d", bad, w.Code)
			}
		}
	})
}

// FuzzSheet: whatever comes is a sheet or reeve.Invalid, and no row is taken
// without a number of ours.
func FuzzSheet(f *testing.F) {
	head := strings.Join(sheetColumns, ",") + "\n"
	f.Add([]byte(head + formName(1) + ",,,,,,,,,,x,,"))
	f.Add([]byte(strings.ReplaceAll(head, ",", ";")))
	f.Fuzz(func(t *testing.T, data []byte) {
		rows, err := readSheet(data, testNow)
		if err != nil && !errors.Is(err, reeve.Invalid) {
			t.Fatal(err)
		}
		for _, r := range rows {
			if r.Fault == "" && (r.number < 1 || r.asked.Words.Empty() || r.asked.Reference == "") {
				t.Fatalf("line %d is taken", r.Line)
			}
		}
	})
}
