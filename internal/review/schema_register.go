package review

// registerSchema is the tables of the desk register.
var registerSchema = []string{}
