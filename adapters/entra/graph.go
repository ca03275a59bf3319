package entra

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/microsoft/kiota-abstractions-go/authentication"
	khttp "github.com/microsoft/kiota-http-go"
	core "github.com/microsoftgraph/msgraph-sdk-go-core"
)

// Version is a version of the Graph API.
type Version string

// The two versions. Only beta has signInEventTypes and authenticationProtocol.
const (
	V1   Version = "v1.0"
	Beta Version = "beta"
)

// Graph answers requests for one tenant. It is safe for several goroutines, and
// keeps nothing open that would need closing.
type Graph struct {
	tenant  Tenant
	base    string // scheme and host
	adapter *core.GraphRequestAdapterBase
	client  *http.Client
	tokens  *tokens
	words   *words
	opt     Options
	ends    time.Time

	throttling *throttling
}

// Open checks the configuration, reads the credential's files and gets ready. It
// asks nobody yet: the first request signs in. Its error is an *Error.
func Open(t Tenant, o Options) (*Graph, error) {
	if err := t.Check(); err != nil {
		return nil, err
	}
	o = o.withDefaults()
	t.Cloud = placed(t.cloud(), o)
	w := &words{tenant: t, credential: t.Credential.Kind(), skew: &skew{}}
	file, err := openCache(t, o)
	if err != nil {
		return nil, err
	}
	carrier := o.carrier()
	signIn, err := t.Credential.open(setup{
		tenant: t, words: w, opt: o, authority: newAuthority(o, w, carrier),
		cache: &tokenCache{file: file, notify: o.Notify},
	})
	if err != nil {
		return nil, err
	}
	w.credential = signIn.what
	g := &Graph{tenant: t, base: orElse(o.GraphURL, t.Cloud.Graph), words: w, opt: o, ends: signIn.ends, throttling: &throttling{}}
	if err := g.connect(signIn, carrier); err != nil {
		return nil, err
	}
	return g, nil
}

// placed puts the addresses of a test in place of the cloud's.
func placed(c Cloud, o Options) Cloud {
	if o.Authority != "" {
		c.Authority, c.aliases = strings.TrimSuffix(o.Authority, "/"), nil
	}
	return c
}

// connect builds the SDK's adapter. One serves both versions, because every
// request carries its whole address; the adapter's base address, which would
// overwrite a request's own, is never set.
func (g *Graph) connect(signIn login, carrier http.RoundTripper) error {
	home, err := url.Parse(g.base)
	if err != nil || originOf(home) == "" {
		return configError("The address "+shorten(g.base)+" of Microsoft Graph is not one.", "Write it as https://host.")
	}
	g.tokens = &tokens{home: originOf(home), login: signIn, words: g.words, turn: make(chan struct{}, 1)}
	product, version, _ := strings.Cut(g.opt.Agent, "/")
	retry := retryOptions(g.opt.Now)
	// In this order, always; the SDK's own list comes in a random one.
	middleware := []khttp.Middleware{
		core.NewGraphTelemetryHandler(&core.GraphClientOptions{}),
		khttp.NewUserAgentHandlerWithOptions(&khttp.UserAgentHandlerOptions{Enabled: true, ProductName: product, ProductVersion: version}),
		khttp.NewRedirectHandlerWithOptions(khttp.RedirectHandlerOptions{MaxRedirects: 3, ShouldRedirect: sameHost}),
		khttp.NewRetryHandlerWithOptions(retry),
		pace{lane: g.opt.Budget.lane(g.words.tenant.ClientID, g.tenant.TenantID), words: g.words, opt: g.opt, throttling: g.throttling},
	}
	g.client = &http.Client{
		Transport:     khttp.NewCustomTransportWithParentTransport(carrier, middleware...),
		CheckRedirect: stay,
		// No Timeout: it would count the time spent waiting for the budget.
	}
	g.adapter, err = core.NewGraphRequestAdapterBaseWithParseNodeFactoryAndSerializationWriterFactoryAndHttpClient(
		authentication.NewBaseBearerTokenAuthenticationProvider(g.tokens), core.GraphClientOptions{}, nil, nil, g.client)
	if err != nil {
		return configError("The Graph library cannot be set up.", "This is a defect of legacyauth; please report it.")
	}
	return nil
}

// Get asks for one address and hands the answer's body to read, as it arrives.
//
// The address is a path with its encoded query ("/auditLogs/signIns?$top=1000"),
// below the given version, or a whole nextLink, which must lead to Graph itself.
// Until read is called, a failure that may pass is tried again a few times; from
// then on it is not, because read has seen a part. An answer that breaks off
// comes back as an *Error with CodeCutShort, whatever read returned; otherwise
// the error of read comes back as it is. All other failures are an *Error or the
// context's error.
func (g *Graph) Get(ctx context.Context, v Version, address string, headers map[string]string, read func(body io.Reader) error) error {
	to, err := g.locate(v, address)
	if err != nil {
		return err
	}
	var p patience
	for {
		begun, err := g.once(ctx, to, headers, read)
		if err == nil || begun {
			return err
		}
		wait, again := p.again(g, err)
		if !again {
			return err
		}
		if err := sleep(ctx, wait); err != nil {
			return err
		}
	}
}

// locate makes the whole address, and refuses one outside Graph.
func (g *Graph) locate(v Version, address string) (*url.URL, error) {
	if strings.HasPrefix(address, "/") && !strings.HasPrefix(address, "//") {
		address = g.base + "/" + string(v) + address
	}
	to, err := url.Parse(address)
	if err != nil || strings.ContainsAny(address, " \t\r\n") {
		return nil, &Error{Code: CodeQuery, Reason: "The address of a request to Microsoft Graph is malformed.", Do: "This is a defect of legacyauth; please report it."}
	}
	if err := g.tokens.belongs(to); err != nil {
		return nil, err
	}
	// The same place, in the one spelling that certificates and proxies know.
	to.Host, to.Fragment = hostOf(g.base), ""
	return to, nil
}

// Tenant is the tenant this Graph was opened for.
func (g *Graph) Tenant() Tenant { return g.tenant }

// Grants signs in, if that has not been done, and tells what the token says it
// may do.
func (g *Graph) Grants(ctx context.Context) (Grants, error) {
	home, err := url.Parse(g.base)
	if err != nil {
		return Grants{}, configError("The address of Microsoft Graph is malformed.", "Write it as https://host.")
	}
	if _, err := g.tokens.GetAuthorizationToken(ctx, home, nil); err != nil {
		return Grants{}, err
	}
	grants, _, _ := g.tokens.last()
	return grants, nil
}

// Skew is how far this machine's clock is behind Microsoft's, negative when it is
// ahead; ok is false before the first answer. It is exact to about a second.
func (g *Graph) Skew() (behind time.Duration, ok bool) { return g.words.skew.known() }

// CredentialEnds is when the certificate ends; zero when that is not known, as
// for a client secret, whose end only Microsoft knows.
func (g *Graph) CredentialEnds() time.Time { return g.ends }

// String names the tenant, and nothing that is secret.
func (g *Graph) String() string { return fmt.Sprintf("Microsoft Graph for tenant %s", g.tenant) }
