package storage_test

import (
	"errors"
	"slices"
	"time"

	"legacyauth/adapters/chat"
	"legacyauth/detect"
	"legacyauth/detect/migration"
	"legacyauth/detect/useragent"
	"legacyauth/playbooks/card"
	"legacyauth/storage"
)

// every calls each method of a Tx once, with arguments as in use.
func every(tenant int64) map[string]func(tx *storage.Tx) error {
	c := client(tenant, "key7", "name7@contoso.com")
	place := chat.Place{Platform: "slack", Workspace: "T1", Channel: "C7"}
	m := message("a new key", "subject")
	sight, _ := detect.Sight(&detect.SignIn{ID: "1", User: "a", ClientApp: "IMAP4", Event: detect.Interactive})
	bundles := bundlesOf([]detect.SignIn{{ID: "1", Time: start, User: "name7@contoso.com", ClientApp: "IMAP4", IP: "192.0.2.7", Event: detect.Interactive}})
	load := func(tx *storage.Tx) (err error) {
		c, _, err = tx.ClientByKey(tenant, "key7")
		return err
	}
	return map[string]func(tx *storage.Tx) error{
		"AddBundles": func(tx *storage.Tx) error { return tx.AddBundles(tenant, bundles) },
		"AddClients": func(tx *storage.Tx) error {
			one, other := client(tenant, "another key", "new@contoso.com"), client(tenant, "a third key", "new@contoso.com")
			return tx.AddClients([]*storage.Client{&one, &other})
		},
		"AddEach":      func(tx *storage.Tx) error { return tx.AddEach(tenant, slices.Values(bundles)) },
		"AuditEntries": func(tx *storage.Tx) error { return second(tx.AuditEntries(start.AddDate(1, 0, 0), 10)) },
		"BeginPass":    func(tx *storage.Tx) error { return tx.BeginPass(&storage.Pass{Tenant: tenant}) },
		"Bundles":      func(tx *storage.Tx) error { return drain(tx.Bundles(tenant, start.AddDate(0, 0, 25))) },
		"BundlesOf": func(tx *storage.Tx) error {
			k, err := kinOf(tx, tenant)
			return errors.Join(err, tx.BundlesOf(tenant, k, start.AddDate(0, 0, 25), func(detect.Bundle) {}))
		},
		"Buried":      func(tx *storage.Tx) error { return second(tx.Buried(start)) },
		"Bury":        func(tx *storage.Tx) error { return tx.Bury(7, "404") },
		"BySubject":   func(tx *storage.Tx) error { return third(tx.BySubject(7, "subject 7")) },
		"ClientByKey": func(tx *storage.Tx) error { return errors.Join(load(tx), third(tx.ClientByKey(0, "key7"))) },
		"Clients": func(tx *storage.Tx) error {
			for _, f := range []storage.ClientFilter{
				{},
				{Limit: 10, Offset: 20},
				{User: "name7@contoso.com"},
				{Since: start.AddDate(0, 0, 29), Limit: 5},
				{States: []migration.State{migration.Told}, Verdicts: []detect.Verdict{detect.InUse}, Protocols: []detect.Protocol{detect.IMAP}, Families: []useragent.Family{useragent.Printer}},
			} {
				if err := third(tx.Clients(tenant, f)); err != nil {
					return err
				}
			}
			return errors.Join(third(tx.Clients(0, storage.ClientFilter{User: "name7@contoso.com"})),
				third(tx.Clients(0, storage.ClientFilter{Tenants: []int64{tenant, 9}, Limit: 10})), third(tx.Clients(0, storage.ClientFilter{Owner: "slack:T1:@U1"})))
		},
		"Complete":         func(tx *storage.Tx) error { return second(kinOf(tx, tenant)) },
		"ClientsBeginning": func(tx *storage.Tx) error { return second(tx.ClientsBeginning([]int64{tenant}, "name7", 25)) },
		"Course":           func(tx *storage.Tx) error { return second(tx.Course([]int64{tenant})) },
		"CountWaiting":     func(tx *storage.Tx) error { return second(tx.CountWaiting(7)) },
		"Covered":          func(tx *storage.Tx) error { return second(tx.Covered(tenant, start.AddDate(0, 0, 25))) },
		"Cursor":           func(tx *storage.Tx) error { return third(tx.Cursor(tenant, "graph")) },
		"Days":             func(tx *storage.Tx) error { return second(tx.Days(7)) },
		"CampaignNamed":    func(tx *storage.Tx) error { return third(tx.CampaignNamed(tenant, "smtp")) },
		"CampaignStates":   func(tx *storage.Tx) error { return third(tx.CampaignStates(tenant, "name7@contoso.com", "directory7")) },
		"Campaigns":        func(tx *storage.Tx) error { return second(tx.Campaigns(tenant)) },
		"ChangedClients":   func(tx *storage.Tx) error { return second(tx.ChangedClients(start.AddDate(0, 0, 29))) },
		"CheckStep": func(tx *storage.Tx) error {
			return errors.Join(second(tx.CheckStep(7, "iphone-mail", 1, true)), second(tx.CheckStep(7, "iphone-mail", 1, false)))
		},
		"Generation": func(tx *storage.Tx) error { return third(tx.Generation(7)) },
		"Members":    func(tx *storage.Tx) error { return second(tx.Members(1)) },
		"Notice":     func(tx *storage.Tx) error { _, _ = tx.Notice(1); return nil },
		"NoticeOf":   func(tx *storage.Tx) error { return third(tx.NoticeOf(tenant, "name7@contoso.com", "directory7")) },
		"Notices":    func(tx *storage.Tx) error { return second(tx.Notices(tenant)) },
		"Owned":      func(tx *storage.Tx) error { return second(tx.Owned(tenant, "ana@contoso.com")) },
		"SaveCampaign": func(tx *storage.Tx) error {
			k := storage.Campaign{Tenant: tenant, Name: "one more", State: "planned", Body: "{}"}
			return errors.Join(tx.SaveCampaign(&k), tx.SaveCampaign(&k))
		},
		"SaveMembers": func(tx *storage.Tx) error {
			k := storage.Campaign{Tenant: tenant, Name: "members", State: "planned", Body: "{}"}
			return errors.Join(tx.SaveCampaign(&k), tx.SaveMembers(k.ID, []storage.Member{{UserName: "a"}}))
		},
		"SaveNotice": func(tx *storage.Tx) error {
			n := storage.Notice{Tenant: tenant, UserName: "one more"}
			return errors.Join(tx.SaveNotice(&n), tx.SaveNotice(&n))
		},
		"Steps":      func(tx *storage.Tx) error { return second(tx.Steps(7)) },
		"WaitMember": func(tx *storage.Tx) error { _ = tx.WaitMember(1, 1); return nil },
		"TakeBack":   func(tx *storage.Tx) error { return second(tx.TakeBack(7, "subject 7")) },
		"TurnMember": func(tx *storage.Tx) error { _ = tx.TurnMember(1, 1, ""); return nil },
		"Delivered":  func(tx *storage.Tx) error { return second(tx.Delivered("slack", "d1", storage.NewClaim(start))) },
		"DropMark":   func(tx *storage.Tx) error { return tx.DropMark(tenant, "mark") },
		"Expiring":   func(tx *storage.Tx) error { return second(tx.Expiring(start)) },
		"DuePlaces":  func(tx *storage.Tx) error { return second(tx.DuePlaces(start)) },
		"DaysOf":     func(tx *storage.Tx) error { return second(tx.DaysOf([]int64{7, 8})) },
		"EndedPass":  func(tx *storage.Tx) error { return third(tx.EndedPass(tenant, "it was interrupted")) },
		"FirstPass":  func(tx *storage.Tx) error { return third(tx.FirstPass(tenant)) },
		"EndException": func(tx *storage.Tx) error {
			if err := tx.EndException(7, "cli"); !errors.Is(err, storage.ErrNotFound) {
				return err
			}
			return nil
		},
		"Consent":  func(tx *storage.Tx) error { return tx.Consent("discord", "1", "7") },
		"Consents": func(tx *storage.Tx) error { return second(tx.Consents("discord", "1", "7")) },
		"SaveCode": func(tx *storage.Tx) error { return tx.SaveCode("discord", "1", "7", "code", start) },
		"TakeCode": func(tx *storage.Tx) error { _, _, _, _, err := tx.TakeCode("code"); return err },
		"Withdraw": func(tx *storage.Tx) error { return second(tx.Withdraw("discord", "1", "7")) },
		"EndPass":  func(tx *storage.Tx) error { return tx.EndPass(&storage.Pass{ID: 7, Tenant: tenant}) },
		"Enqueue":  func(tx *storage.Tx) error { return second(tx.Enqueue(&m)) },
		"Exceptions": func(tx *storage.Tx) error {
			return errors.Join(second(tx.Exceptions(0, start)), second(tx.Exceptions(tenant, time.Time{})))
		},
		"ExceptionOf":      func(tx *storage.Tx) error { return third(tx.ExceptionOf(7, start)) },
		"Expire":           func(tx *storage.Tx) error { return second(tx.Expire(start)) },
		"Files":            func(tx *storage.Tx) error { return second(tx.Files(tenant, "folder")) },
		"Fold":             func(tx *storage.Tx) error { return tx.Fold([]int64{8, 9}, 7) },
		"FoldedInto":       func(tx *storage.Tx) error { return third(tx.FoldedInto(7, 5)) },
		"ForgetBundles":    func(tx *storage.Tx) error { return second(tx.ForgetBundles(start.AddDate(0, 0, 1))) },
		"ForgetDeliveries": func(tx *storage.Tx) error { return tx.ForgetDeliveries(start.AddDate(0, 0, 1)) },
		"ForgetSightings":  func(tx *storage.Tx) error { return second(tx.ForgetSightings(tenant, start.AddDate(0, 0, 1))) },
		"History":          func(tx *storage.Tx) error { return second(tx.History(7)) },
		"HoldsLease":       func(tx *storage.Tx) error { _ = tx.HoldsLease("lease", 1); return nil },
		"Inherit":          func(tx *storage.Tx) error { return tx.Inherit(7, 8) },
		"Standings":        func(tx *storage.Tx) error { return second(tx.Standings(tenant)) },
		"Lease":            func(tx *storage.Tx) error { return third(tx.Lease("lease", "me", time.Minute)) },
		"LeaseHolder":      func(tx *storage.Tx) error { _, _, _, err := tx.LeaseHolder("lease"); return err },
		"LastPass":         func(tx *storage.Tx) error { return third(tx.LastPass(tenant)) },
		"Links":            func(tx *storage.Tx) error { return third(tx.Links([]int64{tenant}, 10, 0)) },
		"LinkOf":           func(tx *storage.Tx) error { return third(tx.LinkOf("slack", "T1", "U7")) },
		"LinksTo":          func(tx *storage.Tx) error { return second(tx.LinksTo(tenant, "name7@contoso.com")) },
		"Mark":             func(tx *storage.Tx) error { _, _, _, err := tx.Mark(tenant, "mark"); return err },
		"Marks":            func(tx *storage.Tx) error { return second(tx.Marks(tenant, "news/")) },
		"Message":          func(tx *storage.Tx) error { return third(tx.Message(7)) },
		"MessageByKey":     func(tx *storage.Tx) error { return third(tx.MessageByKey("key 7")) },
		"Move": func(tx *storage.Tx) error {
			return errors.Join(load(tx), tx.Move(&c, migration.Change{From: migration.Open, To: migration.Told}))
		},
		"NameFrom": func(tx *storage.Tx) error {
			return tx.NameFrom(tenant, storage.NewKin(), map[string]bool{"192.0.2.7": true, "192.0.2.1": true}, start.AddDate(0, 0, 25))
		},
		"OldestWaiting": func(tx *storage.Tx) error { return third(tx.OldestWaiting()) },
		"Passes":        func(tx *storage.Tx) error { return second(tx.Passes(tenant, 5)) },
		"Pause":         func(tx *storage.Tx) error { return tx.Pause(7, start, "429") },
		"Place":         func(tx *storage.Tx) error { return second(tx.Place(place)) },
		"Places":        func(tx *storage.Tx) error { return second(tx.Places()) },
		"Postpone": func(tx *storage.Tx) error {
			return errors.Join(second(tx.Enqueue(&m)), tx.Postpone(m.ID, start, "429"))
		},
		"Record":   func(tx *storage.Tx) error { return tx.Record(storage.Entry{What: "test"}) },
		"Release":  func(tx *storage.Tx) error { return tx.Release("lease", 1) },
		"Remember": func(tx *storage.Tx) error { return tx.Remember(tenant, []detect.Sighting{sight}) },
		"Renew":    func(tx *storage.Tx) error { _ = tx.Renew("lease", 99, time.Minute); return nil },
		"Ripe":     func(tx *storage.Tx) error { return second(tx.Ripe(tenant, start, start)) },
		"SaveCard": func(tx *storage.Tx) error { return tx.SaveCard(7, card.Card{}) },
		"Reassign": func(tx *storage.Tx) error {
			return errors.Join(load(tx), tx.Reassign(&c, "ana@contoso.com", "test", ""))
		},
		"ReassignedAt": func(tx *storage.Tx) error { return errors.Join(load(tx), second(tx.ReassignedAt(&c))) },
		"SaveClient": func(tx *storage.Tx) error {
			fresh := client(tenant, "a new key", "new@contoso.com")
			return errors.Join(load(tx), tx.SaveClient(&c), tx.SaveClient(&fresh))
		},
		"SaveDays": func(tx *storage.Tx) error { return tx.SaveDays(7, []detect.Day{{Date: start, Count: 1}}) },
		"SaveDaysOf": func(tx *storage.Tx) error {
			return tx.SaveDaysOf(map[int64][]detect.Day{7: {{Date: start, Count: 1}}, 8: {{Date: start, Count: 2}}})
		},
		"SaveException": func(tx *storage.Tx) error {
			e := storage.Exception{Client: 7}
			return errors.Join(tx.SaveException(&e), tx.SaveException(&e))
		},
		"SaveFile": func(tx *storage.Tx) error { return tx.SaveFile(tenant, "folder", storage.File{Path: "a"}) },
		"SaveLink": func(tx *storage.Tx) error {
			return tx.SaveLink(storage.Link{Platform: "slack", Workspace: "T1", Person: "U7"})
		},
		"Seen":      func(tx *storage.Tx) error { return second(tx.Seen(tenant, []detect.Sighting{sight})) },
		"Sending":   func(tx *storage.Tx) error { return errors.Join(second(tx.Enqueue(&m)), tx.Sending(m.ID)) },
		"Sent":      func(tx *storage.Tx) error { return tx.Sent(7, "ref") },
		"SetCursor": func(tx *storage.Tx) error { return tx.SetCursor(tenant, "graph", start) },
		"SetMark":   func(tx *storage.Tx) error { return tx.SetMark(tenant, "mark", "value") },
		"Sightings": func(tx *storage.Tx) error { return drain(tx.Sightings(tenant, start.AddDate(0, 0, 29))) },
		"Spot":      func(tx *storage.Tx) error { return second(tx.Spot(7)) },
		"Subscribe": func(tx *storage.Tx) error {
			s := storage.Subscription{Place: place}
			return errors.Join(tx.Subscribe(&s), tx.Subscribe(&s))
		},
		"Subscriptions": func(tx *storage.Tx) error { return second(tx.Subscriptions()) },
		"Tenant": func(tx *storage.Tx) error {
			return errors.Join(second(tx.Tenant("tenant 7", "")), second(tx.Tenant("x", "directory 7")))
		},
		"Tenants":     func(tx *storage.Tx) error { return second(tx.Tenants()) },
		"Unlink":      func(tx *storage.Tx) error { return second(tx.Unlink("slack", "T1", "U7")) },
		"Unsubscribe": func(tx *storage.Tx) error { return second(tx.Unsubscribe(7)) },
		"Waiting":     func(tx *storage.Tx) error { return second(tx.Waiting(7, start, 10)) },
	}
}

// kinOf completes an account with a name, and the one without.
func kinOf(tx *storage.Tx, tenant int64) (*storage.Kin, error) {
	k := storage.NewKin()
	k.Name("name7@contoso.com", "")
	k.Name("", "")
	return k, second(tx.Complete(tenant, k, 1000))
}
