// Package language says the program's own words to a person in their language.
//
// A language is a file of words under words/: one text for each key, and one for
// each plural form where a number decides. English is the measure: every other
// language has the same keys, with the same places to fill in each, or loading
// fails and names the key. Texts from outside are filled in as values that
// cannot become markup.
//
// Only what a person reads who is no admin is said in other languages.
package language
