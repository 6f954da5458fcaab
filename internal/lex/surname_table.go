package lex

const surnameTable = `smith jones khan`
