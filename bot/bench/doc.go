// Package bench asks this program and other programs the same question about a
// sign-in log: how many legacy sign-ins there are of each user, protocol, user
// agent and outcome. It compares the answers, the time and the memory, so that
// anybody can check on an export of their own what is said of speed.
package bench
