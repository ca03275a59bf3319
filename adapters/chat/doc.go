// Package chat is what the bot and every place it talks in agree on. A platform
// (Slack, a log file, a terminal) receives as a Surface and sends as a Sender;
// what else it can do is found by type assertion: Updater, Finder, Paced,
// Opener, Directory, Consenting, Heard, Troubled. The suite in chattest holds every platform to what
// is said here.
//
// # Sending
//
// One call of Send is one attempt. The adapter neither retries nor waits for a
// better time: the bot keeps messages, order, pace and patience. An adapter is
// safe for use by several goroutines; the bot sends to one place from one
// goroutine at a time, and so keeps the order.
//
// What comes back says what to do next:
//
//   - nil: the platform has taken the message, and the Ref says where it stands.
//   - a RetryError: nothing is wrong with the message; try again, not before
//     After. Maybe says that the message may have arrived all the same. A token
//     that is refused is one of these too (ErrCredentials): the message can go
//     once the token is mended.
//   - any other error is final: this message will never arrive there.
//     ErrUnreachable and ErrNoPlace say why where the platform tells.
//
// A call that is canceled returns a RetryError around the context's error, with
// Maybe set unless nothing had been sent yet.
//
// # Sent once
//
// Message.Key names a message for ever, over restarts. An adapter hands it to
// the platform wherever that drops repeats (a nonce, a message identity), and
// writes it where Find can see it. After a Maybe, and for a message that was on
// its way when the program ended, the bot asks a Finder first and sends again,
// with the same key, when it is not there. A platform with neither shows a
// message twice in the worst case; none is ever lost.
//
// # What a message may do
//
// Text of a card is text: an adapter renders it so that nothing in it becomes a
// mention, a link, a heading or a button. It fits the card with Fit, so that
// what did not fit is said. The first line a notification shows is Line, which
// names nobody. Secrets (tokens, webhook addresses) never stand in an error:
// StatusError and TransportError make errors that keep to that.
//
// # Receiving
//
// A Surface turns whatever a person does (typed words, a pressed button, a
// filled-in form, an opened page) into a Request and shows the Answer. It
// checks where the request comes from, not what the person may do: roles are
// the bot's, by Person.Who and Request.Groups. It acknowledges in the
// platform's time whatever the Handler is doing, and passes every delivery on
// with its platform's id: the bot drops repeats, with a zero Answer, for which
// nothing is shown. A Handler made by Safely never fails; an adapter that is
// given another shows a plain sentence for an error. A Handler that is Offering
// lists its commands, and one that is a Completer completes words.
package chat
