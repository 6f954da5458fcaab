package dbtest

import (
	"os"
	"os/exec"
	"syscall"
)

// nobody owns the cluster when the tests run as root, which PostgreSQL refuses.
const nobody = 65534

// unprivileged gives dir to a user who is not root and returns how to run a
// command as that user with the settings added to its environment. The command
// ends with the thread that started it.
func unprivileged(dir string, settings []string) (func(*exec.Cmd), error) {
	var as *syscall.Credential
	if os.Getuid() == 0 {
		if err := os.Chown(dir, nobody, nobody); err != nil {
			return nil, err
		}
		as = &syscall.Credential{Uid: nobody, Gid: nobody}
	}
	return func(cmd *exec.Cmd) {
		cmd.Dir = dir
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: as, Pdeathsig: syscall.SIGQUIT}
		cmd.Env = append(append(os.Environ(), "LC_ALL=C.UTF-8", "TZ=UTC"), settings...)
	}, nil
}
