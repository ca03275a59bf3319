package entratest

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"strconv"
	"time"

	"github.com/go-json-experiment/json/jsontext"
)

// Sample says what a made-up log looks like.
type Sample struct {
	// Rows is how many sign-ins there are in all, Legacy how many of them use
	// a legacy protocol.
	Rows, Legacy int
	// Until and Over are when the log ends and how long it is; sign-ins are
	// spread evenly over it, newest last.
	Until time.Time
	Over  time.Duration
	// Late is how long after its time a row appears in the log.
	Late time.Duration
	// Seed makes another log of the same kind.
	Seed uint64
	// Tenant is the tenant's ID, named in the rows.
	Tenant string
}

// All makes the rows, the same ones each time. Their JSON is made when it is
// asked for, so a log of 200,000 rows takes some tens of megabytes.
func (s Sample) All() iter.Seq[Row] {
	return func(yield func(Row) bool) {
		random := rand.New(rand.NewPCG(s.Seed, 0x1e6acc)) //nolint:gosec // a repeatable log is wanted, not a secret
		modern, legacy, people := s.rows(modernClients()), s.rows(legacyClients()), samplePeople()
		for i := range s.Rows {
			kinds := modern
			// Spread the legacy rows as evenly as the others.
			if (i+1)*s.Legacy/s.Rows > i*s.Legacy/s.Rows {
				kinds = legacy
			}
			r := kinds[random.IntN(len(kinds))]
			person := people[random.IntN(len(people))]
			r.UserID, r.User, r.IP = person.UserID, person.User, person.IP
			r.ID = sampleID(random)
			r.Time = s.Until.Add(-s.Over + time.Duration(float64(s.Over)*(float64(i)+0.5)/float64(s.Rows))).UTC().Truncate(time.Second)
			if s.Late > 0 {
				r.Visible = r.Time.Add(s.Late)
			}
			if !yield(r) {
				return
			}
		}
	}
}

// rows makes a pattern of each kind of sign-in, whose function all rows of the
// kind share.
func (s Sample) rows(clients []sampleClient) []Row {
	patterns := make([]Row, len(clients))
	for i, c := range clients {
		patterns[i] = Row{
			Event: c.event, ClientApp: c.app, ErrorCode: c.code, AppID: exchangeAppID,
			Append: func(dst []byte, r *Row) []byte { return r.appendSample(dst, c, s.Tenant) },
		}
	}
	return patterns
}

// samplePeople are who signs in and from where.
func samplePeople() []Row {
	people := make([]Row, 500)
	for i := range people {
		people[i] = Row{
			UserID: fmt.Sprintf("00000000-0000-4000-8000-%012d", i),
			User:   "person" + strconv.Itoa(i) + "@contoso.com",
			IP:     "192.0.2." + strconv.Itoa(1+i%254),
		}
	}
	return people
}

func sampleID(random *rand.Rand) string {
	a, b := random.Uint64(), random.Uint64()
	return fmt.Sprintf("%08x-%04x-%04x-%04x-%012x", a>>32, a>>16&0xffff, a&0xffff, b>>48, b&0xffffffffffff)
}

// sampleClient is one kind of sign-in in a made-up log.
type sampleClient struct {
	app, event, protocol, agent, system, resource string
	code                                          int
	status                                        string
}

func legacyClients() []sampleClient {
	return []sampleClient{
		{"Exchange ActiveSync", NonInteractive, "ropc", "Apple-iPhone14C5/2107.461", "", "Office 365 Exchange Online", 0, "notApplied"},
		{"Authenticated SMTP", Interactive, "ropc", "BAV2ROPC", "", "Office 365 Exchange Online", 0, "notApplied"},
		{"IMAP4", NonInteractive, "ropc", "BAV2ROPC", "", "Office 365 Exchange Online", 0, "notApplied"},
		{"POP3", Interactive, "ropc", "CBAInPROD", "", "Office 365 Exchange Online", 50126, "notApplied"},
		{"Other clients", NonInteractive, "ropc", "BAV2ROPC", "", "Office 365 Exchange Online", 53003, "failure"},
		{"Exchange Web Services", NonInteractive, "ropc", "ExchangeServicesClient/14.02.0051.000", "", "Office 365 Exchange Online", 0, "notApplied"},
	}
}

