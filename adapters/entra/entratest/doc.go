// Package entratest is a tenant to test against: an Entra authority, a
// Microsoft Graph and a managed identity endpoint on loopback addresses, which
// speak the real protocols to the real client libraries.
//
// It answers as Microsoft's services are documented to answer, refuses what
// they refuse with their codes and bodies, keeps their limits, and misbehaves
// on request. Where the documentation is silent, the stricter of the
// plausible behaviors is the one implemented, and a comment says so.
package entratest
