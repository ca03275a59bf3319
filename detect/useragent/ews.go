package useragent

import "strings"

// ewsLibraries lists what programs use to speak Exchange Web Services.
//
// https://github.com/ua-parser/uap-core tests, read 2026-11-22; the forms of
// exchangelib and those after it are not published.
var ewsLibraries = []rule{
	{product: "exchangeservicesclient", family: EWSLibrary, model: "EWS Managed API"},
	{product: "ews managed api", family: EWSLibrary, model: "EWS Managed API"},
	{product: "exchangelib", family: EWSLibrary, model: "exchangelib"},
	{product: "ews-java-api", family: EWSLibrary, model: "EWS Java API"},
	{product: "ews-javascript-api", family: EWSLibrary, model: "EWS JavaScript API"},
	{product: "node-ews", family: EWSLibrary, model: "node-ews"},
	{product: "php-ews", family: EWSLibrary, model: "php-ews"},
	{product: "ewseditor", family: EWSLibrary, model: "EWSEditor"},
	{product: "davmail", family: EWSLibrary, model: "DavMail"},
}

// readEWS knows programs built on an EWS library. A program that names itself
// before the library, as in "ERP-Connector/2.1 (EWS Managed API 2.2)", is known
// by its own name.
func readEWS(a agent) (Device, bool) {
	d, ok := readRules(ewsLibraries, a)
	if !ok {
		return Device{}, false
	}
	own := productToken(a.text)
	if own == "" || strings.EqualFold(own, d.Model) || strings.HasPrefix(a.lower, "mozilla/") {
		return d, true
	}
	first := agent{text: own, lower: lowerASCII(own)}
	if _, library := readRules(ewsLibraries, first); library || strings.HasPrefix(a.lower, "ews managed api") {
		return d, true
	}
	if _, library := readRules(scripts, first); library {
		return d, true
	}
	d.Evidence = []string{"agent names " + own, "it is built on " + d.Model}
	d.Model, d.Version = own, ""
	if at := strings.Index(a.text, own); at >= 0 {
		d.Version = versionAt(a.text, at+len(own))
	}
	return d, true
}
