package main

import (
	"io/fs"
	"path"
	"slices"
	"strings"
)

// This file reads what Linux tells about disks under /sys and /proc. It takes
// the root as an fs.FS, so that a test can lay out a machine.

// encryption is what is known of a disk.
type encryption int

const (
	cannotTell encryption = iota
	encrypted
	plainDisk
)

// deviceEncryption follows a block device, "259:3", down to what it stands on:
// a mapping of dm-crypt (LUKS) anywhere on every way down encrypts it.
func deviceEncryption(root fs.FS, device string) encryption {
	return encryptionAt(root, "sys/dev/block/"+device, 0)
}

// deepest bounds the layers (file system on LVM on LUKS on RAID on partition).
const deepest = 8

func encryptionAt(root fs.FS, dir string, depth int) encryption {
	if depth > deepest {
		return cannotTell
	}
	if uuid, err := fs.ReadFile(root, dir+"/dm/uuid"); err == nil && strings.HasPrefix(string(uuid), "CRYPT-") {
		return encrypted
	}
	below, err := fs.ReadDir(root, dir+"/slaves")
	if err == nil && len(below) > 0 {
		found := encrypted
		for _, b := range below { // one plain leg is enough to be read
			found = worse(found, encryptionAt(root, dir+"/slaves/"+b.Name(), depth+1))
		}
		return found
	}
	if _, err := fs.Stat(root, dir+"/loop"); err == nil {
		return cannotTell // a file on another file system
	}
	if _, err := fs.Stat(root, dir+"/size"); err != nil {
		return cannotTell
	}
	return plainDisk
}

func worse(a, b encryption) encryption {
	if a == plainDisk || b == plainDisk {
		return plainDisk
	}
	return min(a, b)
}

// mount is one line of /proc/self/mountinfo.
type mount struct {
	device string // major:minor
	point  string
	kind   string // ext4, btrfs, nfs …
	source string
}

// mountOf finds what a folder is mounted from: the last of the longest mount
// points above it.
func mountOf(root fs.FS, dir string) (best mount, ok bool) {
	text, err := fs.ReadFile(root, "proc/self/mountinfo")
	if err != nil {
		return best, false
	}
	for line := range strings.Lines(string(text)) {
		m, good := parseMount(line)
		above := m.point == "/" || dir == m.point || strings.HasPrefix(dir, m.point+"/")
		if good && above && len(m.point) >= len(best.point) {
			best, ok = m, true
		}
	}
	return best, ok
}

// parseMount reads "36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw"
// (proc_pid_mountinfo(5)).
func parseMount(line string) (mount, bool) {
	fields := strings.Fields(line)
	dash := slices.Index(fields, "-")
	if dash < 6 || len(fields) < dash+3 {
		return mount{}, false
	}
	return mount{fields[2], unescape(fields[4]), fields[dash+1], unescape(fields[dash+2])}, true
}

// unescape undoes the octal escapes of /proc: blank, tab, newline, backslash.
var unescape = strings.NewReplacer(`\040`, " ", `\011`, "\t", `\012`, "\n", `\134`, `\`).Replace

// diskOf says whether the disk under a folder is encrypted.
func diskOf(root fs.FS, dir string) symptom {
	const try = "keep the case on a disk encrypted with LUKS, BitLocker or FileVault"
	m, ok := mountOf(root, absolute(dir))
	if !ok {
		return symptom{unclear, "disk", "this machine does not tell whether its disk is encrypted", try}
	}
	device := m.device
	if strings.HasPrefix(device, "0:") { // btrfs and the like number their own
		device = numberOf(root, m.source)
	}
	switch found := deviceEncryption(root, device); {
	case device != "" && found == encrypted:
		return symptom{healthy, "disk", "encrypted (dm-crypt)", ""}
	case device != "" && found == plainDisk:
		return symptom{warning, "disk", "not encrypted as far as this machine can see (" + oneLine(m.kind) + "): whoever takes it can read the case", try + "; a virtual machine's disk may be encrypted below, ask who runs it"}
	case m.kind == "tmpfs":
		return symptom{warning, "disk", "the case is in memory and gone when the machine stops", "move it to a disk"}
	}
	return symptom{unclear, "disk", "cannot tell whether it is encrypted (" + oneLine(m.kind) + ")", try}
}

// numberOf gives major:minor of a device by its name, "" where it has none.
func numberOf(root fs.FS, source string) string {
	name := path.Base(source)
	if mapped, ok := strings.CutPrefix(source, "/dev/mapper/"); ok {
		name = mappedName(root, mapped)
	} else if !strings.HasPrefix(source, "/dev/") {
		return ""
	}
	b, err := fs.ReadFile(root, "sys/class/block/"+name+"/dev")
	if err != nil || name == "" {
		return ""
	}
	return strings.TrimSpace(string(b))
}

// mappedName finds dm-3 for the name that the device mapper was given.
func mappedName(root fs.FS, mapped string) string {
	all, _ := fs.ReadDir(root, "sys/class/block")
	for _, e := range all {
		b, err := fs.ReadFile(root, "sys/class/block/"+e.Name()+"/dm/name")
		if err == nil && strings.TrimSpace(string(b)) == mapped {
			return e.Name()
		}
	}
	return ""
}

// swaps warns of swap space on a plain disk, where memory can end up in clear.
func swaps(root fs.FS) []symptom {
	text, err := fs.ReadFile(root, "proc/swaps")
	if err != nil {
		return nil
	}
	for i, line := range strings.Split(string(text), "\n") {
		fields := strings.Fields(line)
		if i == 0 || len(fields) == 0 || strings.HasPrefix(fields[0], "/dev/zram") {
			continue
		}
		if number := numberOf(root, fields[0]); number != "" && deviceEncryption(root, number) == plainDisk {
			return []symptom{{warning, "swap", "what is in memory may be written to a disk that is not encrypted", "swapoff -a, or encrypt the swap space"}}
		}
	}
	return nil
}
