// Package entra reads a Microsoft 365 tenant through Microsoft Graph: its
// sign-ins and the settings that decide what legacy authentication can still do
// there. It signs in through MSAL, asks through the Graph SDK's core, only ever
// reads, keeps inside the reporting limits, and explains every failure with what
// to do about it.
//
// A Tenant names one tenant and how to sign in to it; Open turns it into a Graph
// that answers requests. Tenants share nothing but a Budget.
package entra
