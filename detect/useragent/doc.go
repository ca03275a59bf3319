// Package useragent reads the agent string of a sign-in and says which device
// or program it names.
//
// Decode is pure: it uses only the agent and the embedded tables under data/,
// whose source, licence and date stand in each file's header.
package useragent
