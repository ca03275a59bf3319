package detect

import (
	"cmp"

	"legacyauth/detect/useragent"
)

// decoded is an agent's device with its identity, worked out once per agent
// and shared by its clients.
type decoded struct {
	agent    string
	device   Device
	identity string
	kind     DeviceKind // that the agent names
}

// compare orders the devices of one client whose rows have one time.
func (d *decoded) compare(other *decoded) int {
	return cmp.Or(cmp.Compare(d.agent, other.agent), cmp.Compare(d.device.Version, other.device.Version))
}

// agents remembers what agents and device details name.
type agents struct {
	decoded map[string]*decoded
	details map[detail]*decoded
}

// maxDecoded bounds the agents remembered; past it an agent is decoded again
// each time.
const maxDecoded = 8192

func newAgents() agents {
	return agents{decoded: map[string]*decoded{}, details: map[detail]*decoded{}}
}

// of gives the device of a row.
func (a *agents) of(s *SignIn) *decoded {
	if s.Agent == "" {
		return a.fromDetail(s)
	}
	if d, ok := a.decoded[s.Agent]; ok {
		return d
	}
	device := useragent.Decode(s.Agent)
	d := &decoded{agent: s.Agent, device: device, identity: device.Identity(), kind: kindOfAgent(s.Agent, device)}
	if len(a.decoded) < maxDecoded {
		a.decoded[s.Agent] = d
	}
	return d
}

func (a *agents) fromDetail(s *SignIn) *decoded {
	key := detailOf(s)
	if d, ok := a.details[key]; ok {
		return d
	}
	device := key.device()
	d := &decoded{device: device, identity: device.Identity()}
	if len(a.details) < maxDecoded {
		a.details[key] = d
	}
	return d
}
