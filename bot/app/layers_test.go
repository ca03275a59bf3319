package app

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// layers are the top folders from left to right; a folder imports only folders
// to its left and itself.
var layers = []string{"detect", "playbooks", "adapters", "storage", "bot"}

const root = "../.."

// goFiles gives the Go files of the repository below the layers.
func goFiles(t *testing.T) []string {
	t.Helper()
	var files []string
	for _, layer := range layers {
		err := filepath.WalkDir(filepath.Join(root, layer), func(path string, _ fs.DirEntry, err error) error {
			if os.IsNotExist(err) {
				return nil
			}
			if err == nil && strings.HasSuffix(path, ".go") {
				files = append(files, path)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if len(files) < 50 {
		t.Fatalf("found only %d Go files", len(files))
	}
	return files
}

func imports(t *testing.T, file string) []string {
	t.Helper()
	parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	var paths []string
	for _, spec := range parsed.Imports {
		path, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	return paths
}

func TestImportsPointLeft(t *testing.T) {
	t.Parallel()
	for _, file := range goFiles(t) {
		from := strings.Split(filepath.ToSlash(file), "/")[2:]
		for _, path := range imports(t, file) {
			local, ok := strings.CutPrefix(path, "legacyauth/")
			if !ok {
				continue
			}
			to := strings.Split(local, "/")
			if slices.Index(layers, to[0]) > slices.Index(layers, from[0]) {
				t.Errorf("%s imports %s, which lies to its right", file, path)
			}
			if from[0] == "adapters" && to[0] == "adapters" && to[1] != from[1] && to[1] != "chat" {
				t.Errorf("%s imports another adapter, %s", file, path)
			}
		}
	}
}

// impure are packages that a pure layer does not import: they do I/O, read the
// clock or start something.
var impure = []string{"os", "os/exec", "net", "net/http", "log", "log/slog", "math/rand", "math/rand/v2", "crypto/rand", "database/sql", "context", "syscall"}

func TestPureLayersArePure(t *testing.T) {
	t.Parallel()
	for _, file := range goFiles(t) {
		from := strings.Split(filepath.ToSlash(file), "/")[2:]
		if from[0] != "detect" && from[0] != "playbooks" || strings.HasSuffix(file, "_test.go") || strings.Contains(file, "/refresh/") {
			continue
		}
		for _, path := range imports(t, file) {
			if slices.Contains(impure, path) {
				t.Errorf("%s is pure but imports %s", file, path)
			}
		}
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, word := range []string{"time.Now(", "time.Sleep(", "\tgo func"} {
			if strings.Contains(string(data), word) {
				t.Errorf("%s is pure but uses %s", file, word)
			}
		}
	}
}

func TestEveryPackageSaysWhatItIs(t *testing.T) {
	t.Parallel()
	said := map[string]int{}
	for _, file := range goFiles(t) {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		dir := filepath.Dir(file)
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.PackageClauseOnly|parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		if parsed.Doc != nil {
			said[dir]++
		} else if _, ok := said[dir]; !ok {
			said[dir] = 0
		}
	}
	for dir, n := range said {
		if n != 1 {
			t.Errorf("%s has %d package comments, want 1", dir, n)
		}
	}
}
