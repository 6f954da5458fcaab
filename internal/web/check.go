package web

import (
	"fmt"
	"html/template"
	"reflect"
	"text/template/parse"
)

// Check type-checks a page's template against its view: every field and method
// that is asked for is there, in every branch. A template engine finds out only
// when the branch runs, and then in front of somebody.
func (p Page[T]) Check() error { return p.sheet.check() }

func (s *sheet) check() error {
	c := checker{templates: s.mask, done: make(map[string]bool)}
	c.template("content", s.view)
	if c.err != nil {
		return fmt.Errorf("page %s: %w", s.name, c.err)
	}
	return nil
}

// checker walks a template with the type that each expression has; nil is a
// type that cannot be known, such as what is inside an interface.
type checker struct {
	templates *template.Template
	done      map[string]bool
	tree      *parse.Tree
	err       error
}

func (c *checker) say(n parse.Node, format string, args ...any) {
	if c.err == nil {
		where, _ := c.tree.ErrorContext(n)
		c.err = fmt.Errorf("%s: %s", where, fmt.Sprintf(format, args...))
	}
}

func (c *checker) template(name string, dot reflect.Type) {
	key := fmt.Sprint(name, " ", dot)
	t := c.templates.Lookup(name)
	if t == nil || t.Tree == nil {
		c.err = fmt.Errorf("no template %q", name)
		return
	}
	if c.done[key] {
		return
	}
	c.done[key] = true
	outer := c.tree
	c.tree = t.Tree
	c.list(t.Tree.Root, dot, map[string]reflect.Type{"$": dot})
	c.tree = outer
}

func (c *checker) list(l *parse.ListNode, dot reflect.Type, vars map[string]reflect.Type) {
	if l == nil {
		return
	}
	for _, n := range l.Nodes {
		c.node(n, dot, vars)
	}
}

func (c *checker) node(n parse.Node, dot reflect.Type, vars map[string]reflect.Type) {
	switch n := n.(type) {
	case *parse.ActionNode:
		c.pipe(n.Pipe, dot, vars)
	case *parse.IfNode:
		inner := scope(vars)
		c.pipe(n.Pipe, dot, inner)
		c.list(n.List, dot, scope(inner))
		c.list(n.ElseList, dot, scope(inner))
	case *parse.WithNode:
		inner := scope(vars)
		c.list(n.List, c.pipe(n.Pipe, dot, inner), inner)
		c.list(n.ElseList, dot, scope(vars))
	case *parse.RangeNode:
		c.loop(n, dot, vars)
	case *parse.TemplateNode:
		var t reflect.Type
		if n.Pipe != nil {
			t = c.pipe(n.Pipe, dot, vars)
		}
		c.template(n.Name, t)
	}
}

func (c *checker) loop(n *parse.RangeNode, dot reflect.Type, vars map[string]reflect.Type) {
	inner := scope(vars)
	over := c.pipe(n.Pipe, dot, inner)
	var key, elem reflect.Type
	if over != nil {
		key = reflect.TypeFor[int]()
		switch over = pointed(over); over.Kind() {
		case reflect.Slice, reflect.Array:
			elem = over.Elem()
		case reflect.Map:
			key, elem = over.Key(), over.Elem()
		case reflect.Int, reflect.Int64:
			elem = over
		case reflect.Interface:
			key = nil
		default:
			c.say(n, "cannot range over %s", over)
		}
	}
	for i, v := range n.Pipe.Decl {
		inner[v.Ident[0]] = elem
		if i == 0 && len(n.Pipe.Decl) == 2 {
			inner[v.Ident[0]] = key
		}
	}
	c.list(n.List, elem, inner)
	c.list(n.ElseList, dot, scope(vars))
}

// pipe gives the type of a pipeline and declares its variables.
func (c *checker) pipe(p *parse.PipeNode, dot reflect.Type, vars map[string]reflect.Type) reflect.Type {
	var t reflect.Type
	for _, cmd := range p.Cmds {
		t = c.command(cmd, dot, vars)
	}
	for _, v := range p.Decl {
		vars[v.Ident[0]] = t
	}
	return t
}

