package explain

import (
	"legacyauth/detect"
	"legacyauth/detect/useragent"
)

// Kind says what a pasted text was taken for.
type Kind string

// The kinds of text.
const (
	Agent        Kind = "agent"         // user agent of a client
	SMTPError    Kind = "smtp-error"    // reply to a client that sends mail
	MailboxError Kind = "mailbox-error" // reply to a client that reads a mailbox by IMAP or POP
	EWSError     Kind = "ews-error"     // answer to a program that uses Exchange Web Services
	SignInCode   Kind = "sign-in-code"  // AADSTS error code of the sign-in log
	ClientApp    Kind = "client-app"    // value of clientAppUsed in the sign-in log
)

// Password is what a sign-in error code proves about the password that was
// sent. The zero value means that no password was judged: the code is about a
// token or an application, or the answer is not about a code.
type Password string

// What a code proves.
const (
	Right    Password = "right"
	Likely   Password = "likely"  // right, but the order of the checks is not documented
	Wrong    Password = "wrong"   // wrong, or no such account
	NotKnown Password = "unknown" // not checked, or the code does not tell
)

// Source is a public page that an answer rests on.
type Source struct {
	Title string `json:"title"`
	URL   string `json:"url"`
	// Checked is the day the page was last read, as 2026-11-23.
	Checked string `json:"checked"`
}

// Answer is the meaning of one pasted text. Meaning and Do may hold `code` and
// **strong** in Markdown's way; Card turns them into spans.
type Answer struct {
	Kind Kind `json:"kind"`
	// ID names the entry of the data that answered, for good.
	ID string `json:"id"`
	// Code is "535 5.7.139" or "53003": the one such an error usually has, or
	// else the one in the text. It is empty when neither has one.
	Code    string `json:"code"`
	Title   string `json:"title"`
	Meaning string `json:"meaning"`
	// Do are the next steps in order.
	Do []string `json:"do"`
	// Playbook is the id of the built-in playbook with the steps; for an agent
	// it fits the version. It is empty when there is none.
	Playbook string   `json:"playbook"`
	Password Password `json:"password,omitempty"`
	// Device is set for an agent, Protocol for a client app.
	Device   *useragent.Device `json:"device,omitempty"`
	Protocol detect.Protocol   `json:"protocol,omitempty"`
	Sources  []Source          `json:"sources"`
	// Pasted is the text itself, made safe for one line by card.Clean. It may
	// hold a person's name or address.
	Pasted string `json:"-"`
}