func modernClients() []sampleClient {
	return []sampleClient{
		{"Browser", Interactive, "oAuth2", "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36", "Windows10", "Microsoft Graph", 0, "success"},
		{"Mobile Apps and Desktop clients", NonInteractive, "oAuth2", "Outlook-iOS/2.0", "Ios 26.1", "Office 365 Exchange Online", 0, "success"},
		{"Mobile Apps and Desktop clients", NonInteractive, "oAuth2", "Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.19029; Pro)", "Windows10", "Office 365 Exchange Online", 0, "success"},
	}
}

// appendSample writes a row in the shape of
// https://learn.microsoft.com/graph/api/resources/signin?view=graph-rest-beta
// (as of 2026-10).
func (r *Row) appendSample(dst []byte, c sampleClient, tenant string) []byte {
	text := func(name, value string) {
		dst = append(dst, ',', '"')
		dst = append(dst, name...)
		dst = append(dst, '"', ':')
		dst, _ = jsontext.AppendQuote(dst, value)
	}
	raw := func(s string) { dst = append(dst, s...) }
	raw(`{"id":"` + r.ID + `"`)
	text("createdDateTime", r.Time.Format(time.RFC3339))
	text("userDisplayName", "Person "+r.UserID[len(r.UserID)-3:])
	text("userPrincipalName", r.User)
	text("userId", r.UserID)
	text("appId", r.AppID)
	text("appDisplayName", "Office 365 Exchange Online")
	text("ipAddress", r.IP)
	raw(`,"ipAddressFromResourceProvider":null`)
	text("clientAppUsed", r.ClientApp)
	text("userAgent", c.agent)
	text("correlationId", stableGUID(r.ID))
	text("conditionalAccessStatus", c.status)
	text("originalRequestId", r.ID)
	raw(`,"isInteractive":` + strconv.FormatBool(r.Event == Interactive))
	text("tokenIssuerType", "AzureAD")
	text("authenticationProtocol", c.protocol)
	text("incomingTokenType", "none")
	text("clientCredentialType", "none")
	raw(`,"autonomousSystemNumber":64496,"processingTimeInMilliseconds":112`)
	text("riskDetail", "none")
	text("riskLevelAggregated", "none")
	text("riskLevelDuringSignIn", "none")
	text("riskState", "none")
	raw(`,"riskEventTypes_v2":[]`)
	text("resourceDisplayName", c.resource)
	text("resourceId", exchangeAppID)
	text("resourceTenantId", tenant)
	text("homeTenantId", tenant)
	text("userType", "member")
	text("authenticationRequirement", "singleFactorAuthentication")
	raw(`,"signInEventTypes":["` + r.Event + `"]`)
	raw(`,"status":{"errorCode":` + strconv.Itoa(r.ErrorCode))
	text("failureReason", map[bool]string{true: "Other.", false: "Sign-in was not completed."}[r.ErrorCode == 0])
	raw(`,"additionalDetails":null},"deviceDetail":{"deviceId":"","displayName":""`)
	text("operatingSystem", c.system)
	raw(`,"browser":"","isCompliant":false,"isManaged":false,"trustType":""}`)
	raw(`,"location":{"city":"Springfield","state":"","countryOrRegion":"US","geoCoordinates":{"altitude":null,"latitude":39.8,"longitude":-89.6}}`)
	raw(`,"appliedConditionalAccessPolicies":[{"id":"` + samplePolicy + `","displayName":"Block legacy authentication","enforcedGrantControls":["Block"],"enforcedSessionControls":[],"result":`)
	if r.ClientApp == "Browser" || r.ClientApp == "Mobile Apps and Desktop clients" {
		raw(`"reportOnlyNotApplied"}]`)
	} else {
		raw(`"reportOnlyFailure"}]`)
	}
	raw(`,"authenticationProcessingDetails":[{"key":"Legacy TLS (TLS 1.0, 1.1, 3DES)","value":"False"}]`)
	raw(`,"networkLocationDetails":[],"authenticationDetails":[],"authenticationRequirementPolicies":[],"sessionLifetimePolicies":[]}`)
	return dst
}
