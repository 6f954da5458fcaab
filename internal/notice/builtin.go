package notice

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
)

//go:embed templates
var templateFiles embed.FS

// builtin gives the templates that come with the program, by name.
func builtin() ([]*Template, []string, error) {
	files, err := fs.Glob(templateFiles, "templates/*.txt")
	if err != nil {
		return nil, nil, err
	}
	slices.Sort(files)
	var all []*Template
	var texts []string
	for _, name := range files {
		b, err := fs.ReadFile(templateFiles, name)
		if err != nil {
			return nil, nil, err
		}
		t, err := ParseTemplate(string(b))
		if err != nil {
			return nil, nil, fmt.Errorf("read %s: %w", name, err)
		}
		all, texts = append(all, t), append(texts, string(b))
	}
	return all, texts, nil
}
