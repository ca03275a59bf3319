package detect

import (
	"fmt"
	"slices"
	"testing"
	"time"
)

// spread gives one wrong password for each of n accounts from ip, one every
// step.
func spread(n int, ip string, step time.Duration) []SignIn {
	var rows []SignIn
	for i := range n {
		rows = append(rows, signIn(fmt.Sprint("spray", ip, i), user(fmt.Sprint("victim", i)), from(ip), code(50126), at(time.Duration(i)*step)))
	}
	return rows
}

// modernSpread is spread through browsers.
func modernSpread(n int, ip string) []SignIn {
	rows := spread(n, ip, time.Minute)
	for i := range rows {
		rows[i].ClientApp = "Browser"
	}
	return rows
}

func reason(text string) func(*SignIn) { return func(s *SignIn) { s.Result.Reason = text } }

// The two texts of 50053.
const (
	maliciousReason = "Sign-in was blocked because it came from an IP address with malicious activity."
	lockedReason    = "The account is locked, you've tried to sign in too many times with an incorrect user ID or password."
)

func modern(id, who, ip string) SignIn {
	return signIn(id, user(who), from(ip), app("Browser"), agent("Mozilla/5.0"))
}

func TestVerdicts(t *testing.T) {
	t.Parallel()
	eas := app("Exchange ActiveSync")
	phone := agent("Apple-iPhone12C1/1907.71")
	refused := func(s *SignIn) { s.Result.Code, s.Result.Reason = 50053, maliciousReason }
	locked := func(s *SignIn) { s.Result.Code, s.Result.Reason = 50053, lockedReason }
	crowd := func(ip string) []SignIn {
		var rows []SignIn
		for i := range 6 {
			rows = append(rows, modern(fmt.Sprint("crowd", i), fmt.Sprint("colleague", i), ip))
		}
		return rows
	}
	cases := []struct {
		name string
		rows []SignIn
		want Verdict // of the account ana
	}{
		{"one success among failures is in use", []SignIn{signIn("1", code(50126)), signIn("2"), signIn("3", code(53003))}, InUse},
		{"T1: ActiveSync with code 0 and Conditional Access failure is blocked", []SignIn{signIn("1", eas, phone, caStatus("failure"))}, Blocked},
		{"T1: ActiveSync with code 0 and Conditional Access success is in use", []SignIn{signIn("1", eas, phone, caStatus("success"))}, InUse},
		{"T1: one that got through is in use", []SignIn{signIn("1", eas, phone, caStatus("failure")), signIn("2", eas, phone, caStatus("notApplied"))}, InUse},
		{"stopped by Conditional Access", []SignIn{signIn("1", code(53003))}, Blocked},
		{"stopped by security defaults", []SignIn{signIn("1", code(530035))}, Blocked},
		{"stopped by a second factor", []SignIn{signIn("1", code(50076))}, Blocked},
		{"an expired password is a right one", []SignIn{signIn("1", code(50055))}, InUse},
		{"a disabled account had the right password", []SignIn{signIn("1", code(50057))}, InUse},
		{"a block among wrong passwords is blocked", []SignIn{signIn("1", code(53003)), signIn("2", code(50126))}, Blocked},
		{"wrong password where the account signs in otherwise", []SignIn{signIn("1", code(50126)), modern("2", "ana", "192.0.2.1")}, Broken},
		{"wrong password where somebody else of the tenant signs in", []SignIn{signIn("1", code(50126)), modern("2", "ben", "192.0.2.1")}, Broken},
		{"wrong password of a device that names itself", []SignIn{signIn("1", eas, phone, code(50126))}, Broken},
		{"wrong password from one network on three days", []SignIn{
			signIn("1", code(50126)), signIn("2", code(50126), at(24*time.Hour)), signIn("3", code(50126), at(48*time.Hour)),
		}, Broken},
		{"a single wrong password from nowhere", []SignIn{signIn("1", code(50126))}, Spray},
		{"a script's wrong password from nowhere", []SignIn{signIn("1", agent("python-requests/2.31"), code(50126))}, Spray},
		{"no such account", []SignIn{signIn("1", code(50034))}, Spray},
		{"a locked account from nowhere", []SignIn{signIn("1", code(50053))}, Spray},
		{"50053: locked, on a device that names itself", []SignIn{signIn("1", eas, phone, locked)}, Broken},
		{"50053: malicious address, from a device that names itself", []SignIn{signIn("1", eas, phone, refused)}, Spray},
		{"50053: malicious address, on many days", []SignIn{
			signIn("1", refused), signIn("2", refused, at(24*time.Hour)), signIn("3", refused, at(48*time.Hour)),
		}, Spray},
		{"50053: malicious address the account also signs in from", []SignIn{signIn("1", refused), modern("2", "ana", "192.0.2.1")}, Spray},
		{"50053: wrong password from an address that is malicious to another", []SignIn{signIn("1", eas, phone, code(50126)), signIn("2", user("ben"), refused)}, Spray},
		{"50053: right password from a malicious address only", []SignIn{signIn("1", refused), signIn("2", code(53003))}, Leaked},
		{"50053: success from a malicious address only", []SignIn{signIn("1", eas, phone, refused), signIn("2", eas, phone)}, Leaked},
		{"50053: right password from elsewhere too", []SignIn{signIn("1", eas, phone, refused), signIn("2", eas, phone), signIn("3", eas, phone, from("192.0.2.9"))}, InUse},
		{"50053: an office that Microsoft once took for malicious", slices.Concat(crowd("192.0.2.1"), []SignIn{signIn("1", code(53003)), signIn("2", user("ben"), refused)}), Blocked},
		{"50053: refused for its address only, in an office", append(crowd("192.0.2.1"), signIn("1", refused)), Spray},
		{"50053: the text of the error list, which names both meanings, tells nothing", []SignIn{
			signIn("1", eas, phone, func(s *SignIn) { s.Result = Result{true, 50053, lockedReason + " Or, " + maliciousReason} }),
		}, Broken},
		{"50053: a modern row tells as well", []SignIn{
			signIn("1", code(53003)), signIn("2", user("ben"), app("Browser"), refused),
		}, Leaked},
		{"another code with the same words is no refusal", []SignIn{signIn("1", eas, phone, code(50126), reason(maliciousReason))}, Broken},
		{"a network that sprays by modern clients makes a right password leaked", append(modernSpread(5, "203.0.113.9"), signIn("1", from("203.0.113.9"), code(53003))), Leaked},
		{"a network that sprays by modern clients makes a wrong password spray", append(modernSpread(5, "203.0.113.9"), signIn("1", eas, phone, from("203.0.113.9"), code(50126))), Spray},
		{"modern and legacy guesses add up", slices.Concat(modernSpread(2, "203.0.113.9"), spread(5, "203.0.113.9", time.Minute)[2:], []SignIn{signIn("1", from("203.0.113.9"), code(53003))}), Leaked},
		{"a few modern wrong passwords are people's", append(modernSpread(4, "203.0.113.9"), signIn("1", from("203.0.113.9"), code(53003))), Blocked},
		{"a failure that is not about the password", []SignIn{signIn("1", code(7000112))}, Broken},
		{"a failure without a code", []SignIn{signIn("1", code(CodeNotGiven))}, Broken},
		{"no result at all errs on the side of use", []SignIn{signIn("1", func(s *SignIn) { s.Result = Result{} })}, InUse},
		{"five accounts within twenty minutes spray", append(spread(5, "203.0.113.9", 4*time.Minute), signIn("1", from("203.0.113.9"), code(50126))), Spray},
		{"a spraying network's right password is leaked", append(spread(5, "203.0.113.9", 4*time.Minute), signIn("1", from("203.0.113.9"), code(53003))), Leaked},
		{"a spraying network's success is leaked", append(spread(5, "203.0.113.9", 4*time.Minute), signIn("1", from("203.0.113.9"))), Leaked},
		{"four accounts do not spray", append(spread(4, "203.0.113.9", time.Minute), signIn("1", from("203.0.113.9"), code(53003))), Blocked},
		{"five accounts over hours do not spray", append(spread(5, "203.0.113.9", time.Hour), signIn("1", from("203.0.113.9"), code(53003))), Blocked},
		{"an office with more accounts succeeding than failing does not spray", slices.Concat(spread(5, "203.0.113.9", time.Minute), []SignIn{
			modern("a", "ben", "203.0.113.9"), modern("b", "cara", "203.0.113.9"), modern("c", "dora", "203.0.113.9"),
			modern("d", "eve", "203.0.113.9"), modern("e", "finn", "203.0.113.9"), modern("f", "gwen", "203.0.113.9"),
			signIn("1", from("203.0.113.9"), code(53003)),
		}), Blocked},
		{"a phone that also passed through a spraying network is in use", append(spread(5, "203.0.113.9", time.Minute),
			signIn("1", eas, phone, from("203.0.113.9")), signIn("2", eas, phone)), InUse},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			for _, client := range fold(c.rows...).Clients() {
				if client.User.Name != "ana@contoso.com" {
					continue
				}
				if client.Verdict != c.want {
					t.Errorf("got %s (%s), want %s", client.Verdict, client.Why, c.want)
				}
				return
			}
			t.Error("no client of ana's")
		})
	}
}

