package explain

import (
	"errors"

	"legacyauth/detect"
	"legacyauth/detect/useragent"
)

// device gives the entry for a device. Where a family has several, the library
// of playbooks decides, so that the words never contradict the playbook.
func (l *library) device(d useragent.Device) *entry {
	entries := l.agents[d.Family]
	if len(entries) == 1 {
		return entries[0]
	}
	playbook := l.playbooks.For(detect.Client{Device: d, Protocol: detect.Unknown, Verdict: detect.InUse}).ID
	for _, e := range entries {
		if e.fits(d, playbook) {
			return e
		}
	}
	return entries[len(entries)-1]
}

// fits says whether e, one of several entries of a family, is the one for a
// device. An entry with a model is for that model alone, whatever its version
// and the library's playbook; any other is for the devices that the library
// gives its playbook, a versionless one for those of them without a version.
func (e *entry) fits(d useragent.Device, playbook string) bool {
	if e.Model != "" {
		return e.Model == d.Model
	}
	return e.Playbook == playbook && (!e.Versionless || d.Version == "")
}

// fitsBeside says whether e can be told from the entries before it.
func fitsBeside(e *entry, before []*entry) error {
	for _, other := range before {
		switch {
		case e.Playbook == "" || other.Playbook == "":
			return errors.New("want a playbook in each of several entries of a family")
		case other.Model == e.Model && other.Playbook == e.Playbook && !other.Versionless:
			return errors.New(other.ID + " of the same family stands before it and fits every device that it fits")
		}
	}
	return nil
}
