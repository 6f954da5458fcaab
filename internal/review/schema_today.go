package review

// todaySchema is the tables of the desk today.
var todaySchema = []string{}
