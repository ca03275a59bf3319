// Package health tells programs and people whether the watch is kept: how fresh
// what was read of each tenant is, what could not be delivered, how long passes
// take. It holds counts, times, and names of tenants and places, and nothing
// personal.
package health
