// Package card is what a message says, not how it looks. A card is a closed set
// of blocks made of spans; each platform renders it in its own way.
//
// Outside text (names, agents, applications from a log) enters a card only
// through Value, which cleans it, so no renderer can mistake it for markup.
//
// The package is pure and never changes a card it is given: Fit returns a new
// one.
package card
