package watch

import (
	"context"

	"legacyauth/bot/folder"
	"legacyauth/bot/scan"
)

// Folder is a folder of exports as the source of a tenant.
type Folder struct{ *folder.Folder }

// Name gives "folder:" and the path.
func (f Folder) Name() string { return "folder:" + f.Path }

// Open gets ready to read the files that are new or have changed.
func (f Folder) Open(_ context.Context, a Ask) (scan.Source, error) {
	return f.Look(a.Known), nil
}
