// Package discordfake is a Discord on the loopback, for tests: its REST API with
// rate limits, its gateway with sessions that are resumed, and the people who
// type, press and fill in. It keeps to what Discord documents
// (https://discord.com/developers/docs, read 2026-11-29), refuses what Discord
// refuses, and misbehaves when it is told to.
package discordfake
