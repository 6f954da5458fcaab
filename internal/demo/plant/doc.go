// Package plant makes up a council and writes what an attacker might have
// copied from it, together with the truth: which person is named where, by
// which value, in which written form. It is the measuring stick of the house.
//
// What flows in: a seed, a number of residents, a number of documents and the
// writing styles to use. What flows out: a folder with registers/ (the
// council's own lists), share/ (the exhibit) and truth/ (every planted fact),
// and the same truth as values. Score compares it with the lists that a sweep
// printed.
//
// Nobody in it exists. Names are combined from the lists in names_table.go;
// identifiers come from ranges that are reserved for tests (NHS 999…, telephone
// numbers of Ofcom's drama ranges, National Insurance prefix AA, example.org,
// registration marks of years to come, the postcode area NV, which Royal Mail
// does not use).
//
// What it must never do: read anything but its options, use the clock, or
// import a stage. The truth must not come from the code that is judged by it:
// numbers.go therefore has check digits of its own.
//
// Where to add: a document type is one entry of the table of its service
// (letters_table.go, children_table.go …; doctypes_table.go joins them) with its
// templates (see script.go for the little language); a file format is one
// write_<name>.go and one line in formats.go; a register layout is one function
// in register_<name>.go and one line in registers.go; a way to write a name is
// one case in forms.go. Styles A to C are those that rules may be tuned on,
// D to F are kept for judging.
package plant
