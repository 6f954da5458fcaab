package evidence

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"syscall"

	"github.com/reeve-council/reeve"
)

// Found is one thing on disk. With a Reason it cannot be read, and Path may be
// that of a folder.
type Found struct {
	Path     string // contract item path below the exhibit, encoded
	Disk     string // the path to open; never shown
	Size     int64  // bytes
	Modified int64  // UTC seconds
	Reason   reeve.Reason
	Detail   string
}

// maxFolderDepth bounds the nesting of folders; the system's own limit on the
// length of a path is reached before it.
const maxFolderDepth = 2048

// Walk shows everything on disk below root, in bytewise order of the item
// path; a root that is a file is shown under its base name. Links are not
// followed, except when root itself is one. Only one folder's names per level
// are held. The error is visit's, or that root cannot be looked at.
func Walk(root string, visit func(Found) error) error {
	info, err := os.Stat(root)
	if err != nil {
		return fmt.Errorf("look at exhibit: %w", err)
	}
	w := &walker{visit: visit}
	if !info.IsDir() {
		return w.file(EncodeName(filepath.Base(root), DiskName), root, info)
	}
	return w.folder("", root, info)
}

type walker struct {
	visit func(Found) error
	above []fs.FileInfo // the folders that lead here: a bind mount can make a loop
}

// entry is one name of a folder with the key that puts it in the order of the
// paths: a folder sorts as its name and the separator.
type entry struct {
	key  string // encoded
	disk string
	dir  bool
}

func (w *walker) folder(path, disk string, info fs.FileInfo) error {
	switch {
	case len(w.above) >= maxFolderDepth:
		return w.visit(Found{Path: path, Disk: disk, Reason: reeve.ReasonTooDeep, Detail: "folders nested too deep"})
	case slices.ContainsFunc(w.above, func(f fs.FileInfo) bool { return os.SameFile(f, info) }):
		return w.visit(Found{Path: path, Disk: disk, Reason: reeve.ReasonLoop, Detail: "a folder that contains itself"})
	}
	w.above = append(w.above, info)
	defer func() { w.above = w.above[:len(w.above)-1] }()
	entries, fault := list(disk)
	if fault != nil {
		f := lost(fault)
		f.Path, f.Disk = cmp.Or(path, EncodeName(filepath.Base(disk), DiskName)), disk
		f.Detail = "a folder: " + f.Detail
		if err := w.visit(f); err != nil {
			return err
		}
	}
	for _, e := range entries {
		if err := w.entry(path, disk, e); err != nil {
			return err
		}
	}
	return nil
}

func (w *walker) entry(path, disk string, e entry) error {
	if e.dir {
		e.key = e.key[:len(e.key)-1]
	}
	if path != "" {
		path += "/"
	}
	path += e.key
	disk = disk + string(filepath.Separator) + e.disk
	info, err := os.Lstat(disk)
	if err != nil {
		f := lost(err)
		f.Path, f.Disk = path, disk
		return w.visit(f)
	}
	if info.IsDir() {
		return w.folder(path, disk, info)
	}
	return w.file(path, disk, info)
}

func (w *walker) file(path, disk string, info fs.FileInfo) error {
	f := Found{Path: path, Disk: disk, Size: info.Size(), Modified: info.ModTime().Unix()}
	switch mode := info.Mode(); {
	case mode&fs.ModeSymlink != 0:
		f.Reason, f.Detail = reeve.ReasonLink, "a symbolic link; not followed"
	case !mode.IsRegular():
		f.Size, f.Reason, f.Detail = 0, reeve.ReasonSpecial, "a device, socket or pipe"
	}
	return w.visit(f)
}

// list reads a folder's names; with an error those read before it.
func list(disk string) ([]entry, error) {
	f, err := os.Open(disk)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var entries []entry
	for {
		found, err := f.ReadDir(1024)
		for _, d := range found {
			e := entry{key: EncodeName(d.Name(), DiskName), disk: d.Name(), dir: d.IsDir()}
			if e.dir {
				e.key += "/"
			}
			entries = append(entries, e)
		}
		if err != nil || len(found) == 0 {
			slices.SortFunc(entries, func(a, b entry) int { return cmp.Or(cmp.Compare(a.key, b.key), cmp.Compare(a.disk, b.disk)) })
			if err == io.EOF {
				err = nil
			}
			return entries, err
		}
	}
}

// lost explains an error of the file system.
func lost(err error) Found {
	switch {
	case errors.Is(err, fs.ErrPermission):
		return Found{Reason: reeve.ReasonNoPermission, Detail: "the operating system refused to open it; run as a user who may read it"}
	case errors.Is(err, fs.ErrNotExist):
		return Found{Reason: reeve.ReasonUnreadable, Detail: "gone while it was being listed"}
	case errors.Is(err, syscall.ENAMETOOLONG):
		return Found{Reason: reeve.ReasonUnreadable, Detail: "its path is longer than the operating system takes"}
	}
	return Found{Reason: reeve.ReasonUnreadable, Detail: "the medium gave an error while it was read"}
}
