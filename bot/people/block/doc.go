// Package block prepares tests of migrated devices: the commands that block
// legacy authentication for chosen users, each beside its rollback, and what the
// log shows of it afterwards. It is pure, and nothing is ever run.
package block
