package tables

import (
	"slices"
	"strings"

	"legacyauth/detect/logrow/rawjson"
)

// OfRow says what a row of JSON that is not a sign-in comes from, by its keys and
// by the categories that its log has given.
func OfRow(row []byte, categories []string) *Refusal {
	keys, code := topKeys(row)
	h := newHeader(keys)
	r := &Refusal{What: notSignIns, Instead: ExportInstead}
	const again = "ask the API again; nothing was exported"
	other := h.otherTable()
	switch {
	case code != "":
		r.What, r.Instead = "an error answer of the API ("+code+")", again
	case h.has("error") && len(h) <= 2:
		r.What, r.Instead = "an error answer of the API", again
	case h.any("recordtype", "workload") && h.any("operation", "operations"):
		r.What = unifiedAudit
	case other != nil && other.What != querySummary:
		return other
	case h.any("riskeventtype", "riskstate", "riskdetail"):
		r.What = riskDetection
	case h.any("provisioningaction", "provisioningstatusinfo", "jobid"):
		r.What = provisioning
	case slices.ContainsFunc(categories, func(c string) bool { return strings.EqualFold(c, "AuditLogs") }):
		r.What = entraAudit
	case len(categories) > 0:
		r.What = "a log of the category " + Safe(categories)
	}
	return r
}

// topKeys gives the keys of an object and of its properties, and the code of an
// error answer.
func topKeys(row []byte) (keys []string, code string) {
	r := rawjson.Reader(row)
	if r.PeekKind() != '{' {
		return nil, ""
	}
	var walk func(depth int) bool
	walk = func(depth int) bool {
		if _, err := r.ReadToken(); err != nil {
			return false
		}
		for r.PeekKind() != '}' {
			name, err := r.ReadToken()
			if err != nil {
				return false
			}
			key := strings.ToLower(name.String())
			if depth == 0 || key != "error" {
				keys = append(keys, key)
			}
			if r.PeekKind() == '{' && depth == 0 && (key == "properties" || key == "error") {
				if !walk(depth + 1) {
					return false
				}
				continue
			}
			raw, err := r.ReadValue()
			if err != nil {
				return false
			}
			if depth == 1 && key == "code" && raw.Kind() == '"' && len(keys) > 1 && keys[0] == "error" {
				code = plain(string(raw[1 : len(raw)-1]))
			}
		}
		_, err := r.ReadToken()
		return err == nil
	}
	walk(0)
	return keys, code
}

// Safe lists names from a log, keeping of each only what is safe in an error:
// letters, digits and underscores, at most 80.
func Safe(names []string) string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = plain(n)
	}
	return strings.Join(out, ", ")
}

func plain(name string) string {
	name = strings.Map(func(r rune) rune {
		if r == '_' || '0' <= r && r <= '9' || 'a' <= r|0x20 && r|0x20 <= 'z' {
			return r
		}
		return -1
	}, name)
	return name[:min(len(name), 80)]
}
