// Package jsonlog reads sign-in logs written as JSON: one object in each line,
// or a stream of objects, arrays of objects and the envelopes of Graph, Event Hub
// and the Log Analytics query API.
package jsonlog
