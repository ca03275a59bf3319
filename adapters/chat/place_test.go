package chat_test

import (
	"strings"
	"testing"

	"legacyauth/adapters/chat"
)

func TestPlaceText(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		place chat.Place
		text  string
	}{
		"channel":             {chat.Place{Platform: "slack", Workspace: "T1", Channel: "C2"}, "slack:T1:C2"},
		"thread":              {chat.Place{Platform: "slack", Workspace: "T1", Channel: "C2", Thread: "1718.0001"}, "slack:T1:C2:1718.0001"},
		"person":              {chat.Place{Platform: "slack", Workspace: "T1", Person: "U3"}, "slack:T1:@U3"},
		"thread with someone": {chat.Place{Platform: "slack", Workspace: "T1", Person: "U3", Thread: "9"}, "slack:T1:@U3:9"},
		"no workspace":        {chat.Place{Platform: "discord", Channel: "99"}, "discord::99"},
		"colons in an id":     {chat.Place{Platform: "teams", Workspace: "t", Channel: "19:ab@thread.tacv2"}, "teams:t:19%3Aab@thread.tacv2"},
		"channel like person": {chat.Place{Platform: "irc", Workspace: "n", Channel: "@ops"}, "irc:n:%40ops"},
		"percent and space":   {chat.Place{Platform: "irc", Workspace: "n", Channel: "50% off"}, "irc:n:50%25%20off"},
		"letters":             {chat.Place{Platform: "irc", Workspace: "n", Channel: "büro"}, "irc:n:b%C3%BCro"},
		"log file":            {chat.Place{Platform: "logfile", Channel: "/var/log/a:b%c.log"}, "logfile:/var/log/a:b%c.log"},
		"log file on Windows": {chat.Place{Platform: "logfile", Channel: `C:\logs\alerts.log`}, `logfile:C:\logs\alerts.log`},
		"terminal":            {chat.Place{Platform: "terminal", Channel: "stdout"}, "terminal:stdout"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := tt.place.String(); got != tt.text {
				t.Errorf("String() = %q, want %q", got, tt.text)
			}
			got, err := chat.ParsePlace(tt.text)
			if err != nil || got != tt.place {
				t.Errorf("ParsePlace(%q) = %+v, %v, want %+v", tt.text, got, err, tt.place)
			}
		})
	}
}

func TestParsePlaceRefuses(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ text, why string }{
		"nothing":           {"", "does not begin with a platform"},
		"no colon":          {"slack", "does not begin with a platform"},
		"capitals":          {"Slack:T1:C2", "does not begin with a platform"},
		"no channel":        {"slack:T1", "1 parts"},
		"empty channel":     {"slack:T1:", "no channel and no person"},
		"empty person":      {"slack:T1:@", "no channel and no person"},
		"empty thread":      {"slack:T1:C2:", "ends in a colon"},
		"too many parts":    {"slack:T1:C2:3:4", "4 parts"},
		"lonely percent":    {"slack:T1:C%", "write %25"},
		"hidden line break": {"slack:T1:C%0A2", "does not print"},
		"line break":        {"logfile:/var/log/a\nb", "does not print"},
		"not UTF-8":         {"logfile:/var/\xff", "does not print"},
		"no path":           {"logfile:", "no channel"},
		"too long":          {"logfile:" + strings.Repeat("x", chat.MaxPlace), "longer than"},
		"too long escaped":  {"irc:n:" + strings.Repeat("é", chat.MaxPlace/4), "1024 is the most"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := chat.ParsePlace(tt.text)
			if err == nil || !strings.Contains(err.Error(), tt.why) {
				t.Errorf("ParsePlace(%q) = %+v, %v, want an error with %q", tt.text, got, err, tt.why)
			}
		})
	}
}

func FuzzParsePlace(f *testing.F) {
	for _, s := range []string{
		"slack:T1:C2", "slack:T1:@U3:9", "discord::99", "teams:t:19%3Aab@thread.tacv2", "irc:n:%40ops",
		"logfile:/var/log/a.log", `logfile:C:\x`, "terminal:stdout", "a:%:%", "a:b:%zz", "a::@%40",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		p, err := chat.ParsePlace(s)
		if err != nil {
			return
		}
		if err := p.Check(); err != nil {
			t.Fatalf("ParsePlace(%q) gives %+v, which Check refuses: %v", s, p, err)
		}
		again, err := chat.ParsePlace(p.String())
		if err != nil || again != p {
			t.Fatalf("ParsePlace(%q) = %+v, and of its text %q: %+v, %v", s, p, p.String(), again, err)
		}
	})
}

func TestPersonIsKnownByID(t *testing.T) {
	t.Parallel()
	anna := chat.Person{Platform: "slack", Workspace: "T1", ID: "U3", Name: "Anna"}
	tests := map[string]struct {
		other chat.Person
		same  bool
	}{
		"renamed":           {chat.Person{Platform: "slack", Workspace: "T1", ID: "U3", Name: "Anne", Locale: "de"}, true},
		"same name":         {chat.Person{Platform: "slack", Workspace: "T1", ID: "U4", Name: "Anna"}, false},
		"another workspace": {chat.Person{Platform: "slack", Workspace: "T2", ID: "U3", Name: "Anna"}, false},
		"another platform":  {chat.Person{Platform: "discord", Workspace: "T1", ID: "U3", Name: "Anna"}, false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := anna.Same(tt.other); got != tt.same {
				t.Errorf("Same = %v, want %v", got, tt.same)
			}
			if got := anna.Who() == tt.other.Who(); got != tt.same {
				t.Errorf("Who %q and %q: same %v, want %v", anna.Who(), tt.other.Who(), got, tt.same)
			}
		})
	}
	if who := anna.Who(); who != "slack:T1:@U3" {
		t.Errorf("Who = %q", who)
	}
	if !anna.Direct().Personal() || (chat.Place{Platform: "slack", Workspace: "T1", Channel: "C"}).Personal() {
		t.Error("a direct message is personal and a channel is not")
	}
}
