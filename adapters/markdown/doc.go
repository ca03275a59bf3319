// Package markdown writes cards as GitHub Flavored Markdown
// (https://github.github.com/gfm/, version 0.29, read 2026-11-22).
//
// Every text is escaped, the program's own too, so that it reads back as the
// same text: no link, emphasis, HTML or new block can come from a log. What a
// site does with the text after Markdown is beyond escaping: GitHub itself
// still links mail addresses and notifies @names.
package markdown