func (c *checker) command(cmd *parse.CommandNode, dot reflect.Type, vars map[string]reflect.Type) reflect.Type {
	var types []reflect.Type
	for _, a := range cmd.Args {
		types = append(types, c.expression(a, dot, vars))
	}
	if f, ok := cmd.Args[0].(*parse.IdentifierNode); ok {
		return c.call(f, types[1:])
	}
	return types[0]
}

// call gives the type of what a function of the templates gives back.
func (c *checker) call(f *parse.IdentifierNode, args []reflect.Type) reflect.Type {
	if fn, ok := valueFuncs(false)[f.Ident]; ok {
		c.arguments(f, reflect.TypeOf(fn), args)
		return reflect.TypeOf(fn).Out(0)
	}
	if fn, ok := pieceFuncs[f.Ident]; ok {
		c.arguments(f, reflect.TypeOf(fn), args)
		if t := reflect.TypeOf(fn).Out(0); t.Kind() != reflect.Map && t.Kind() != reflect.Slice {
			return t
		}
		return nil
	}
	switch f.Ident {
	case "len":
		return reflect.TypeFor[int]()
	case "index":
		if len(args) > 0 && args[0] != nil {
			switch t := pointed(args[0]); t.Kind() {
			case reflect.Slice, reflect.Array, reflect.Map:
				return t.Elem()
			}
		}
	case "eq", "ne", "lt", "le", "gt", "ge", "not":
		return reflect.TypeFor[bool]()
	case "printf", "print", "html", "js", "urlquery":
		return reflect.TypeFor[string]()
	}
	return nil
}

// arguments checks the arguments whose types are known.
func (c *checker) arguments(f *parse.IdentifierNode, fn reflect.Type, args []reflect.Type) {
	for i, a := range args {
		if a == nil || fn.IsVariadic() || i >= fn.NumIn() {
			continue
		}
		if want := fn.In(i); !a.AssignableTo(want) && !(a.Kind() == reflect.Pointer && a.Elem().AssignableTo(want)) {
			c.say(f, "%s wants %s, has %s", f.Ident, want, a)
		}
	}
}

func (c *checker) expression(n parse.Node, dot reflect.Type, vars map[string]reflect.Type) reflect.Type {
	switch n := n.(type) {
	case *parse.DotNode:
		return dot
	case *parse.FieldNode:
		return c.fields(n, dot, n.Ident)
	case *parse.VariableNode:
		return c.fields(n, vars[n.Ident[0]], n.Ident[1:])
	case *parse.ChainNode:
		return c.fields(n, c.expression(n.Node, dot, vars), n.Field)
	case *parse.PipeNode:
		return c.pipe(n, dot, scope(vars))
	case *parse.StringNode:
		return reflect.TypeFor[string]()
	case *parse.BoolNode:
		return reflect.TypeFor[bool]()
	}
	return nil
}

// fields follows names from a type on.
func (c *checker) fields(n parse.Node, t reflect.Type, names []string) reflect.Type {
	for _, name := range names {
		if t == nil {
			return nil
		}
		if m, ok := t.MethodByName(name); ok {
			t = m.Type.Out(0)
			continue
		}
		p := pointed(t)
		if m, ok := reflect.PointerTo(p).MethodByName(name); ok {
			t = m.Type.Out(0)
			continue
		}
		switch p.Kind() {
		case reflect.Interface:
			return nil
		case reflect.Map:
			t = p.Elem()
			continue
		case reflect.Struct:
			if f, ok := p.FieldByName(name); ok && f.IsExported() {
				t = f.Type
				continue
			}
		}
		c.say(n, "%s has no %s", t, name)
		return nil
	}
	return t
}

func pointed(t reflect.Type) reflect.Type {
	if t.Kind() == reflect.Pointer {
		return t.Elem()
	}
	return t
}

func scope(vars map[string]reflect.Type) map[string]reflect.Type {
	inner := make(map[string]reflect.Type, len(vars)+1)
	for k, v := range vars {
		inner[k] = v
	}
	return inner
}
