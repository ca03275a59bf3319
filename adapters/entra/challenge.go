package entra

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
	"sync"
)

var (
	// bearerScheme is what the SDK cuts off before it splits the header at commas.
	bearerScheme = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?i)^Bearer\s`) })
	// wellFormed is a part from which it can then take what stands in quotes.
	wellFormed = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^ *claims="[^"]*" *$`) })
)

// tameChallenge removes a WWW-Authenticate header that kiota-http-go 1.5.6 would
// crash on: it reads the first quoted text after "claims" without looking whether
// there is one.
func tameChallenge(header http.Header) {
	const field = "WWW-Authenticate"
	value := header.Get(field)
	if value == "" {
		return
	}
	for parameter := range strings.SplitSeq(bearerScheme().ReplaceAllString(value, ""), ",") {
		if strings.HasPrefix(strings.Trim(parameter, " "), "claims") && !wellFormed().MatchString(parameter) {
			header.Del(field)
			return
		}
	}
}

// decodeClaims reads the challenge that Graph sends with a token it no longer
// accepts. Anything but a JSON object gives "".
// https://learn.microsoft.com/entra/identity-platform/claims-challenge
func decodeClaims(encoded string) string {
	encoded = strings.TrimRight(strings.NewReplacer("-", "+", "_", "/").Replace(encoded), "=")
	raw, err := base64.RawStdEncoding.DecodeString(encoded)
	var object map[string]any
	if err != nil || json.Unmarshal(raw, &object) != nil || object == nil {
		return ""
	}
	return string(raw)
}
