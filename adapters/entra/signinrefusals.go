package entra

const (
	certificateExpired = "The {credential} has expired."
	newCertificate     = "Create one and add it to the app registration: `openssl req -x509 -newkey rsa:2048 -nodes -days 365 -subj /CN=legacyauth -keyout app.pem -out app.crt && cat app.crt >> app.pem`, then `az ad app credential reset --id {client} --cert @app.crt --append`."
	grantConsent       = "An administrator consents at {consent}"
	whichTenant        = "Copy the Tenant ID from the overview page of {portal}; for a tenant in a national cloud, set cloud to usgov, usgovdod or china."
)

// signInRefusals explains the numbers of the authority's refusals.
// https://learn.microsoft.com/entra/identity-platform/reference-error-codes (read 2026-11-23)
var signInRefusals = []struct {
	numbers    []int
	code       Code
	reason, do string
}{
	{
		[]int{90002, 900023, 50059},
		CodeWrongTenant,
		"There is no tenant {tenant} in {cloud}.",
		whichTenant,
	},
	{
		[]int{50020, 50034, 90072, 500021},
		CodeWrongTenant,
		"The account that signed in does not belong to tenant {tenant}.",
		"Sign in with an account of that tenant, in a private browser window if another one is signed in.",
	},
	{
		[]int{700016, 70001},
		CodeUnknownApp,
		"Tenant {tenant} has no app registration {client}.",
		"Check that the tenant ID and the client ID belong together; `legacyauth entra-app` creates the registration, and one made in another tenant needs consent at {consent}",
	},
	{
		[]int{7000112},
		CodeAppDisabled,
		"The app registration {client} is switched off in tenant {tenant}.",
		"Switch it on: {portal}, Enterprise applications, the app, Properties, \"Enabled for users to sign-in?\".",
	},
	{
		[]int{7000215, 70002, 7000216},
		CodeSecretWrong,
		"The client secret from {credential} is not one of app registration {client}.",
		"Use the secret's value, not its ID. A lost value cannot be shown again: `az ad app credential reset --id {client} --append` makes a new one; a certificate is better.",
	},
	{
		[]int{7000222},
		CodeSecretExpired,
		"The client secret from {credential} has expired.",
		"`az ad app credential reset --id {client} --append` makes a new one; a certificate is better.",
	},
	{
		[]int{700027, 50027, 700021, 700023, 5002723},
		CodeCertificate,
		"The {credential} is not one of app registration {client}.",
		"Compare the thumbprint with {portal}, App registrations, the app, Certificates & secrets; `az ad app credential reset --id {client} --cert @app.crt --append` adds the certificate.",
	},
	{
		[]int{70021, 700211, 700212, 700213, 70025, 50013},
		CodeFederation,
		"App registration {client} has no federated credential that matches the assertion in {credential}.",
		"Compare issuer, subject and audience, letter by letter: `az ad app federated-credential list --id {client}` shows what is expected, and the assertion's middle part, base64-decoded, what is sent.",
	},
	{
		[]int{65001, 65004, 65005, 650052, 650056, 650057, 90093, 90094, 90095},
		CodeConsent,
		"Nobody has consented to the permissions of app registration {client} in tenant {tenant}.",
		grantConsent,
	},
	{
		[]int{7000218},
		CodePublicClient,
		"App registration {client} does not allow signing in with a device code.",
		"`az ad app update --id {client} --is-fallback-public-client true` allows it; leaving the client ID out signs in as Microsoft Graph Command Line Tools instead.",
	},
	{
		[]int{70018},
		CodeDeviceCode,
		"The sign-in with the device code was declined.",
		"Start again, and accept in the browser.",
	},
	{
		[]int{70019, 70020},
		CodeDeviceCode,
		"The device code was not entered in time.",
		"Start again, and enter the new code within 15 minutes.",
	},
	{
		[]int{53000, 53001, 53002, 53003, 53004, 53011, 530003, 530021, 530032, 530034, 530035, 50005, 50076, 50079, 50158},
		CodeSignInBlocked,
		"A policy of tenant {tenant} blocks this sign-in.",
		"Look at the failed sign-in in {portal}, Monitoring & health, Sign-in logs: its Conditional Access tab names the policy. Device code is often blocked on purpose; a certificate works then.",
	},
	{
		[]int{50057, 50053, 50105},
		CodeSignInBlocked,
		"The account that signed in is disabled, locked, or not assigned to app registration {client}.",
		"Use another account, or assign it: {portal}, Enterprise applications, the app, Users and groups.",
	},
	{
		[]int{900382, 900432, 900439, 90038, 90043, 90051, 500011},
		CodeCloud,
		"Tenant {tenant} or app registration {client} does not live in {cloud}.",
		"Set cloud to the one where both live: global, usgov, usgovdod or china.",
	},
	{
		[]int{90033, 90055, 50196, 90006},
		CodeUnavailable,
		"Microsoft's sign-in service is not available just now.",
		"Try again in a few minutes; https://status.cloud.microsoft shows outages.",
	},
}
