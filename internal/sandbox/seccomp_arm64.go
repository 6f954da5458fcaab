package sandbox

// allowedHere are calls that this architecture has beside the common ones.
var allowedHere []uint32
