package object

// Caps of one object: nesting, and members of all its arrays and dictionaries.
const (
	maxNesting = 100
	maxMembers = 4 << 20
)

// Parser reads whole objects from a Lexer.
type Parser struct {
	*Lexer
	depth   int
	members int
	decrypt func(string) string // nil where strings are plain
}

// NewParser reads objects from b, whose strings are plain.
func NewParser(b []byte) *Parser { return &Parser{Lexer: NewLexer(b)} }

// keyword is a bare word that is not a value.
type keyword string

// closer is a bracket that closes nothing, or the end of the bytes.
type closer Token

// Object reads an object; nil at the end and for words that are no value.
func (p *Parser) Object() any {
	switch v := p.value().(type) {
	case keyword, closer:
		return nil
	default:
		return v
	}
}

// AtEnd reports whether only white space is left.
func (p *Parser) AtEnd() bool {
	p.skip()
	return p.pos >= len(p.b)
}

func (p *Parser) value() any {
	switch t := p.Next(); t {
	case Number:
		return p.numberOrRef()
	case String:
		if p.decrypt != nil {
			return p.decrypt(string(p.Text))
		}
		return string(p.Text)
	case NameToken:
		return Name(p.Text)
	case Word:
		return p.wordValue()
	case ArrayOpen, DictOpen:
		if p.depth >= maxNesting {
			p.members = maxMembers // nothing sane nests so deep: the object ends here
			return closer(End)
		}
		p.depth++
		defer func() { p.depth-- }()
		if t == ArrayOpen {
			return p.array()
		}
		return p.dict()
	default:
		return closer(t)
	}
}

func (p *Parser) wordValue() any {
	switch string(p.Text) {
	case "true":
		return true
	case "false":
		return false
	case "null":
		return nil
	}
	return keyword(p.Text)
}

// numberOrRef looks two tokens ahead for "12 0 R".
func (p *Parser) numberOrRef() any {
	n, whole, back := p.Num, p.Whole, p.pos
	if !whole {
		return n
	}
	num := int(n)
	if num < 0 || p.pos >= len(p.b) || class[p.b[p.pos]] != space {
		return num
	}
	p.skip()
	if p.pos < len(p.b) && p.b[p.pos] >= '0' && p.b[p.pos] <= '9' && p.Next() == Number && p.Whole {
		gen := int(p.Num)
		p.skip()
		if p.pos < len(p.b) && p.b[p.pos] == 'R' && (p.pos+1 == len(p.b) || class[p.b[p.pos+1]] != regular || p.b[p.pos+1] >= '0') {
			p.pos++
			return Ref{num, gen}
		}
	}
	p.pos = back
	return num
}

func (p *Parser) array() any {
	out := Array{}
	for p.members < maxMembers {
		p.members++
		switch v := p.value().(type) {
		case closer:
			return out
		case keyword:
			if v == "endobj" || v == "endstream" || v == "obj" {
				return out
			}
		default:
			out = append(out, v)
		}
	}
	return out
}

// dict reads up to >>. A key without a value, or a value without a key, costs
// itself alone.
func (p *Parser) dict() any {
	out := Dict{}
	for p.members < maxMembers {
		p.members++
		switch t := p.Next(); t {
		case DictClose, End:
			return out
		case NameToken:
		case Word:
			if w := string(p.Text); w == "endobj" || w == "stream" || w == "endstream" {
				p.pos -= len(w)
				return out
			}
			continue
		default:
			continue
		}
		key := Name(p.Text)
		switch v := p.value().(type) {
		case closer:
			return out
		case keyword:
			if v == "endobj" || v == "stream" {
				return out
			}
		default:
			if _, twice := out[key]; !twice || v != nil {
				out[key] = v
			}
		}
	}
	return out
}
