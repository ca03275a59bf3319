package detect

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// longestCity is the most bytes of a city: what is longer is no name to show.
const longestCity = 128

// spot is where the log places an address, as a guess.
type spot struct{ country, city string }

// spots numbers the spots of a log from 1, so that a client counts its own in a
// few bytes.
type spots struct {
	numbers map[spot]int32 // as logged
	list    []spot
	// last is the spot of the row before: rows of one client stand together.
	last   spot
	number int32
}

func newSpots() spots { return spots{numbers: map[spot]int32{}} }

// of gives the number of the spot of a row; 0 where the row names no country.
func (p *spots) of(s *SignIn) int32 {
	if s.Country == "" {
		return 0
	}
	logged := spot{s.Country, s.City}
	if len(logged.city) > longestCity {
		logged.city = ""
	}
	if p.last == logged {
		return p.number
	}
	number, ok := p.numbers[logged]
	if !ok {
		number = p.kept(spot{s.Country, cityOf(s)})
		p.numbers[logged] = number
	}
	p.last, p.number = logged, number
	return number
}

// kept gives the number of a spot whose city is one.
func (p *spots) kept(at spot) int32 {
	number, ok := p.numbers[at]
	if !ok {
		p.list = append(p.list, at)
		number = int32(len(p.list)) //nolint:gosec // a log names fewer than two billion places
		p.numbers[at] = number
	}
	return number
}

// mostFrequent gives the country counted most often and the city counted most
// often within it, of two counted alike the first in order.
func (p *spots) mostFrequent(counts tallies[int32, count]) spot {
	if len(counts) == 1 {
		return p.list[counts[0].key-1]
	}
	byName := slices.Clone(counts)
	slices.SortFunc(byName, func(a, b tallied[int32, count]) int {
		x, y := p.list[a.key-1], p.list[b.key-1]
		return cmp.Or(cmp.Compare(x.country, y.country), cmp.Compare(x.city, y.city))
	})
	var best, now spot
	var ofBest, ofNow, ofCity count
	for _, c := range byName {
		at := p.list[c.key-1]
		if at.country != now.country {
			now, ofNow, ofCity = spot{country: at.country}, 0, 0
		}
		ofNow += c.value
		if at.city != "" && c.value > ofCity {
			now.city, ofCity = at.city, c.value
		}
		if ofNow > ofBest || now.country == best.country {
			best, ofBest = now, ofNow
		}
	}
	return best
}

// cityOf gives the city of a row as text that can be shown; "" where the row
// names none, or no country that it is in.
func cityOf(s *SignIn) string {
	if s.Country == "" || len(s.City) > longestCity || !utf8.ValidString(s.City) {
		return ""
	}
	city := strings.TrimSpace(s.City)
	if strings.EqualFold(city, "unknown") || strings.ContainsFunc(city, func(r rune) bool { return !unicode.IsPrint(r) }) {
		return ""
	}
	return city
}
