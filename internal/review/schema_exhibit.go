package review

// exhibitSchema is the tables of the desk exhibit.
var exhibitSchema = []string{}
