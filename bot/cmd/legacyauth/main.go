// Command legacyauth finds every client of a Microsoft 365 tenant that still
// uses legacy authentication and tells its owner how to move.
package main

import (
	"os"

	"legacyauth/bot/app"
)

func main() { os.Exit(app.New().Run(os.Args[1:])) }
