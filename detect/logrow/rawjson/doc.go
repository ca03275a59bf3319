// Package rawjson passes over JSON without copying or decoding it.
//
// Its functions check the grammar as they go but look into strings only for
// their end: whether an escape or a character is valid shows when the string is
// read. Each takes the index of the first byte of a thing and gives the index
// after it, or -1 when the bytes are not JSON or nest deeper than MaxDepth. What
// they cannot judge is for a Reader, the JSON library's decoder.
package rawjson
