// Package export reads downloaded or streamed sign-in logs: Microsoft Graph
// answers, diagnostic-setting records, Event Hub messages, Log Analytics
// results and portal downloads, plain or compressed.
//
// What a file is, is found from its content, never from its name. A file that
// is something else, or that lacks the columns to decide, is refused with an
// error that says so; a file that is cut or broken in part is read as far as it
// goes and its Report says what is missing. Memory does not grow with the file.
//
// The way of a file: unpack makes text of it; format.go tells JSON from CSV;
// jsonlog or csvlog finds its rows, with tables to say which table it is; flow
// carries them to workers that decode them by detect/logrow; the Report says what
// it all came to.
package export
