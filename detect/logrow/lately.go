package logrow

// lately is a set of hashes that forgets: its size is fixed, for some thirty
// thousand. Each hash has a place in one line of the processor's cache.
type lately [1 << 12][8]uint64

// add says whether h is in the set, and puts it there.
func (l *lately) add(h uint64) bool {
	line := &l[h%uint64(len(l))]
	// The answer is guessed rightly while the line is still on its way from memory,
	// but the place in it would not be: so all eight are compared.
	fresh := uint64(1)
	for _, had := range line {
		differ := had ^ h
		fresh &= (differ | -differ) >> 63
	}
	if fresh == 0 {
		return true
	}
	copy(line[1:], line[:])
	line[0] = h
	return false
}
