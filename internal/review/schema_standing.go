package review

// standingSchema is the tables of the desk standing.
var standingSchema = []string{}
