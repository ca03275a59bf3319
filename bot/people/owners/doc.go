// Package owners decides who answers for a client whose user does not read
// messages: a printer, a shared mailbox, a service or room account, a leaver.
// It is pure.
package owners
