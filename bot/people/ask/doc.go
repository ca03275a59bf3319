// Package ask is what is asked in chat about telling people: the buttons of
// their messages, and the commands by which admins tell one or many. The
// commands plug into the router of package command.
package ask