func TestGuessingFromManyNetworksIsSpray(t *testing.T) {
	t.Parallel()
	guesses := func(networks int) []Client {
		var rows []SignIn
		for i := range networks {
			rows = append(rows, modern(fmt.Sprint("m", i), "ben", fmt.Sprintf("198.51.100.%d", i)),
				signIn(fmt.Sprint(i), from(fmt.Sprintf("198.51.100.%d", i)), code(50126)))
		}
		return fold(rows...).Clients()
	}
	if c := guesses(SprayNetworks + 1)[0]; c.Verdict != Spray {
		t.Errorf("from %d networks: %s (%s), want spray", SprayNetworks+1, c.Verdict, c.Why)
	}
	if c := guesses(SprayNetworks)[0]; c.Verdict != Broken {
		t.Errorf("from %d networks the tenant knows: %s (%s), want broken", SprayNetworks, c.Verdict, c.Why)
	}
}

func TestSprayWindowSlides(t *testing.T) {
	t.Parallel()
	for offset := range 60 {
		var rows []SignIn
		for i := range SprayAccounts {
			// The last of the five comes nineteen minutes after the first.
			minute := offset + i*19/(SprayAccounts-1)
			rows = append(rows, signIn(fmt.Sprint(i), user(fmt.Sprint("v", i)), code(50126), at(time.Duration(minute)*time.Minute)))
		}
		if f := fold(rows...); f.places.threat("192.0.2.1") != sprays {
			t.Fatalf("five accounts within nineteen minutes from minute %d do not spray", offset)
		}
		rows[0].Time = rows[0].Time.Add(-2 * time.Minute)
		if f := fold(rows...); f.places.threat("192.0.2.1") == sprays {
			t.Fatalf("five accounts over twenty-one minutes from minute %d spray", offset)
		}
	}
}

