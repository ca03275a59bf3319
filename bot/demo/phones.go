package demo

import (
	"legacyauth/bot/demo/graphlog"
	"legacyauth/detect"
	"legacyauth/detect/useragent"
)

// eas is Exchange ActiveSync from something that is carried around.
func eas(who, agent string, family useragent.Family, model, version string, verdict detect.Verdict, code int, perDay float64) story {
	return story{
		who: who, protocol: detect.EAS, app: "Exchange ActiveSync", agent: agent,
		family: family, model: model, version: version, verdict: verdict, code: code,
		when: waking(perDay), where: carried,
	}
}

// applePhones plays the built-in mail of iPhones, iPads and an iPod.
// Agents carry model and build: Apple-iPhone12C1/1808.17 is iPhone12,1 on 18H17.
func applePhones(s *scene) {
	s.enroll("viktor.stein", "Viktor Stein", berlin) // left the company in September
	const app, pad = useragent.IPhone, useragent.IPad

	drawer := eas("jonas.keller", "Apple-iPhone12C8/1708.35", app, "iPhone SE (2nd generation)", "13.7", detect.Blocked, 53003, 0.28)
	drawer.where = atHome
	// The account is disabled; the phone does not know.
	leaver := eas("viktor.stein", "Apple-iPhone10C1/2008.350", app, "iPhone 8", "16.7.10", detect.InUse, 50057, 0.5)
	leaver.where = atHome
	s.tell(
		eas("anna.weber", "Apple-iPhone7C2/1608.81", app, "iPhone 6", "12.5.7", detect.InUse, 0, 0.55),
		eas("tiago.moreira", "Apple-iPhone12C1/1808.17", app, "iPhone 11", "14.8", detect.InUse, 0, 0.66),
		eas("ethan.brooks", "Apple-iPhone9C3/1908.370", app, "iPhone 7", "15.8", detect.InUse, 0, 0.44),
		// New, but restored from the backup of an old phone.
		eas("mia.hartmann", "Apple-iPhone18C3/2302.85", app, "iPhone 17", "26.1", detect.InUse, 0, 0.83),
		// One person, two phones: one signs in, the old one in the drawer is stopped.
		eas("jonas.keller", "Apple-iPhone14C5/2302.85", app, "iPhone 13", "26.1", detect.InUse, 0, 0.55),
		drawer,
		// Stopped by Conditional Access, logged with error code 0.
		eas("beatriz.lopes", "Apple-iPhone11C8/2208.31", app, "iPhone XR", "18.7.1", detect.Blocked, quietlyStopped, 0.77),
		eas("arjun.menon", "Apple-iPhone14C7/2107.93", app, "iPhone 14", "17.6.1", detect.Blocked, 53003, 0.39),
		eas("olivia.reed", "Apple-iPhone12C3/1907.71", app, "iPhone 11 Pro", "15.6", detect.Broken, 50126, 0.72),
		leaver,
		eas("lukas.brandt", "Apple-iPad7C11/2207.100", pad, "iPad (7th generation)", "18.6.2", detect.InUse, 0, 0.33),
		eas("mason.turner", "Apple-iPad11C6/2301.341", pad, "iPad (8th generation)", "26.0", detect.Blocked, 530035, 0.22),
		eas("rui.fonseca", "Apple-iPod9C1/1908.390", useragent.IPod, "iPod touch (7th generation)", "15.8.4", detect.InUse, 0, 0.22),
	)

	update := eas("emma.vogel", "Apple-iPhone13C2/2208.124", app, "iPhone 12", "26.1", detect.InUse, 0, 0.55)
	update.then, update.change = "Apple-iPhone13C2/2302.85", 16

	// Moved to Outlook on the sixth of November.
	moved := eas("wei.lin.tan", "Apple-iPhone15C3/2302.85", app, "iPhone 14 Pro Max", "26.1", detect.InUse, 0, 0.55)
	moved.last = 14

	// Legacy protocol, modern authentication: the account was added with Sign In.
	signedIn := eas("marta.pinto", "Apple-iPhone15C4/2302.85", app, "iPhone 15", "26.1", detect.InUse, 0, 0.5)
	signedIn.protocolName, signedIn.via, signedIn.auth = "oAuth2", appleMail, detect.Token

	slipping := eas("felix.neumann", "Apple-iPhone14C6/2207.86", app, "iPhone SE (3rd generation)", "18.6", detect.InUse, 0, 0.55)
	slipping.slip = 50126
	s.tell(update, moved, signedIn, slipping)

	// Two phones of one model, told apart by their registration.
	for i, verdict := range []detect.Verdict{detect.InUse, detect.Blocked} {
		twin := eas("grace.miller", "Apple-iPhone15C2/2302.85", app, "iPhone 14 Pro", "26.1", verdict, []int{0, 53003}[i], 0.4)
		twin.device = graphlog.Device{
			ID: guid(s.chance("twin" + string(verdict))), Name: "iPhone", OS: "Ios 26.1", Browser: "Mobile Safari",
			Trust: "Azure AD registered",
		}
		s.tell(twin)
	}
}

// androidPhones plays the mail apps of Android, and Outlook on a phone that was
// set up by hand.
func androidPhones(s *scene) {
	const android = useragent.Android
	gmail := eas("noah.seidel", "Android-Mail/2026.09.14.704127733.Release", android, "", "", detect.InUse, 0, 0.55)
	gmail.then, gmail.change = "Android-Mail/2026.10.26.719804412.Release", 12
	spelled := eas("logan.price", "Android-Mail/2026.10.26.719804412.Release", android, "", "", detect.Blocked, 50076, 0.44)
	spelled.apps = []string{"Exchange ActiveSync (supported)", "Exchange ActiveSync"}
	s.tell(
		gmail, spelled,
		eas("sofia.almeida", "SAMSUNG-SM-A546B/101.15000", android, "SM-A546B", "", detect.InUse, 0, 0.55),
		eas("farid.rahman", "Android/12-EAS-2.0", android, "", "", detect.Blocked, quietlyStopped, 0.33),
		eas("paul.winter", "Outlook-iOS/711.2587062.prod.iphone (3.33.0)", useragent.OutlookMobile, "", "", detect.InUse, 0, 0.17),
	)
}
