package sandbox

// toolCallsHere are the older forms of calls that tools make on this
// architecture.
var toolCallsHere []uint32
