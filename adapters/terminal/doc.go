// Package terminal shows cards and tables as text in a terminal or a pipe.
//
// Text is measured in columns as a terminal shows them, wraps at words, and
// never carries a control character: what a log says cannot move the cursor or
// change a color. Colors only repeat what words and marks say already.
package terminal
