package pst

import (
	"cmp"
	"encoding/binary"
	"slices"
	"strconv"

	"github.com/reeve-council/reeve"
	"github.com/reeve-council/reeve/internal/format/mapi"
	"github.com/reeve-council/reeve/internal/format/part"
)

// tagSubtree is the folder at which the user's own folders begin
// (PidTagIpmSubTreeEntryId).
var tagSubtree = mapi.Tag(0x35E0)

// child is a folder or message and the folder that it says it lies in.
type child struct{ parent, id uint32 }

// contents is what there is in a store, by parent and number. The index of
// nodes tells it; the tables of folders, which say it again, are not needed,
// and so a broken one loses nothing.
type contents struct {
	folders  []child
	messages []child
	hidden   int             // messages of programs, which are left out
	top      map[uint32]bool // folders that lend their contents no name
}

// maxFolders bounds the folders of a store; folders are held by name.
const maxFolders = 1e6

// survey walks the index of nodes.
func (s *store) survey() (*contents, error) {
	c := &contents{top: map[uint32]bool{nodeRoot: true}}
	n := s.file.layout.size()
	err := s.file.walk(s.file.nodes, func(e []byte) error {
		if err := s.w.Step(1); err != nil {
			return err
		}
		at := child{id: binary.LittleEndian.Uint32(e), parent: binary.LittleEndian.Uint32(e[3*n:])}
		switch at.id & kindMask {
		case kindFolder:
			if c.folders = append(c.folders, at); len(c.folders) > maxFolders {
				return part.Over(reeve.ReasonTooMany, "more folders than the limit")
			}
		case kindMessage:
			c.messages = append(c.messages, at)
		case kindHidden:
			c.hidden++
		}
		return nil
	})
	byPlace := func(a, b child) int { return cmp.Or(cmp.Compare(a.parent, b.parent), cmp.Compare(a.id, b.id)) }
	for _, list := range []*[]child{&c.folders, &c.messages} {
		// A damaged index may give a node twice; the first is the one in force.
		slices.SortStableFunc(*list, func(a, b child) int { return cmp.Compare(a.id, b.id) })
		*list = slices.CompactFunc(*list, func(a, b child) bool { return a.id == b.id })
		slices.SortFunc(*list, byPlace)
	}
	if id, ok := s.subtree(); ok {
		c.top[id] = true
	}
	return c, err
}

// subtree is the folder whose folders the user sees at the top.
func (s *store) subtree() (uint32, bool) {
	n, ok := s.file.node(nodeStore)
	if !ok {
		return 0, false
	}
	h, err := s.file.openHeap(n)
	if err != nil {
		return 0, false
	}
	b, _ := s.bag(h, nil, nil)
	entry := b.Bytes(tagSubtree)
	if len(entry) < 24 {
		return 0, false
	}
	return binary.LittleEndian.Uint32(entry[20:]), true
}

// below are the children of a folder.
func below(list []child, parent uint32) []child {
	from, _ := slices.BinarySearchFunc(list, parent, func(c child, p uint32) int { return cmp.Compare(c.parent, p) })
	to := from
	for to < len(list) && list[to].parent == parent {
		to++
	}
	return list[from:to]
}

// walker goes through the folders.
type walker struct {
	*contents
	store *store
	seen  map[uint32]bool
	names map[string]map[string]bool // names given out, by the path of the folder
}

// recovered is the folder of what has lost its own.
const recovered = "recovered"

// each passes every message on: from the root down, then what no folder leads
// to.
func (c *contents) each(s *store) error {
	w := &walker{contents: c, store: s, seen: map[uint32]bool{}, names: map[string]map[string]bool{}}
	if err := w.folder(nodeRoot, nil, 0); err != nil {
		return err
	}
	exists := map[uint32]bool{}
	for _, f := range c.folders {
		exists[f.id] = true
	}
	return w.lost(exists)
}

// lost passes on folders and messages whose parent is gone. A folder that
// leads back to itself is taken at its first.
func (w *walker) lost(exists map[uint32]bool) error {
	for round := range 2 {
		for _, f := range w.folders {
			if w.seen[f.id] || round == 0 && exists[f.parent] && f.parent != f.id {
				continue
			}
			if err := w.folder(f.id, w.unique([]string{recovered}, w.store.folderName(f.id)), 1); err != nil {
				return err
			}
		}
	}
	place := 0
	for _, m := range w.messages {
		if w.seen[m.parent] {
			continue
		}
		if place++; place == 1 {
			w.store.file.blame(part.Broken("messages whose folder is gone"))
		}
		if err := w.store.embed([]string{recovered}, place, m.id); err != nil {
			return err
		}
	}
	return nil
}

// folder passes on the messages of a folder, then its folders.
func (w *walker) folder(id uint32, path []string, depth int) error {
	if w.seen[id] {
		return nil
	}
	if depth > w.store.w.Limits().Depth {
		return part.Over(reeve.ReasonTooDeep, "folders nested beyond the limit")
	}
	w.seen[id] = true
	messages := below(w.messages, id)
	if len(path) > 0 {
		w.store.folder(path, len(messages))
	}
	for i, m := range messages {
		if err := w.store.embed(path, i+1, m.id); err != nil {
			return err
		}
	}
	for _, f := range below(w.folders, id) {
		if w.seen[f.id] {
			continue
		}
		inner := path
		if !w.top[f.id] {
			inner = w.unique(path, w.store.folderName(f.id))
		}
		if err := w.folder(f.id, inner, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// unique is the path of a folder in another. Two of one name are told apart as
// items are.
func (w *walker) unique(in []string, name string) []string {
	if name == "" {
		name = "unnamed"
	}
	at := key(in)
	if w.names[at] == nil {
		w.names[at] = map[string]bool{}
	}
	free := name
	for n := 2; w.names[at][free]; n++ {
		free = name + "~" + strconv.Itoa(n)
	}
	w.names[at][free] = true
	return append(slices.Clone(in), free)
}

// key is a path as one string; a name holds no zero.
func key(path []string) (s string) {
	for _, name := range path {
		s += name + "\x00"
	}
	return s
}

// folderName is a folder's name as stored.
func (s *store) folderName(id uint32) string {
	n, ok := s.file.node(id)
	if !ok {
		return ""
	}
	h, err := s.file.openHeap(n)
	if err != nil {
		s.file.blame(err)
		return ""
	}
	b, err := s.bag(h, nil, nil)
	s.file.blame(err)
	return b.Text(mapi.TagName)
}
