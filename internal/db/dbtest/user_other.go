//go:build !linux

package dbtest

import "os/exec"

// unprivileged runs commands as the user who runs the tests; PostgreSQL itself
// refuses an administrator.
func unprivileged(dir string) (func(*exec.Cmd), error) {
	return func(cmd *exec.Cmd) { cmd.Dir = dir }, nil
}
