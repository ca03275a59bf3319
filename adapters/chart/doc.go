// Package chart draws small pictures for messages: one thing each, on a ground
// of its own, so that they read in a dark client as well as in a light one.
// Every picture comes with a sentence that says the same.
package chart
