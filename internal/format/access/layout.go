package access

// layout is where things are in the pages of a generation. All offsets are in
// bytes.
type layout struct {
	page     int // size of a page
	masked   int // bytes of the header that are masked, from 0x18
	rowCount int // in a data page: how many rows it has
	rowTable int // and where their places begin

	// In the definition of a table.
	rows       int // that it has
	kind       int // userTable or a system's
	varColumns int
	columns    int
	indexes    int // that have data
	owned      int // pointer to the map of its pages
	indexList  int // followed by columns and their names
	indexSize  int
	columnSize int
	nameSize   int // bytes that tell a name's length

	// In the description of a column.
	number int
	order  int // among the columns of variable length
	scale  int
	flags  int
	extra  int // flags of later versions; 0 where there are none
	offset int // among the columns of fixed length
	length int

	countSize int // bytes of a count in a record
}

const userTable = 'N'

var jet3 = layout{
	page: 2048, masked: 126, rowCount: 8, rowTable: 10,
	rows: 12, kind: 20, varColumns: 23, columns: 25, indexes: 31, owned: 35, indexList: 43,
	indexSize: 8, columnSize: 18, nameSize: 1,
	number: 1, order: 3, scale: 12, flags: 13, offset: 14, length: 16,
	countSize: 1,
}

var jet4 = layout{
	page: 4096, masked: 128, rowCount: 12, rowTable: 14,
	rows: 16, kind: 40, varColumns: 43, columns: 45, indexes: 51, owned: 55, indexList: 63,
	indexSize: 12, columnSize: 25, nameSize: 2,
	number: 5, order: 7, scale: 12, flags: 15, extra: 16, offset: 21, length: 23,
	countSize: 2,
}
