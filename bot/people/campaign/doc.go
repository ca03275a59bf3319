// Package campaign decides whom a campaign tells and in which waves, what holds
// messages back, how far it is, and how it will go on. It is pure.
package campaign
