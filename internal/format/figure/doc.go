// Package figure shows the number in a spreadsheet's cell as its format code
// displays it, with two exceptions that serve finding people. A date whose code
// leaves something open, the century or which figure is the month, comes out as
// 2001-03-05 (with 14:30:05 where the code shows a time); one with a day, the
// name of a month and a full year comes out as the code has it. No number is
// ever shortened to an exponent or a fraction.
//
// It also unpacks what workbooks of all kinds store alike: short numbers, error
// values, the text of page headers (stored.go).
//
// A number and a format code flow in, text flows out; the readers of XLSX and
// of older workbooks share it. Format codes are those of ECMA-376 part 1,
// section 18.8.31 (the same as [MS-XLS] 2.4.126); the codes that have a number
// but no text are in builtin_table.go.
//
// Halves are rounded up, seconds are cut off as a clock does.
//
// Conditions, colours, padding and the text section are understood; locales are
// not: the decimal point is a point and the thousands separator a comma.
package figure
