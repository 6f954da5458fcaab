package sandbox

import (
	"debug/elf"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"

	"github.com/reeve-council/reeve"
)

// Tool is an outside program of this machine (an OCR program, a renderer) that
// may be run over hostile bytes. It gets bytes on its standard input and gives
// bytes on its standard output; in its cage it can read its own libraries and
// data, write nothing, reach no network and start nothing.
type Tool struct {
	Name   string
	path   string // absolute, links resolved
	loader string // the program that loads its libraries; "" for a static one
	reads  []string
	env    []string
}

// systemFolders are what programs of a Linux system read of it. Those that are
// not there are passed over.
var systemFolders = []string{"/usr", "/lib", "/lib64", "/etc/ld.so.cache", "/etc/fonts", "/etc/alternatives", "/var/cache/fontconfig", "/dev/null"}

// passedOn are the variables by which whoever unpacked a tool in a folder of
// their own says where its libraries and data are. Their folders become
// readable in the cage; no other variable gets there.
var passedOn = []string{"LD_LIBRARY_PATH", "TESSDATA_PREFIX"}

// FindTool looks for a program in PATH; reeve.NotFound when it is not there or
// is no program that can be caged (a script would need its interpreter).
func FindTool(name string) (*Tool, error) {
	path, err := exec.LookPath(name)
	if err != nil {
		return nil, fmt.Errorf("find %s: %w", name, reeve.NotFound)
	}
	return ToolAt(name, path)
}

// ToolAt is the tool in a file.
func ToolAt(name, path string) (*Tool, error) {
	path, err := filepath.Abs(path)
	if err == nil {
		path, err = filepath.EvalSymlinks(path)
	}
	if err != nil {
		return nil, fmt.Errorf("find %s: %w", name, reeve.NotFound)
	}
	t := &Tool{Name: name, path: path, reads: systemFolders, env: []string{"OMP_THREAD_LIMIT=1", "TZ=UTC", "LC_ALL=C.UTF-8", "HOME=/"}}
	if t.loader, err = loaderOf(path); err != nil {
		return nil, fmt.Errorf("find %s: not a program of this machine: %w", name, reeve.NotFound)
	}
	for _, variable := range passedOn {
		value := os.Getenv(variable)
		if value == "" {
			continue
		}
		t.env = append(t.env, variable+"="+value)
		t.reads = append(t.reads[:len(t.reads):len(t.reads)], strings.Split(value, ":")...)
	}
	return t, nil
}

// loaderOf reads from a program's headers which loader it asks for (System V
// ABI, program interpreter).
func loaderOf(path string) (string, error) {
	f, err := elf.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	for _, p := range f.Progs {
		if p.Type != elf.PT_INTERP {
			continue
		}
		b, err := io.ReadAll(io.LimitReader(p.Open(), 4096))
		if err != nil {
			return "", err
		}
		return filepath.EvalSymlinks(strings.TrimRight(string(b), "\x00"))
	}
	return "", nil
}

// ToolJob is one run of a tool. Zero bounds mean the standard ones.
type ToolJob struct {
	Args   []string
	File   *os.File      // standard input from its beginning, open for this run alone; or
	Input  []byte        // standard input
	Output int64         // most bytes of standard output; default 256 MiB
	Memory int64         // bytes of address space; default 2 GiB
	CPU    time.Duration // processor time, whole seconds; default 2 min
	Wall   time.Duration // wall time, the last resort; default 20 min
}

func (j ToolJob) filled() ToolJob {
	or := func(p *int64, standard int64) {
		if *p <= 0 {
			*p = standard
		}
	}
	or(&j.Output, 256<<20)
	or(&j.Memory, 2<<30)
	or((*int64)(&j.CPU), int64(2*time.Minute))
	or((*int64)(&j.Wall), int64(20*time.Minute))
	return j
}

// Further causes, of tools alone.
const (
	Refused Cause = "refused" // it ended with an exit code other than 0
	Flood   Cause = "flood"   // it wrote more than it may
)

// ToolFault is how a run failed; errors.Is(err, sandbox.Hang) asks for its
// cause. What the tool printed is not in it: that may quote the file.
type ToolFault struct {
	Tool  string
	Cause Cause
}

func (f *ToolFault) Error() string { return fmt.Sprintf("run %s: %s", f.Tool, string(f.Cause)) }

func (f *ToolFault) Unwrap() error { return f.Cause }

// ToolResult is what a run gave. Words is the beginning of what it wrote to its
// standard error, never to be shown or logged after it has seen a file.
type ToolResult struct {
	Output []byte
	Words  []byte
	Cage   Cage
}
