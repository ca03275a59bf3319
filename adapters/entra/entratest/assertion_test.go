package entratest_test

import (
	"context"
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/json"
	"math/big"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/AzureAD/microsoft-authentication-library-for-go/apps/confidential"

	"legacyauth/adapters/entra/entratest"
)

// keys are made once: making them is most of what these tests do.
var keys = sync.OnceValue(func() [2]*rsa.PrivateKey {
	var made [2]*rsa.PrivateKey
	for i := range made {
		made[i], _ = rsa.GenerateKey(rand.Reader, 2048)
	}
	return made
})

func certificate(t *testing.T, key *rsa.PrivateKey, from, until time.Time) *x509.Certificate {
	t.Helper()
	template := &x509.Certificate{SerialNumber: big.NewInt(7), Subject: pkix.Name{CommonName: "legacyauth"}, NotBefore: from, NotAfter: until}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	c, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// sign makes an assertion by hand, for what the real library never sends.
func sign(t *testing.T, key *rsa.PrivateKey, header, claims map[string]any) string {
	t.Helper()
	encode := func(v any) string {
		text, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		return base64.RawURLEncoding.EncodeToString(text)
	}
	signed := encode(header) + "." + encode(claims)
	digest := sha256.Sum256([]byte(signed))
	signature, err := rsa.SignPKCS1v15(rand.Reader, key, crypto.SHA256, digest[:])
	if err != nil {
		t.Fatal(err)
	}
	return signed + "." + base64.RawURLEncoding.EncodeToString(signature)
}

func TestTokenByCertificate(t *testing.T) {
	t.Parallel()
	now := time.Now()
	good := certificate(t, keys()[0], now.Add(-time.Hour), now.Add(time.Hour))
	other := certificate(t, keys()[1], now.Add(-time.Hour), now.Add(time.Hour))
	old := certificate(t, keys()[0], now.Add(-2*time.Hour), now.Add(-time.Hour))
	for _, c := range []struct {
		name       string
		registered *x509.Certificate
		used       *x509.Certificate
		key        *rsa.PrivateKey
		skew       time.Duration
		refused    string // "" accepted
	}{
		{"registered", good, good, keys()[0], 0, ""},
		{"not registered", good, other, keys()[1], 0, "AADSTS700027: The certificate with identifier used to sign the client assertion is not registered"},
		{"expired", old, old, keys()[0], 0, "AADSTS700027: The certificate with identifier used to sign the client assertion is expired"},
		{"clock behind", good, good, keys()[0], 50 * time.Minute, "AADSTS700024"},
		{"clock ahead", good, good, keys()[0], -20 * time.Minute, "AADSTS700024"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s := start(t, func(config *entratest.Config) {
				config.Tenants[0].Apps[0].Certificates = []*x509.Certificate{c.registered}
				config.Skew = c.skew
			})
			credential, err := confidential.NewCredFromCert([]*x509.Certificate{c.used}, c.key)
			if err != nil {
				t.Fatal(err)
			}
			_, err = acquire(s, client(t, s, credential))
			if c.refused == "" {
				if err != nil {
					t.Error(err)
				}
				return
			}
			if status, text := aadsts(t, err); status != 401 || !strings.Contains(text, c.refused) {
				t.Errorf("status %d, body %s", status, text)
			}
		})
	}
}

