package sandbox

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"runtime/debug"

	"golang.org/x/sys/unix"
)

// readerName is the name under which the binary is run as a worker.
const readerName = "reeve-reader"

// socketFD is the worker's end of the socket pair.
const socketFD = 3

// Handler reads one file. The request is what the parent gave to Pool.Do; file
// is open for reading (use ReadAt: its offset is shared with the parent), nil
// if the parent gave none. A panic, in whatever goroutine, ends the process. An
// error's text reaches the parent: it must not hold anything of the file.
type Handler func(ctx context.Context, request []byte, file *os.File, out *Writer) error

// Called reports whether this process was started as a worker, or to become a
// tool.
func Called() bool {
	return len(os.Args) == 2 && (os.Args[0] == readerName || os.Args[0] == toolName)
}

// Serve closes the cage and handles jobs until the parent closes the socket.
// It does not return. A process that is to become a tool becomes it here.
func Serve(handler Handler) {
	if os.Args[0] == toolName {
		becomeTool()
	}
	if err := serve(handler); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

func serve(handler Handler) error {
	var s settings
	if err := json.Unmarshal([]byte(os.Args[1]), &s); err != nil {
		return fmt.Errorf("read settings: %w", err)
	}
	debug.SetMaxStack(int(s.Stack))
	debug.SetMemoryLimit(s.Memory / 4 * 3)
	debug.SetTraceback("single")
	hello, err := json.Marshal(enter(s))
	if err != nil {
		return fmt.Errorf("write hello: %w", err)
	}
	out := &Writer{fd: socketFD}
	if err := out.message(messageHello, 0, hello); err != nil {
		return err
	}
	if err := out.flush(); err != nil {
		return err
	}
	for {
		request, file, err := receiveJob(socketFD)
		if errors.Is(err, errNoMore) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := handle(handler, request, file, out); err != nil {
			return err
		}
	}
}

// handle runs one job and says how it ended.
func handle(handler Handler, request []byte, file *os.File, out *Writer) error {
	ctx, cancel := context.WithCancel(context.Background())
	err := handler(ctx, request, file, out)
	cancel()
	if file != nil {
		file.Close()
	}
	what, text := byte(messageDone), ""
	if err != nil {
		what, text = messageFailed, err.Error()
		text = text[:min(len(text), 4096)]
	}
	if err := out.message(what, 0, []byte(text)); err != nil {
		return err
	}
	return out.flush()
}

// errNoMore says that the parent closed the socket between jobs.
var errNoMore = errors.New("no more jobs")

// sendJob writes a job's header with the descriptor, then its request.
func sendJob(fd int, request []byte, file *os.File) error {
	h := makeHeader(messageJob, 0, len(request))
	var rights []byte
	if file != nil {
		h[1] = 1
		conn, err := file.SyscallConn()
		if err != nil {
			return fmt.Errorf("pass file: %w", err)
		}
		if err := conn.Control(func(f uintptr) { rights = unix.UnixRights(int(f)); err = sendHeader(fd, h, rights) }); err != nil {
			return fmt.Errorf("pass file: %w", err)
		} else if err != nil {
			return err
		}
		return writeAll(fd, request, nil)
	}
	return writeAll(fd, h[:], request)
}

func sendHeader(fd int, h header, rights []byte) error {
	for {
		n, err := unix.SendmsgN(fd, h[:], rights, nil, 0)
		switch {
		case err == unix.EINTR:
			continue
		case err != nil:
			return fmt.Errorf("pass file: %w", err)
		case n < headerLen:
			return writeAll(fd, h[n:], nil)
		}
		return nil
	}
}

func receiveJob(fd int) ([]byte, *os.File, error) {
	var h header
	file, n, err := receiveHeader(fd, h[:])
	if err != nil {
		return nil, nil, err
	}
	r := receiver{fd: fd} // without a buffer: the next job's header must come by recvmsg
	if err := r.fill(h[n:]); err != nil {
		return nil, nil, err
	}
	if h[0] != messageJob || h.length() > MaxFrame {
		return nil, nil, errors.New("read job: not a job")
	}
	request := make([]byte, h.length())
	if err := r.fill(request); err != nil {
		return nil, nil, err
	}
	if h[1] == 1 && file == nil {
		return nil, nil, errors.New("read job: its file did not come")
	}
	return request, file, nil
}

func receiveHeader(fd int, h []byte) (*os.File, int, error) {
	space := make([]byte, unix.CmsgSpace(4))
	for {
		n, used, _, _, err := unix.Recvmsg(fd, h, space, unix.MSG_CMSG_CLOEXEC)
		switch {
		case err == unix.EINTR:
			continue
		case err != nil:
			return nil, 0, fmt.Errorf("read job: %w", err)
		case n == 0:
			return nil, 0, errNoMore
		}
		messages, err := unix.ParseSocketControlMessage(space[:used])
		if err != nil || len(messages) == 0 {
			return nil, n, nil
		}
		fds, err := unix.ParseUnixRights(&messages[0])
		if err != nil || len(fds) == 0 {
			return nil, n, nil
		}
		return os.NewFile(uintptr(fds[0]), "item"), n, nil
	}
}
