package lex

const commonTable = `will may mark rose grace hope`
