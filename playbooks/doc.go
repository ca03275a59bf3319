// Package playbooks turns a client into the steps that move it off legacy
// authentication.
//
// A playbook is a Markdown file with strict YAML front matter. Everything that
// could be wrong with one is found when it is loaded: an unknown field, family
// or placeholder, a missing section, a link to a host that is not among its
// sources, an expired review. Each error is a Problem with file and line, and
// all errors of a library come at once, joined.
//
// Placeholders are filled after the Markdown is parsed, each into one plain
// span, so text from a log cannot become markup. {{retires}} and {{days}} say
// what the client counts down to: its own day by the calendar, or that of the
// playbook's retirement field where it has none or there is no client.
// {{date:ID}} says when any entry of the calendar comes, in the entry's words;
// an entry that does not exist is an error. So a day stands in the calendar
// once, and a playbook never writes it out.
//
// A playbook has to be reviewed again by a set day. For an operator's directory
// (Load, Overlay) and for Check a playbook past that day is an error. For the
// built-in library it is not: a program in use must not stop scanning because a
// day has passed, so Builtin loads it all the same and Stale names it, for the
// program to warn about.
//
// The package is pure: it reads only the fs.FS it is given, and today comes in
// as a value. A Library does not change once it is loaded and may be shared.
package playbooks
