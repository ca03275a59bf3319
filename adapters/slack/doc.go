// Package slack is Slack as a platform: it sends and changes messages, opens
// direct messages, finds people by work address, and hands over what people type,
// press and fill in, through Socket Mode or signed HTTP.
//
// Everything a card says is rendered as rich text or plain text, never as markup,
// so that nothing in it becomes a mention or a link. The first block of a message
// names nobody, since desktop notifications are made of it.
//
// Only the scopes in Scopes are needed. What needs others (History, Groups) works
// where they were granted and is left out where not.
package slack
