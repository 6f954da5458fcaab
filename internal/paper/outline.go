package paper

import "fmt"

// bookmark is a line of the outline of a PDF.
type bookmark struct {
	text  string
	level int // from 0
	page  int
	y     float64 // in millimetres from the top
}

// outline writes the bookmarks as a tree (ISO 32000-2, 12.3.3), whose root is
// object root and whose lines follow it.
func (s *sheets) outline(o *objects, root int) {
	if len(s.marks) == 0 {
		return
	}
	at := func(i int) int { return root + 1 + i } // -1 is the root
	o.object("<< /Type /Outlines%s >>", ends(s.under(-1), at))
	parent, links := make([]int, len(s.marks)), make([]string, len(s.marks))
	for i := -1; i < len(s.marks); i++ {
		list := s.under(i)
		for k, child := range list {
			parent[child] = i
			if k > 0 {
				links[child] += fmt.Sprintf(" /Prev %d 0 R", at(list[k-1]))
			}
			if k+1 < len(list) {
				links[child] += fmt.Sprintf(" /Next %d 0 R", at(list[k+1]))
			}
		}
		if i >= 0 && len(list) > 0 {
			links[i] += ends(list, at) + fmt.Sprintf(" /Count -%d", len(list))
		}
	}
	for i, m := range s.marks {
		o.object("<< /Title %s /Parent %d 0 R%s /Dest [%d 0 R /XYZ 0 %.2f null] >>", textString(m.text), at(parent[i]), links[i], pageObject(m.page), (pageHeight-m.y)/pointMM)
	}
}

// ends names the first and the last of a list of bookmarks.
func ends(list []int, at func(int) int) string {
	return fmt.Sprintf(" /First %d 0 R /Last %d 0 R", at(list[0]), at(list[len(list)-1]))
}

// under gives the bookmarks directly under another one; -1 stands over all.
func (s *sheets) under(i int) []int {
	level := -1
	if i >= 0 {
		level = s.marks[i].level
	}
	var list []int
	for k := i + 1; k < len(s.marks) && s.marks[k].level > level; k++ {
		if len(list) == 0 || s.marks[k].level <= s.marks[list[len(list)-1]].level {
			list = append(list, k)
		}
	}
	return list
}