func TestAssertionRefused(t *testing.T) {
	t.Parallel()
	now := time.Now()
	registered := certificate(t, keys()[0], now.Add(-time.Hour), now.Add(time.Hour))
	s := start(t, func(c *entratest.Config) { c.Tenants[0].Apps[0].Certificates = []*x509.Certificate{registered} })
	endpoint := s.AuthorityURL() + "/" + entratest.ContosoID + "/oauth2/v2.0/token"
	thumbprint := sha1.Sum(registered.Raw)
	assertion := func(change func(header, claims map[string]any), key *rsa.PrivateKey) string {
		header := map[string]any{"alg": "RS256", "typ": "JWT", "x5t": base64.RawURLEncoding.EncodeToString(thumbprint[:])}
		claims := map[string]any{
			"aud": endpoint, "iss": entratest.ContosoClient, "sub": entratest.ContosoClient, "jti": rand.Text(),
			"nbf": now.Unix(), "exp": now.Add(10 * time.Minute).Unix(),
		}
		change(header, claims)
		return sign(t, key, header, claims)
	}
	post := func(t *testing.T, text string) string {
		t.Helper()
		res, err := s.Client().PostForm(endpoint, url.Values{
			"client_id": {entratest.ContosoClient}, "grant_type": {"client_credentials"}, "scope": {"https://graph.microsoft.com/.default"},
			"client_assertion": {text}, "client_assertion_type": {"urn:ietf:params:oauth:client-assertion-type:jwt-bearer"},
		})
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = res.Body.Close() }()
		if res.StatusCode == http.StatusOK {
			return "accepted"
		}
		var body struct {
			Description string `json:"error_description"`
		}
		if err := json.NewDecoder(res.Body).Decode(&body); err != nil {
			t.Fatal(err)
		}
		return body.Description
	}
	for _, c := range []struct {
		name   string
		change func(header, claims map[string]any)
		key    *rsa.PrivateKey
		want   string
	}{
		{"RS256 and x5t", func(_, _ map[string]any) {}, keys()[0], "accepted"},
		{"list of audiences", func(_, c map[string]any) { c["aud"] = []string{"x", endpoint} }, keys()[0], "accepted"},
		{"other key", func(_, _ map[string]any) {}, keys()[1], "AADSTS700027: Client assertion contains an invalid signature"},
		{"no algorithm", func(h, _ map[string]any) { h["alg"] = "none" }, keys()[0], "AADSTS700027"},
		{"made out to another", func(_, c map[string]any) { c["aud"] = "https://login.example.com/x/oauth2/v2.0/token" }, keys()[0], "AADSTS700023"},
		{"made out to another tenant", func(_, c map[string]any) { c["aud"] = s.AuthorityURL() + "/fabrikam.com/oauth2/v2.0/token" }, keys()[0], "AADSTS700023"},
		{"about another application", func(_, c map[string]any) { c["sub"] = "somebody" }, keys()[0], "AADSTS700021"},
		{"from a stranger", func(_, c map[string]any) { c["iss"] = "https://issuer.example.com" }, keys()[0], "AADSTS700211"},
		{"without an id", func(_, c map[string]any) { delete(c, "jti") }, keys()[0], "AADSTS50027"},
		{"without a thumbprint", func(h, _ map[string]any) { delete(h, "x5t") }, keys()[0], "AADSTS50027"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := post(t, assertion(c.change, c.key)); !strings.HasPrefix(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
	t.Run("used twice", func(t *testing.T) {
		t.Parallel()
		text := assertion(func(_, _ map[string]any) {}, keys()[0])
		if got := post(t, text); got != "accepted" {
			t.Fatal(got)
		}
		if got := post(t, text); !strings.HasPrefix(got, "AADSTS50027") {
			t.Errorf("the second time: %q", got)
		}
	})
	if got := post(t, "not.a.token"); !strings.HasPrefix(got, "AADSTS50027") {
		t.Errorf("malformed: %q", got)
	}
}

func TestTokenByFederation(t *testing.T) {
	t.Parallel()
	s := start(t, func(c *entratest.Config) {
		c.Tenants[0].Apps[0].Federations = []entratest.Federation{{
			Issuer: "https://issuer.example.com", Subject: "system:serviceaccount:default:legacyauth", Key: &keys()[0].PublicKey,
		}}
	})
	for _, c := range []struct {
		name, issuer, subject, audience string
		key                             *rsa.PrivateKey
		until                           time.Duration
		refused                         string
	}{
		{"as registered", "https://issuer.example.com", "system:serviceaccount:default:legacyauth", "api://AzureADTokenExchange", keys()[0], time.Hour, ""},
		{"other issuer", "https://other.example.com", "system:serviceaccount:default:legacyauth", "api://AzureADTokenExchange", keys()[0], time.Hour, "AADSTS700211"},
		{"other subject", "https://issuer.example.com", "somebody", "api://AzureADTokenExchange", keys()[0], time.Hour, "AADSTS700213"},
		{"other audience", "https://issuer.example.com", "system:serviceaccount:default:legacyauth", "sts.example.com", keys()[0], time.Hour, "AADSTS700212"},
		{"other key", "https://issuer.example.com", "system:serviceaccount:default:legacyauth", "api://AzureADTokenExchange", keys()[1], time.Hour, "AADSTS50013"},
		{"expired", "https://issuer.example.com", "system:serviceaccount:default:legacyauth", "api://AzureADTokenExchange", keys()[0], -time.Hour, "AADSTS700024"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			text := sign(t, c.key, map[string]any{"alg": "RS256", "kid": "1"}, map[string]any{
				"iss": c.issuer, "sub": c.subject, "aud": c.audience, "exp": time.Now().Add(c.until).Unix(), "nbf": time.Now().Add(-2 * time.Hour).Unix(),
			})
			credential := confidential.NewCredFromAssertionCallback(func(context.Context, confidential.AssertionRequestOptions) (string, error) {
				return text, nil
			})
			for range 2 { // a platform's token is used again
				_, err := acquire(s, client(t, s, credential))
				if c.refused == "" {
					if err != nil {
						t.Error(err)
					}
					continue
				}
				if status, body := aadsts(t, err); status != 401 || !strings.Contains(body, c.refused) {
					t.Errorf("status %d, body %s", status, body)
				}
			}
		})
	}
}
