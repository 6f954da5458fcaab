package figure

import "testing"

func TestAppend(t *testing.T) {
	tests := []struct {
		code string
		v    float64
		want string
	}{
		{"General", 12345678901234, "12345678901234"},
		{"General", 0.30000000000000004, "0.3"},
		{"General", 1e15, "1000000000000000"},
		{"General", 1.5, "1.5"},
		{"General", -7, "-7"},
		{"0000000", 12345, "0012345"},
		{"0000000000", 9990000018, "9990000018"},
		{"000 000 0000", 9990000018, "999 000 0018"},
		{"00-00-00", 70436, "07-04-36"},
		{"00\\-00\\-00", 70436, "07-04-36"},
		{"0", 12.6, "13"},
		{"0.00", 12.345, "12.35"},
		{"#,##0", 1234567, "1,234,567"},
		{"#,##0.00", 0.5, "0.50"},
		{"#,##0.00", -1234.5, "-1,234.50"},
		{`"£"#,##0.00`, 1234.5, "£1,234.50"},
		{`[$£-809]#,##0.00`, 99, "£99.00"},
		{`"£"#,##0.00;[Red]\-"£"#,##0.00`, -1234.5, "-£1,234.50"},
		{`_-* #,##0.00_-;\-* #,##0.00_-;_-* "-"??_-;_-@_-`, 0, "-"},
		{`_-* #,##0.00_-;\-* #,##0.00_-;_-* "-"??_-;_-@_-`, 5, "5.00"},
		{"0%", 0.25, "25%"},
		{"0.0%", 0.1234, "12.3%"},
		{"0.00E+00", 123456789, "123456789"},
		{"# ?/?", 0.5, "0.5"},
		{"[<=9999999]000-0000;(000) 000-0000", 5551234, "555-1234"},
		{"[<=9999999]000-0000;(000) 000-0000", 2079460123, "(207) 946-0123"},
		{"#.##", 1.5, "1.5"},
		{"0,", 12345, "12"},
		{`"Ref "0000`, 12, "Ref 0012"},
		{`0" yrs"`, 12, "12 yrs"},
		{"dd/mm/yyyy", 36955, "2001-03-05"},
		{"m/d/yyyy h:mm", 36955.5, "2001-03-05 12:00"},
		{"dd/mm/yyyy", 36955.75, "2001-03-05"},
		{"mmm-yy", 36955, "2001-03-05"},
		{"h:mm", 0.604166666666667, "14:30"},
		{"h:mm:ss", 0.604224537037037, "14:30:05"},
		{"[h]:mm", 1.5, "36:00"},
		{"mm:ss", 0.604224537037037, "14:30:05"},
		{"yyyy-mm-dd", 60, "1900-02-29"},
		{"yyyy-mm-dd", 59, "1900-02-28"},
		{"yyyy-mm-dd", 61, "1900-03-01"},
		{"yyyy-mm-dd", 1, "1900-01-01"},
		{"yyyy-mm-dd", 0, "0"},
		{"yyyy-mm-dd", -5, "-5"},
		{"yyyy-mm-dd", 1e9, "1000000000"},
		{`[$-F800]dddd\,\ mmmm\ dd\,\ yyyy`, 36955, "Monday, March 05, 2001"},
		{"d mmmm yyyy", 36955, "5 March 2001"},
		{"dd-mmm-yyyy", 36955, "05-Mar-2001"},
		{"[$-809]dddd d mmmm yyyy", 36955, "Monday 5 March 2001"},
		{`[$-409]mmmm\ d\,\ yyyy;@`, 36955, "March 5, 2001"},
		{"[$-407]d. mmmm yyyy", 36955, "2001-03-05"},
		{"d-mmm-yy", 36955, "2001-03-05"},
		{"mmmm yyyy", 36955, "2001-03-05"},
		{`"At" h:mm AM/PM "on" dddd mmmm d"," yyyy`, 36955.25, "At 6:00 AM on Monday March 5, 2001"},
		{"d mmm yyyy h:mm:ss", 36955.999999999, "6 Mar 2001 00:00:00"},
		{"d mmm yyyy mm:ss", 36955.5, "5 Mar 2001 00:00"},
		{"h:mm AM/PM", 0.75, "6:00 PM"},
		{"h:mm:ss", 0.9999942, "23:59:59"},
		{"dd/mm/yyyy", 36955.9999942, "2001-03-05"},
		{"0.0", 11111.25, "11111.3"},
		{"0.00", 0.285, "0.29"},
		{"0%", 0.025, "3%"},
		{"0.0", 0.25, "0.3"},
		{"0", 999999999999999, "999999999999999"},
		{"@", 12, "12"},
		{"", 12, "12"},
		{`"n/a"`, 3, "n/a"},
	}
	for _, test := range tests {
		if got := string(Parse(test.code).Append(nil, test.v, false)); got != test.want {
			t.Errorf("%q of %v = %q, want %q", test.code, test.v, got, test.want)
		}
	}
}

func TestLateEpoch(t *testing.T) {
	if got := string(Builtin(14).Append(nil, 35493, true)); got != "2001-03-05" {
		t.Errorf("1904 calendar gives %s", got)
	}
}

func TestBuiltins(t *testing.T) {
	for id, want := range map[int]string{0: "36955.5", 1: "36956", 2: "36955.50", 4: "36,955.50", 9: "3695550%", 14: "2001-03-05", 15: "2001-03-05",
		20: "12:00", 22: "2001-03-05 12:00", 44: "£36,955.50", 46: "886932:00:00", 49: "36955.5", 57: "2001-03-05", 160: "36955.5"} {
		if got := string(Builtin(id).Append(nil, 36955.5, false)); got != want {
			t.Errorf("format %d shows %q, want %q", id, got, want)
		}
	}
}

func FuzzFormat(f *testing.F) {
	f.Add("0.00;[Red]-0", 1.5)
	f.Add("[$-809]dd mmm yyyy;@", 40000.25)
	f.Fuzz(func(t *testing.T, code string, v float64) {
		once := string(Parse(code).Append(nil, v, false))
		if again := string(Parse(code).Append([]byte("x"), v, false)); again != "x"+once {
			t.Errorf("behind other text it shows %q, alone %q", again, once)
		}
	})
}

func TestStored(t *testing.T) {
	for rk, want := range map[uint32]float64{0x3FF00000: 1, 40<<2 | 2: 40, 1234<<2 | 3: 12.34, 0xFFFFFFEA: -6} {
		if got := RK(rk); got != want {
			t.Errorf("RK %#x is %v, want %v", rk, got, want)
		}
	}
	if got := string(HeaderText([]byte(`&L&"Arial,Bold"&12Rents&C&KFF0000Page &P && more&R&D`))); got != "Rents Page  & more" {
		t.Errorf("header %q", got)
	}
	if ErrorText(0x2A) != "#N/A" || ErrorText(0x07) != "#DIV/0!" {
		t.Error("error names")
	}
}
