// Package settings reads what a tenant's settings mean for the migration, and
// judges it: consent for Apple's mail, Conditional Access, security defaults,
// licenses, the program's own permissions and, from a file, Exchange Online.
//
// Reading and judging are apart. Read asks Microsoft Graph and ReadExchange a
// file; both give facts, and a fact that could not be read is unknown, with the
// permission it needs. Judge is a pure function of facts. Nothing here writes to
// the tenant.
//
// Names of policies, groups and mailboxes are outside text: whoever shows an
// Item cleans them first.
package settings
