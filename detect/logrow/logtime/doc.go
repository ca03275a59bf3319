// Package logtime reads the times of sign-in logs, in whichever of their many
// formats and of either order of day and month.
package logtime
