package linkage

// local estimates, for a document and its folder, what share of the mentions
// that hold more than a name turned out to be people of the registers. It is
// the prior of the bare names beside them: a name in a housing list is more
// likely a tenant than the same name in a novel.
type local struct {
	r         *resolver
	documents map[uint32]tally
	folders   map[string]tally
	folderOf  map[uint32]string
}

type tally struct{ on, all int32 }

func (r *resolver) newLocal() *local {
	return &local{r: r, documents: map[uint32]tally{}, folders: map[string]tally{}, folderOf: map[uint32]string{}}
}

func (l *local) count(i int, on bool) {
	digest := l.r.menMeta[i].digest
	l.documents[digest] = l.documents[digest].plus(on)
	folder := l.folder(digest)
	l.folders[folder] = l.folders[folder].plus(on)
}

func (t tally) plus(on bool) tally {
	if on {
		t.on++
	}
	t.all++
	return t
}

func (l *local) folder(digest uint32) string {
	if l.r.task.Folder == nil {
		return ""
	}
	f, ok := l.folderOf[digest]
	if !ok {
		f = l.r.task.Folder(l.r.words.text[digest][1:])
		l.folderOf[digest] = f
	}
	return f
}

// How many mentions the wider circle counts for beside the narrower one's own.
const (
	folderWeight   = 20
	documentWeight = 5
)

// share is the estimate for mention i: its document's, drawn to its folder's,
// drawn to that of all. Where nothing speaks for the document, bare names are
// believed less than the mentions that gave the share.
func (l *local) share(i int) float64 {
	digest := l.r.menMeta[i].digest
	all := l.r.params.OnRegister * bareShare
	f := l.folders[l.folder(digest)]
	folder := (float64(f.on) + folderWeight*all) / (float64(f.all) + folderWeight)
	d := l.documents[digest]
	return (float64(d.on) + documentWeight*folder) / (float64(d.all) + documentWeight)
}

// bareShare is how much less often a name without anything else is that of a
// resident: authors, officials, public figures and strangers are written so.
const bareShare = 0.4
