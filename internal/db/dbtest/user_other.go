//go:build !linux

package dbtest

import (
	"os"
	"os/exec"
)

// unprivileged runs commands as the user who runs the tests; PostgreSQL itself
// refuses an administrator.
func unprivileged(dir string, settings []string) (func(*exec.Cmd), error) {
	return func(cmd *exec.Cmd) {
		cmd.Dir = dir
		cmd.Env = append(os.Environ(), settings...)
	}, nil
}
