// Package signins reads the sign-in log of one tenant through Microsoft Graph.
//
// A Source asks for legacy sign-ins only, by the server's own filter, one window
// of time after another, newest last. What the service cannot answer is asked
// for in smaller pieces: a ladder of fallbacks ends with reading every sign-in
// and finding the legacy ones locally.
// In each window the sign-ins that name no client app are asked for apart, because
// the filter for legacy values leaves them out.
//
// While a scan runs, its state directory holds three files for the tenant and
// the API's version, all of its owner's only: a checkpoint (.json) written after each window, the
// sign-ins of the finished windows (.rows, one JSON object in one line, modern
// ones cut down to what verdicts need), and a lock. A scan that was stopped at
// any request, or killed, goes on from its checkpoint: kept rows are handed over
// from the file and no finished window is asked for again, except those that
// were less than two hours old when they were read, because rows may still have
// been on their way. A finished scan removes the checkpoint and the rows, unless
// they hold time of an earlier scan that it did not read.
package signins
