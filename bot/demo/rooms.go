package demo

import (
	"time"

	"legacyauth/bot/demo/graphlog"
	"legacyauth/detect"
	"legacyauth/detect/useragent"
)

// roomsApp is how Teams Rooms on Windows signs in to Teams.
var roomsApp = graphlog.Application{ID: "1fec8e78-bce4-4aaf-ab1b-5451cc387264", Name: "Microsoft Teams"}

// rooms plays meeting rooms. Some fetch their calendar by legacy protocols; all
// sign in to Teams with a password for a token (ropc), which is modern by
// design.
// https://learn.microsoft.com/microsoftteams/rooms/rooms-authentication, read 2026-11-22
func rooms(s *scene) {
	room := func(name, display string, at *site) *account { return s.enroll(name, display, at) }
	accounts := []*account{
		room("mtr-berlin", "Room Spree", berlin),
		room("conf-lisbon", "Room Tejo", lisbon),
		room("mtr-chicago", "Room Lakeside", chicago),
		room("room-singapore", "Room Merlion", singapore),
	}
	ews := func(who, agent string, verdict detect.Verdict, code int) story {
		return story{
			who: who, protocol: detect.EWS, app: "Exchange Web Services", agent: agent, family: useragent.TeamsRoom,
			verdict: verdict, code: code, when: roundTheClock(0.5), where: atOffice,
		}
	}
	other := ews("conf-lisbon", "", detect.InUse, 0)
	other.protocol, other.app = detect.Other, "Other clients"
	s.tell(
		ews("mtr-berlin", translated, detect.InUse, 0),
		other,
		ews("mtr-chicago", "SkypeRoomSystem/4.19.57.0", detect.Blocked, 53003),
		ews("room-singapore", translated, detect.Broken, 50126),
	)

	r := s.chance("rooms")
	for _, a := range accounts {
		s.days(a.site, func(midnight time.Time) {
			for _, t := range between(r, midnight, 1, 5, 7) {
				row := s.legacy(r, a, t, a.office(), 0)
				row.ClientApp, row.Resource, row.App = "Mobile Apps and Desktop clients", graphAPI, roomsApp
				row.Agent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) TeamsRooms/5.4.214.0 Chrome/132.0.0.0 Safari/537.36"
				row.Policies, row.CAStatus = applied("notApplied", "reportOnlyNotApplied"), "notApplied"
				s.log(row, nil)
			}
		})
	}
}