func TestAccountDisabled(t *testing.T) {
	t.Parallel()
	left := only(t, fold(signIn("1"), signIn("2", at(time.Hour), code(50057))))
	back := only(t, fold(signIn("1", code(50057)), signIn("2", at(time.Hour))))
	if !left.AccountDisabled || back.AccountDisabled {
		t.Errorf("disabled: left %t, back %t; want true, false", left.AccountDisabled, back.AccountDisabled)
	}
}

func TestWhyIsHonest(t *testing.T) {
	t.Parallel()
	cases := []struct {
		name string
		rows []SignIn
		want string
	}{
		{"one wrong password from nowhere", []SignIn{signIn("1", code(50126))}, "wrong passwords only, too few to be sure, from a network nobody in the tenant signs in from"},
		{"one wrong password without an address", []SignIn{signIn("1", code(50126), from(""), agent("python-requests/2.31"))}, "wrong passwords only, too few to be sure, and nothing ties them to a real device"},
		{"refused for its address", []SignIn{signIn("1", code(50053), reason(maliciousReason))}, "Microsoft refuses sign-ins from its network as malicious"},
		{"right password from such a network", []SignIn{signIn("1", code(53003)), signIn("2", user("ben"), code(50053), reason(maliciousReason))}, "the right password was used from a network that Microsoft refuses as malicious"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			for _, client := range fold(c.rows...).Clients() {
				if client.User.Name == "ana@contoso.com" && client.Why != c.want {
					t.Errorf("got %q, want %q", client.Why, c.want)
				}
			}
		})
	}
}

func TestTimesBefore1970DoNotPanic(t *testing.T) {
	t.Parallel()
	old := func(s *SignIn) { s.Time = time.Date(1955, 3, 4, 5, 6, 7, 0, time.UTC) }
	c := only(t, fold(signIn("1", old, code(50126))))
	if c.First.Year() != 1955 || c.ByDay[0].Date != time.Date(1955, 3, 4, 0, 0, 0, 0, time.UTC) {
		t.Errorf("first %s, days %v", c.First, c.ByDay)
	}
}
