// Package members reads from Microsoft Graph who belongs to a group of a tenant,
// through groups within it too. It only reads.
package members
