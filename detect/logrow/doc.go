// Package logrow turns one row of a sign-in log into a detect.SignIn: an object
// of JSON as Graph, diagnostic settings and Log Analytics write it, or the cells
// of a table.
//
// A Decoder reads a row of usual JSON in one pass and leaves anything else to the
// JSON library; both ways give the same answer. It keeps no row, only names that
// repeat, and counts in its Tally what the rows were.
package logrow
