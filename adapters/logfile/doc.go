// Package logfile is the platform that is a file: each message is one JSON
// object on a line of its own, for people with a pager and for programs that
// ship logs elsewhere.
//
// A line is written whole or not at all, also when several processes write to
// one file, and is on the disk when Send returns. What a crash left of a line
// is taken away before the next is written. The file is opened for each line,
// so that one that was renamed away is left alone and a new one begun. A new
// file is readable by its owner only; one that is there keeps its mode.
package logfile
