package lex

const givenTable = `john mary david sarah`
