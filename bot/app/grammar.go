package app

import (
	"cmp"
	"reflect"
	"strings"

	"github.com/alecthomas/kong"

	"legacyauth/bot/cli"
)

// globals are the options of every command.
type globals struct {
	Version  kong.VersionFlag `name:"version" help:"Print the version and stop."`
	LogLevel string           `default:"warn" enum:"debug,info,warn,error" env:"LEGACYAUTH_LOG" help:"How much to log on standard error: ${enum}."`
}

// grammar is the command line.
type grammar struct {
	globals

	Demo        cli.Demo        `cmd:"" help:"Show the whole answer on an embedded sample tenant: no network, no account."`
	Scan        cli.Scan        `cmd:"" help:"Find the clients that still use legacy authentication, in downloaded sign-in logs or in the tenant itself."`
	Check       cli.Check       `cmd:"" help:"Say what a tenant's settings mean for the migration."`
	Doctor      cli.Doctor      `cmd:"" help:"Try every prerequisite of scanning a tenant, each with its fix."`
	EntraApp    cli.EntraApp    `cmd:"" name:"entra-app" help:"Print how to register the application in a tenant."`
	Manifest    cli.Manifest    `cmd:"" help:"Print how to make the bot's app on a chat platform."`
	Serve       cli.Serve       `cmd:"" help:"Keep watch: scan tenants on their schedules, remember every client and send what is news."`
	Status      cli.Status      `cmd:"" help:"Show how the watch stands."`
	Schedule    cli.Schedule    `cmd:"" help:"List when each tenant is scanned next."`
	Chat        cli.Chat        `cmd:"" help:"Answer at this terminal what the bot answers in chat."`
	Roles       cli.Roles       `cmd:"" help:"Show who may do what in chat."`
	Link        cli.Link        `cmd:"" help:"Say which account people in chat have: list, import, remove."`
	Alerts      cli.Alerts      `cmd:"" help:"List, add and remove the places that hear what is news."`
	Notify      cli.Notify      `cmd:"" help:"Tell one person about their devices."`
	Campaign    cli.Campaign    `cmd:"" help:"Tell many people, with manners: status, start, confirm, pause, resume, stop, report."`
	Block       cli.Block       `cmd:"" help:"Print the commands that block legacy authentication for a pilot, and say what came of it."`
	Export      cli.Export      `cmd:"" help:"Write what a campaign came to as a workbook, tables or a page to print."`
	Unreachable cli.Unreachable `cmd:"" help:"List who cannot be messaged, with a mail for each to send instead."`
	Audit       cli.Audit       `cmd:"" help:"List and verify the trail of who did what, when and why."`
	Backup      cli.Backup      `cmd:"" help:"Copy the database while it is in use."`
	Purge       cli.Purge       `cmd:"" help:"Remove what is known of a user, or old history."`
	Bench       cli.Bench       `cmd:"" help:"Compare the speed and the answer with those of DuckDB, jq, Python and PowerShell, on your own log."`
	Explain     cli.Explain     `cmd:"" help:"Say what a user agent, an SMTP or EWS error or a sign-in code means."`
	Playbook    cli.Playbook    `cmd:"" help:"List, show and check the playbooks: the steps for each kind of device."`
	Versions    cli.Version     `cmd:"" name:"version" help:"Print the version."`
}

// grammarFor gives the grammar that a command line has to be held to, and the
// options in it: the one command alone where the line begins with its name. Making
// sense of all of them takes a sixth of the start of the program.
func grammarFor(args []string) (flags any, o *globals) {
	word := ""
	if len(args) > 0 {
		word = args[0]
	}
	if len(args) == 1 && word == "--version" {
		word = "version"
	}
	for command := range reflect.TypeFor[grammar]().Fields() {
		if !command.Anonymous && word == cmp.Or(command.Tag.Get("name"), strings.ToLower(command.Name)) {
			alone := reflect.New(reflect.StructOf([]reflect.StructField{
				{Name: "Globals", Type: reflect.TypeFor[globals](), Tag: `embed:""`}, command,
			}))
			return alone.Interface(), alone.Elem().Field(0).Addr().Interface().(*globals)
		}
	}
	g := &grammar{}
	return g, &g.globals
}

// readsLogs says whether a command sets itself how often garbage is collected.
func readsLogs(command *kong.Context) bool {
	words := strings.Fields(command.Command())
	return len(words) > 0 && (words[0] == "scan" || words[0] == "bench")
}

const about = `Finds every device and program of a Microsoft 365 tenant that still uses legacy authentication, and says what to do about each.

Examples:
  legacyauth demo
  legacyauth scan --from InteractiveSignIns.json --from NonInteractiveSignIns.csv --since 30d
  legacyauth scan --since 7d
  legacyauth serve
  legacyauth explain 'Apple-iPhone12C1/1907.71'

Exit codes: 0 done, 1 error, 2 wrong usage, 3 coverage incomplete, 4 found what --fail-on names.`
