// Package sandbox reads hostile files in processes of their own. The same
// binary is run again as a caged worker, so that a file that crashes, hangs or
// bloats its reader costs one process and never the sweep.
//
// In flows a request (a few bytes that the rooms above define) with one open
// file; out flow frames (a kind and up to 4 MiB), in order, with back-pressure.
//
//	worker: if sandbox.Called() { sandbox.Serve(handler) }   // first line of main
//	parent: pool, err := sandbox.New(options); err = pool.Do(ctx, request, file, frame)
//
// The cage has layers, each of which stands alone: an unprivileged user where
// the parent is root, Landlock without any path or TCP port, a system call
// filter that lets through what the Go runtime and reading need and nothing
// else, limits on address space, processor time and files. A kernel that lacks
// a layer still runs; Cage says which layers hold, for the case's provenance.
//
// Outside programs (OCR, a renderer) run as a Tool: the same binary closes a
// cage round itself and becomes the program, once. There the program can read
// its own libraries and data and nothing else, write nothing, reach no network
// and start nothing; bytes come on its standard input and go by its standard
// output.
//
//	tool, err := sandbox.FindTool("tesseract"); result, err := tool.Run(ctx, job)
//
// It must never open a file by name on behalf of a worker, never print what a
// worker wrote to its standard error (a panic may quote the file's content),
// and never decide what a frame means. Linux only: the layers are Linux's.
//
// A system call that a new runtime needs is one line in allowed (seccomp.go),
// one that a tool needs in toolCalls (tool_become.go).
package sandbox
