package cli

import (
	"context"
	"fmt"
	"os"

	"legacyauth/storage"
)

// Backup copies the database.
type Backup struct {
	DatabaseFlags
	File   string `arg:"" type:"path" help:"Where to write the copy, a SQLite file. One that is there is replaced."`
	Output string `short:"o" enum:"text,json" default:"text" help:"How to print: ${enum}."`
}

// Help is the long help of the command.
func (Backup) Help() string {
	return `Writes a checked copy of one moment while legacyauth serve goes on. It is readable by its owner alone and holds what the database holds, names of users included. From PostgreSQL too it is a SQLite file: --database takes it. Nothing puts it back into PostgreSQL: for that, keep a pg_dump as well.

Examples:
  legacyauth backup legacyauth-backup.db
  legacyauth status --database legacyauth-backup.db`
}

// Run writes the copy.
func (c *Backup) Run(ctx context.Context, env *Env) error {
	return c.use(ctx, env, func(db *storage.DB) error {
		if err := db.Backup(ctx, c.File); err != nil {
			return err
		}
		info, err := os.Stat(c.File)
		if err != nil {
			return fmt.Errorf("look at the backup: %w", err)
		}
		if c.Output == "json" {
			return printJSON(env.Stdout, struct {
				File  string `json:"file"`
				Bytes int64  `json:"bytes"`
			}{c.File, info.Size()})
		}
		_, err = fmt.Fprintf(env.Stdout, "wrote %s, %.1f MB\n", c.File, float64(info.Size())/1e6)
		return err
	})
}
