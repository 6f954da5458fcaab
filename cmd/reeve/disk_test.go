package main

import (
	"strings"
	"testing"
	"testing/fstest"
)

// A machine with LUKS under LVM, a plain partition, a plain RAID leg beside an
// encrypted one, and btrfs, whose device numbers are its own.
var machine = func() fstest.MapFS {
	m := fstest.MapFS{}
	file := func(name, text string) { m[name] = &fstest.MapFile{Data: []byte(text)} }
	file("proc/self/mountinfo", `22 1 253:1 / / rw - ext4 /dev/mapper/vg-root rw
30 22 8:1 / /boot rw - ext4 /dev/sda1 rw
31 22 0:45 / /data rw - btrfs /dev/mapper/luks-data rw
32 22 0:50 / /share rw - nfs4 files:/share rw
33 22 9:0 / /raid rw - xfs /dev/md0 rw
34 22 0:51 / /with\040blank rw - tmpfs tmpfs rw
35 22 7:0 / /image rw - ext4 /dev/loop0 rw
`)
	file("sys/dev/block/253:1/dm/uuid", "LVM-abc\n")
	file("sys/dev/block/253:1/slaves/dm-0/dm/uuid", "CRYPT-LUKS2-123-sda2\n")
	file("sys/dev/block/8:1/size", "1000")
	file("sys/dev/block/253:2/dm/uuid", "CRYPT-LUKS2-456\n")
	file("sys/class/block/dm-2/dm/name", "luks-data\n")
	file("sys/class/block/dm-2/dev", "253:2\n")
	file("sys/dev/block/9:0/slaves/dm-4/dm/uuid", "CRYPT-LUKS1-9\n")
	file("sys/dev/block/9:0/slaves/sdb1/size", "1000")
	file("sys/dev/block/7:0/loop/backing_file", "/root/image")
	file("sys/dev/block/7:0/size", "1000")
	file("sys/class/block/sda3/dev", "8:3\n")
	file("sys/dev/block/8:3/size", "1000")
	return m
}()

func TestDiskOf(t *testing.T) {
	for dir, want := range map[string]verdict{
		"/srv/case":       healthy,
		"/boot/case":      warning,
		"/bootcase":       healthy,
		"/data/case":      healthy,
		"/share/case":     unclear,
		"/raid/case":      warning,
		"/with blank/sub": warning,
		"/image/case":     unclear,
	} {
		if got := diskOf(machine, dir); got.verdict != want {
			t.Errorf("%s: %+v, want %s", dir, got, want)
		}
	}
	if got := diskOf(fstest.MapFS{}, "/srv"); got.verdict != unclear {
		t.Errorf("a machine that tells nothing: %+v", got)
	}
}

func TestSwaps(t *testing.T) {
	with := func(swaps string) fstest.MapFS {
		m := fstest.MapFS{"proc/swaps": &fstest.MapFile{Data: []byte("Filename Type Size Used Priority\n" + swaps)}}
		for k, v := range machine {
			m[k] = v
		}
		return m
	}
	if got := swaps(with("/dev/sda3 partition 1 0 -2\n")); len(got) != 1 || got[0].verdict != warning {
		t.Errorf("plain swap: %+v", got)
	}
	for _, quiet := range []string{"", "/dev/zram0 partition 1 0 100\n", "/dev/mapper/luks-data partition 1 0 -2\n"} {
		if got := swaps(with(quiet)); len(got) != 0 {
			t.Errorf("%q: %+v", strings.TrimSpace(quiet), got)
		}
	}
}
