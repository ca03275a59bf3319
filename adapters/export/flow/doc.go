// Package flow carries the text of a log to its sign-ins: one goroutine cuts it
// into jobs of whole rows, workers decode them, and the caller's goroutine takes
// the batches in the order of the text.
//
// Jobs and their buffers go round; nothing else is kept, so memory does not grow
// with the text.
package flow
