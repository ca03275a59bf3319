package explain

import (
	"strings"
	"testing"
)

func FuzzText(f *testing.F) {
	l, err := tables()
	if err != nil {
		f.Fatal(err)
	}
	for _, e := range l.entries {
		f.Add(e.Example)
	}
	for _, s := range []string{
		"", "\x00", "5", "4.7.", "5.7.139.", "535-", "535-5.7.139\n535 5.7.139", "code", "error code ", "aadsts", "AADSTS0",
		"0x80070057", "\xff\xfe", "ſ/1", "İİİ 5.7.139", `\r\n\n\u0027`, "a/1 b/2", "Client app: ", "User-Agent:", "`", "**",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		a, err := Text(s)
		if err != nil {
			if a.ID != "" {
				t.Errorf("an error comes with the answer %s", a.ID)
			}
			if strings.ContainsAny(err.Error(), "\n\r\x1b") {
				t.Errorf("error %q is not one line", err)
			}
			return
		}
		if a.ID == "" || a.Kind == "" || a.Title == "" || len(a.Do) == 0 || len(a.Sources) == 0 {
			t.Errorf("the answer %+v is not whole", a)
		}
		checkClean(t, a)
	})
}
