// Package slackfake is a workspace of Slack on loopback, for tests: its Web API,
// Socket Mode, signed requests, addresses for answers and uploads of files. It
// holds apps to tokens, scopes and the limits of blocks, and misbehaves when told
// to. The SDKs of others talk to it as to Slack itself.
package slackfake
