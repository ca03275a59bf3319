// Package unpack gives the stored bytes of a log as UTF-8 text: decompressed,
// converted from UTF-16 and without a byte-order mark.
package unpack
