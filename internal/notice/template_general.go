package notice

// personal are the fields, blocks and conditions that say something of one
// person. A letter to every home has none of them: what is not in its template
// cannot come into a letter, whatever stands in the run.
var personal = set("name", "about", "period", "found", "not-found", "consequences", "advice", "confirmed", "withheld", "child", "estate", "bank", "incomplete", "held",
	"not-held", "possible")

// checkGeneral refuses a letter to every home that would say something of one
// person.
func (t *Template) checkGeneral() error {
	if t.Kind != General {
		return nil
	}
	for _, x := range t.parts {
		for _, c := range x.when {
			if personal[c.name] {
				return Misplaced.about("[if %s] in template %s, which goes to every home", plainName(c.name), t.Name)
			}
		}
		if x.sort == partBlock && personal[x.text] {
			return Misplaced.about("{{%s}} in template %s, which goes to every home", plainName(x.text), t.Name)
		}
		for _, text := range append(append([]string{}, x.items...), x.text) {
			err := eachField(text, func(name string) error {
				if personal[name] {
					return Misplaced.about("{%s} in template %s, which goes to every home", plainName(name), t.Name)
				}
				return nil
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// readerOf is a recipient as far as a template may know them: a letter to every
// home knows its reference alone, so that its words are the same for all.
func (t *Template) readerOf(r *Recipient) *Recipient {
	if t.Kind == General {
		return &Recipient{Reference: r.Reference}
	}
	return r
}
