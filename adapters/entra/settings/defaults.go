package settings

// securityDefaults answers whether security defaults block legacy
// authentication. They know no exceptions and no report-only mode.
func (b blocks) securityDefaults() Item {
	i := Item{
		ID:       "security-defaults",
		Title:    "Security defaults block legacy authentication for everyone",
		Playbook: "block-security-defaults",
	}
	f := b.facts.Defaults
	if !f.Known {
		return unknown(i, f, b.granted)
	}
	if f.Value {
		i = i.when(true, Fine, Fine)
		i.Evidence = []string{"Security defaults are on. They know no exception: every client still in use stops."}
		return i
	}
	i = i.when(false, Fine, Notice)
	i.Evidence = []string{"Security defaults are off."}
	if b.blockedByPolicy() {
		i.Playbook = ""
		i.Evidence = append(i.Evidence, "Conditional Access blocks legacy clients for everyone in their place.")
	}
	if b.byPolicy(otherClients) == No && b.byPolicy(activeSync) == No {
		i.Severity = Problem
		i.Evidence = append(i.Evidence, "No Conditional Access policy stands in for them.")
	}
	return i
}
