package dbtest

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
)

// cluster is a running PostgreSQL with its data in a folder of its own.
type cluster struct {
	dir   string
	admin *sql.DB
	quit  func()
	gone  chan error
}

// startCluster makes a cluster and starts it on a socket in its own folder,
// with no network and no flushing: it lives for one test run.
func startCluster() (*cluster, error) {
	bin, err := findPostgres()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "reeve-pg-")
	if err != nil {
		return nil, err
	}
	c := &cluster{dir: dir, gone: make(chan error, 1)}
	if err := c.start(bin); err != nil {
		c.stop()
		return nil, err
	}
	return c, nil
}

func (c *cluster) start(bin string) error {
	who, err := unprivileged(c.dir, libraries(bin))
	if err != nil {
		return err
	}
	data := filepath.Join(c.dir, "data")
	initdb := func(extra ...string) error {
		args := []string{"-D", data, "-U", "reeve", "-A", "trust", "-E", "UTF8", "--no-sync", "--no-instructions", "--locale=C.UTF-8"}
		cmd := exec.Command(filepath.Join(bin, "initdb"), append(args, extra...)...)
		who(cmd)
		out, err := cmd.CombinedOutput()
		if err != nil {
			os.RemoveAll(data)
			return fmt.Errorf("initdb: %w: %s", err, lastLine(out))
		}
		return nil
	}
	// A database that orders text by language shows whether ours is ordered
	// bytewise all the same; before PostgreSQL 15 there is no such option.
	if initdb("--locale-provider=icu", "--icu-locale=en-GB") != nil {
		if err := initdb(); err != nil {
			return err
		}
	}
	cmd := exec.Command(filepath.Join(bin, "postgres"), "-D", data, "-k", c.dir, "-h", "", "-F",
		"-c", "full_page_writes=off", "-c", "shared_buffers=64MB", "-c", "max_connections=60", "-c", "logging_collector=off")
	var log bytes.Buffer
	cmd.Stdout, cmd.Stderr = &log, &log
	who(cmd)
	started := make(chan error, 1)
	go func() {
		// The server is told to end when the thread that started it ends,
		// so this goroutine keeps its thread.
		runtime.LockOSThread()
		err := cmd.Start()
		started <- err
		if err == nil {
			c.gone <- cmd.Wait()
		}
	}()
	if err := <-started; err != nil {
		return err
	}
	c.quit = func() { cmd.Process.Signal(os.Interrupt) }
	return c.await(&log)
}

// await waits until the server answers.
func (c *cluster) await(log *bytes.Buffer) error {
	admin, err := sql.Open("pgx", c.address("postgres"))
	if err != nil {
		return err
	}
	c.admin = admin
	for range 200 {
		if err = admin.Ping(); err == nil {
			return nil
		}
		select {
		case <-c.gone:
			c.quit = nil
			return fmt.Errorf("postgres ended at once: %s", lastLine(log.Bytes()))
		case <-time.After(50 * time.Millisecond):
		}
	}
	return fmt.Errorf("postgres does not answer: %w", err)
}

func (c *cluster) stop() {
	if c.admin != nil {
		c.admin.Close()
	}
	if c.quit != nil {
		c.quit() // fast shutdown: clients are cut off
		<-c.gone
	}
	os.RemoveAll(c.dir)
}

func (c *cluster) address(name string) string {
	return "postgres://reeve@/" + name + "?host=" + url.QueryEscape(c.dir)
}

func (c *cluster) createDatabase(ctx context.Context, name string) error {
	if _, err := c.admin.ExecContext(ctx, "CREATE DATABASE "+name); err != nil {
		return fmt.Errorf("create test database: %w", err)
	}
	return nil
}

// findPostgres gives the folder with initdb and postgres: in PATH, where Debian
// puts it, or unpacked under .tools of the repository; the newest first.
func findPostgres() (string, error) {
	var dirs []string
	if p, err := exec.LookPath("initdb"); err == nil {
		if p, err = filepath.EvalSymlinks(p); err == nil {
			dirs = append(dirs, filepath.Dir(p))
		}
	}
	installed, _ := filepath.Glob("/usr/lib/postgresql/*/bin")
	if root, err := repository(); err == nil {
		unpacked, _ := filepath.Glob(filepath.Join(root, ".tools/usr/lib/postgresql/*/bin"))
		installed = append(installed, unpacked...)
	}
	slices.SortStableFunc(installed, func(a, b string) int { return version(b) - version(a) })
	for _, dir := range append(dirs, installed...) {
		if executable(filepath.Join(dir, "initdb")) && executable(filepath.Join(dir, "postgres")) {
			return dir, nil
		}
	}
	return "", errors.New("initdb and postgres not found in PATH, /usr/lib/postgresql or .tools")
}

// libraries gives the setting with which a server unpacked under .tools finds
// the libraries unpacked beside it.
func libraries(bin string) []string {
	root, _, unpacked := strings.Cut(bin, "/usr/lib/postgresql/")
	if !unpacked || root == "" {
		return nil
	}
	dirs, _ := filepath.Glob(root + "/usr/lib/*-linux-*")
	return []string{"LD_LIBRARY_PATH=" + strings.Join(append(dirs, root+"/usr/lib"), ":")}
}

func version(bin string) int {
	n, _ := strconv.Atoi(filepath.Base(filepath.Dir(bin)))
	return n
}

func executable(path string) bool {
	st, err := os.Stat(path)
	return err == nil && st.Mode().IsRegular() && st.Mode()&0o111 != 0
}

// repository is the folder with go.mod above the test's.
func repository() (string, error) {
	dir, err := os.Getwd()
	for err == nil {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir, nil
		}
		up := filepath.Dir(dir)
		if up == dir {
			return "", os.ErrNotExist
		}
		dir = up
	}
	return "", err
}

func lastLine(out []byte) string {
	out = bytes.TrimSpace(out)
	return string(out[bytes.LastIndexByte(out, '\n')+1:])
}
