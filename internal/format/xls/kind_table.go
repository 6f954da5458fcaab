package xls

// Records that are read ([MS-XLS] 2.3.1).
const (
	recFormula      = 0x0006
	recEnd          = 0x000A
	recHeader       = 0x0014
	recFooter       = 0x0015
	recExternSheet  = 0x0017
	recName         = 0x0018
	recNote         = 0x001C
	recCalendar     = 0x0022
	recFilePass     = 0x002F
	recContinue     = 0x003C
	recCodePage     = 0x0042
	recExternCount  = 0x0059 // XCT
	recExternRow    = 0x005A // CRN
	recSharing      = 0x005B
	recObject       = 0x005D
	recWriter       = 0x005C
	recSheet        = 0x0085
	recManyRK       = 0x00BD
	recPivotRecord  = 0x00C8 // SXDBB
	recPivotCache   = 0x00C6 // SXDB
	recPivotField   = 0x00C7 // SXFDB
	recPivotNumber  = 0x00C9
	recPivotTruth   = 0x00CA
	recPivotError   = 0x00CB
	recPivotInteger = 0x00CC
	recPivotText    = 0x00CD
	recPivotDate    = 0x00CE
	recPivotNothing = 0x00CF
	recRichLabel    = 0x00D6
	recStyle        = 0x00E0 // XF
	recDrawings     = 0x00EB // MSODRAWINGGROUP
	recStrings      = 0x00FC // SST
	recSharedLabel  = 0x00FD
	recBookLink     = 0x01AE // SUPBOOK
	recText         = 0x01B6 // TXO
	recLink         = 0x01B8 // HLINK
	recPrompt       = 0x01BE // DV
	recNumber       = 0x0203
	recLabel        = 0x0204
	recTruth        = 0x0205
	recString       = 0x0207
	recRow          = 0x0208
	recRK           = 0x027E
	recFormat       = 0x041E
	recBegin        = 0x0809
	recChartText    = 0x100D // SERIESTEXT
)

// What a substream is (2.4.21).
const (
	subGlobals   = 0x0005
	subCode      = 0x0006
	subSheet     = 0x0010
	subChart     = 0x0020
	subMacros    = 0x0040
	subWorkspace = 0x0100
)
