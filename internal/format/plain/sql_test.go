package plain

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/reeve-council/reeve/internal/format/part"
)

func TestReadSQL(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"mysql", "-- MySQL dump\nCREATE TABLE `tenant` (\n  `id` int(11) NOT NULL,\n  `name` varchar(80),\n  PRIMARY KEY (`id`)\n);\nINSERT INTO `tenant` VALUES (1,'O\\'Sample, Zoë'),(2,NULL);\nINSERT INTO `tenant` VALUES (3,'a;b)');\nUNLOCK TABLES;\n",
			"table 1 from 1 [\"id\" \"name\"]\n[\"1\" \"O'Sample, Zoë\"]\n[\"2\" \"\"]\n[\"3\" \"a;b)\"]\nUNLOCK TABLES;\n"},
		{"postgres", "COPY public.person (id, \"name\", note) FROM stdin;\n1\tZoë\ta\\tb\n2\tAnn\t\\N\n\\.\n\nSELECT 1;\n",
			"table 1 from 1 [\"id\" \"name\" \"note\"]\n[\"1\" \"Zoë\" \"a\\tb\"]\n[\"2\" \"Ann\" \"\"]\nSELECT 1;\n"},
		{"sql server", "INSERT [dbo].[Person] ([Id], [Name], [Born], [Day]) VALUES (1, N'Zoë''s', CAST(N'1961-03-12T00:00:00' AS DateTime), CAST(0x0000574E00000000 AS DateTime))\nGO\nINSERT [dbo].[Person] ([Id], [Name], [Born], [Day]) VALUES (2, N'C:\\', NULL, CAST(0x07240B AS Date))\nGO\n",
			"table 1 from 1 [\"Id\" \"Name\" \"Born\" \"Day\"]\n[\"1\" \"Zoë's\" \"1961-03-12T00:00:00\" \"1961-03-12\"]\n[\"2\" \"C:\\\\\" \"\" \"2000-01-01\"]\n"},
		{"select", "INSERT INTO a\nSELECT 'x' FROM b;\nUPDATE a SET name = 'Zoë';\n",
			"INSERT INTO a\nSELECT 'x' FROM b;\nUPDATE a SET name = 'Zoë';\n"},
	} {
		got, out := run(t, ReadSQL, c.in)
		show := show(got.blocks)
		if i := strings.Index(show, "table 1"); i >= 0 {
			show = show[i:]
		}
		if diff := cmp.Diff(c.want, show); diff != "" {
			t.Errorf("%s: %s %s", c.name, out.Status, diff)
		}
	}
}

func BenchmarkReadSQL(b *testing.B) {
	in := source("INSERT INTO `t` VALUES " + strings.Repeat("(1042,'Smith','John','1961-03-12','12 High Street, Anytown'),", 100000) + "(1,'a','b','c','d');\n")
	b.SetBytes(in.Size)
	for b.Loop() {
		ReadSQL(in, part.Options{}, discard{})
	}
}
