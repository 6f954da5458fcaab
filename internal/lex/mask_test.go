package lex

import (
	"testing"

	"github.com/reeve-council/reeve"
)

func TestMask(t *testing.T) {
	for _, c := range []struct {
		kind        reeve.Kind
		value, want string
	}{
		{reeve.KindName, "Ann-Marie O'Neill", "A.M.O."},
		{reeve.KindDateOfBirth, "5 March 2001", "2001"},
		{reeve.KindDateOfBirth, "not a date", "…"},
		{reeve.KindPostcode, "W8 7NX", "W8"},
		{reeve.KindPostcode, "w87nx", "W8"},
		{reeve.KindAddress, "1 High Street", Hidden},
		{reeve.KindNINO, "QQ123456A", "…6A"},
		{reeve.KindHealth, "x", "…"},
		{reeve.KindPhone, "", ""},
	} {
		if got := Mask(c.kind, c.value); got != c.want {
			t.Errorf("Mask(%s): %q, want %q", c.kind, got, c.want)
		}
	}
}

func TestDefuse(t *testing.T) {
	for cell, want := range map[string]string{"": "", "=1+1": "'=1+1", "-5": "'-5", "@x": "'@x", "\tx": "'\tx", "plain": "plain", "a=b": "a=b", "é": "é"} {
		if got := Defuse(cell); got != want {
			t.Errorf("Defuse(%q): %q, want %q", cell, got, want)
		}
	}
}
