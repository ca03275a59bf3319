package logtime

// graph reads a time as Graph writes it, "2007-01-09T09:41:00.6816663Z", which
// is what nearly every row has. It gives false for any other form.
func graph(b []byte) (m moment, ok bool) {
	if len(b) < 20 || len(b) > 30 || b[4] != '-' || b[7] != '-' || b[10] != 'T' || b[13] != ':' || b[16] != ':' || b[len(b)-1] != 'Z' {
		return m, false
	}
	all := true
	two := func(i int) int {
		tens, units := b[i]-'0', b[i+1]-'0'
		all = all && tens <= 9 && units <= 9
		return int(tens)*10 + int(units)
	}
	m = moment{
		year: two(0)*100 + two(2), month: two(5), day: two(8),
		hour: two(11), minute: two(14), second: two(17),
	}
	fraction := b[19 : len(b)-1]
	if len(fraction) == 0 {
		return m, all
	}
	if fraction[0] != '.' || len(fraction) == 1 {
		return m, false
	}
	for i := range 9 {
		m.nano *= 10
		if i+1 < len(fraction) {
			c := fraction[i+1] - '0'
			all = all && c <= 9
			m.nano += int(c)
		}
	}
	return m, all
}
