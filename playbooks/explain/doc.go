// Package explain says what a pasted text means: a user agent, an error line
// of SMTP, IMAP, POP or EWS, a sign-in error code, or a client app of the
// sign-in log. It says what to do next and which playbook has the steps.
//
// The words are data: the files under data/, decoded strictly. Each entry
// carries an example, and a test holds that the example leads to its own entry.
// {{date:ID}} in them is filled from the built-in calendar of playbooks.
package explain
