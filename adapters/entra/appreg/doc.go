// Package appreg writes how to register the program in a tenant: one
// application with a certificate and the fewest permissions that do the work,
// as a PowerShell script, an Azure CLI script or an application manifest.
//
// The package only writes text. A person reads it, runs it with their own
// rights, and can run it again: it changes nothing that is already right. Each
// text holds the way back.
package appreg
