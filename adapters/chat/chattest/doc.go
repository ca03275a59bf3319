// Package chattest holds a platform to what adapters/chat says. Senders is the
// suite that every Sender passes, Surfaces that of every Surface. Channel is an
// HTTP server that stands for a channel and misbehaves as it is told, with a
// Sender for it, so that whatever delivers messages can be tried against real
// refusals, silence and lost connections.
package chattest
