package linkage

import (
	"slices"
	"testing"
)

func TestGuard(t *testing.T) {
	tests := []struct {
		name  string
		n     int
		guard guard
		want  []uint32
	}{
		{"a pair", 3, guard{edges: []edge{{0, 1, 100}}}, []uint32{0, 0, 2}},
		{"a chain of weak links does not join", 4, guard{edges: []edge{{0, 1, 60}, {1, 2, 20}, {2, 3, 60}}}, []uint32{0, 0, 2, 2}},
		{"evidence against outweighs", 3, guard{edges: []edge{{0, 1, 500}, {1, 2, 300}, {0, 2, -400}}}, []uint32{0, 0, 2}},
		{"together they fit", 3, guard{edges: []edge{{0, 1, 500}, {1, 2, 300}, {0, 2, -200}}}, []uint32{0, 0, 0}},
		{"held apart by hand", 3, guard{edges: []edge{{0, 1, 5000}, {1, 2, 5000}, {0, 2, 5000}}, cannot: [][2]uint32{{0, 2}}}, []uint32{0, 0, 2}},
		{"joined by hand", 3, guard{edges: []edge{{0, 2, -5000}}, must: [][2]uint32{{0, 2}}}, []uint32{0, 1, 0}},
		{"vetoed without having been compared", 3, guard{edges: []edge{{0, 1, 5000}, {1, 2, 5000}}, conflict: func(a, b uint32) bool { return a+b == 2 }}, []uint32{0, 0, 2}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.guard.cluster(tt.n); !slices.Equal(got, tt.want) {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}
