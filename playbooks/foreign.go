package playbooks

// foreign gives the words for a slot in a language that is not English, for the
// person who uses the device.
func (w words) foreign(s slot) string {
	l := w.Language
	if id, ok := s.entry(); ok {
		if r, ok := w.calendar.byID(id); ok {
			return r.Say(l)
		}
		return l.Say("general.retires")
	}
	switch s {
	case slotRetires:
		if w.retirement.ID != "" {
			return w.retirement.Say(l)
		}
	case slotDays:
		if w.retirement.ID != "" {
			return l.Left(w.retirement.Date, dayOf(w.Today))
		}
	case slotDevice:
		if w.Client != nil {
			return l.Yours(w.Client.Device)
		}
	case slotFirst:
		if w.Client != nil && !w.Client.First.IsZero() {
			return l.Date(w.Client.First)
		}
	case slotLast:
		if w.Client != nil && !w.Client.Last.IsZero() {
			return l.Date(w.Client.Last)
		}
	case slotCountry:
		if country := w.fact(s); country != "" {
			return l.Country(country)
		}
	default:
		if fact := w.fact(s); fact != "" && !isMarker(fact) {
			return fact
		}
	}
	return l.Say(generalKey(s))
}

// generalKey gives the key of what a slot reads as when nothing is known.
func generalKey(s slot) string {
	switch s {
	case slotUser:
		return "general.user"
	case slotName:
		return "general.name"
	case slotContact:
		return "general.contact"
	case slotDevice, slotModel:
		return "general.device"
	case slotOS:
		return "general.os"
	case slotVersion:
		return "general.version"
	case slotProtocol:
		return "general.protocol"
	case slotApp:
		return "general.app"
	case slotNetwork:
		return "general.network"
	case slotCountry:
		return "general.country"
	case slotSignIns:
		return "general.signins"
	case slotRetires:
		return "general.retires"
	case slotDays:
		return "general.days"
	}
	return "general.unknown"
}
