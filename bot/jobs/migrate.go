package jobs

import (
	"context"
	"fmt"

	"github.com/riverqueue/river/rivermigrate"
)

func (q *riverQueue[T]) migrate(ctx context.Context) error {
	migrator, err := rivermigrate.New(q.driver, &rivermigrate.Config{Logger: q.log})
	if err != nil {
		return fmt.Errorf("prepare the job tables: %w", err)
	}
	err = q.alone(ctx, func(ctx context.Context) error {
		// River knows the versions it brought along and no other.
		if _, err := migrator.ExistingVersions(ctx); err != nil {
			return fmt.Errorf("read the version of the job tables (if a newer legacyauth has used this database, use that one): %w", err)
		}
		_, err := migrator.Migrate(ctx, rivermigrate.DirectionUp, nil)
		return err
	})
	if err != nil {
		return fmt.Errorf("bring the job tables up to date: %w", err)
	}
	return nil
}
