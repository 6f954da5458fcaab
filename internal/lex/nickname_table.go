package lex

const nicknameTable = `
william bill billy will willy willie liam
`
