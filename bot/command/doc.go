// Package command answers what people ask in chat: the one chat.Handler behind
// every platform. The router drops a request that was delivered before, finds
// the command by its words or its button, checks the role of whoever asks, and
// runs it. One file holds one command: what it is called and takes, and what it
// does.
//
// An answer is seen by the asker alone, so it may name the people the asker may
// ask about. What everybody in a place sees holds counts and pseudonyms.
package command
