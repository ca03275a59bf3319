package detect

import (
	"math/rand/v2"
	"testing"
	"time"
)

func TestLedgerAddsUpInAnyOrder(t *testing.T) {
	t.Parallel()
	for _, keys := range []int{1, 2, ledgerSorted - 1, ledgerSorted, ledgerSorted + 1, 1000} {
		orders := map[string]func(i int) int{
			"rising":  func(i int) int { return i % keys },
			"falling": func(i int) int { return keys - 1 - i%keys },
			"mixed":   func(i int) int { return i * 7919 % keys },
			"runs":    func(i int) int { return i / 3 % keys },
		}
		for name, order := range orders {
			var l ledger[int, count]
			want := map[int]count{}
			for i := range 3 * keys {
				*l.at(order(i))++
				want[order(i)]++
			}
			got := l.settled()
			if len(got) != len(want) {
				t.Fatalf("%s, %d keys: %d in the ledger", name, len(want), len(got))
			}
			for i, e := range got {
				if i > 0 && got[i-1].key >= e.key {
					t.Fatalf("%s, %d keys: %d stands before %d", name, keys, got[i-1].key, e.key)
				}
				if e.value != want[e.key] {
					t.Fatalf("%s, %d keys: key %d has %d, want %d", name, keys, e.key, e.value, want[e.key])
				}
			}
		}
	}
}

func TestGuessesForgetMinutesOfASpray(t *testing.T) {
	t.Parallel()
	const accounts = 500
	var tries []int
	for i := range 10 * accounts {
		tries = append(tries, i)
	}
	random := rand.New(rand.NewPCG(3, 4))
	for range 5 {
		random.Shuffle(len(tries), func(i, j int) { tries[i], tries[j] = tries[j], tries[i] })
		var g guesses
		for _, i := range tries {
			g.add(uint32(i%accounts), monday.Add(time.Duration(i)*time.Minute))
		}
		if !g.crowded || len(g.tries.settled()) != accounts || g.accounts() != accounts {
			t.Errorf("crowded %t, %d tries of %d accounts kept, want one each of %d", g.crowded, len(g.tries.list), g.accounts(), accounts)
		}
	}
	var slow guesses
	for i := range 10 * accounts {
		slow.add(uint32(i%accounts), monday.Add(time.Duration(i)*time.Hour))
	}
	if slow.crowded || crowded(slow.tries.settled()) || len(slow.tries.settled()) != 10*accounts {
		t.Error("one account an hour counts as a spray, or was forgotten")
	}
}

func TestInstant(t *testing.T) {
	t.Parallel()
	for _, at := range []time.Time{
		{}, monday, monday.Add(123456 * time.Microsecond), time.Date(1955, 1, 2, 3, 4, 5, 0, time.UTC), time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC),
	} {
		if got := instantOf(at).time(); !got.Equal(at) {
			t.Errorf("%s became %s", at, got)
		}
	}
	if early, late := instantOf(monday), instantOf(monday.Add(time.Microsecond)); early >= late || early == 0 {
		t.Errorf("%d is not before %d", early, late)
	}
}
