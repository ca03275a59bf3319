package storage_test

import (
	"maps"
	"slices"
	"testing"

	"legacyauth/storage"
	"legacyauth/storage/storagetest"
)

// TestTheCampaignsOfAnAccount are those of its own tenant: people of two may have
// one address.
func TestTheCampaignsOfAnAccount(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, dsn string) {
		db := storagetest.Open(t, dsn, storage.Options{})
		tenants := map[string]int64{}
		write(t, db, func(tx *storage.Tx) error {
			for name, states := range map[string][]string{"contoso": {"paused", "stopped"}, "fabrikam": {"running"}} {
				tenant, err := tx.Tenant(name, name)
				if err != nil {
					return err
				}
				tenants[name] = tenant
				for _, state := range states {
					c := storage.Campaign{Tenant: tenant, Name: state, State: state, Body: "{}"}
					if err := tx.SaveCampaign(&c); err != nil {
						return err
					}
					if err := tx.SaveMembers(c.ID, []storage.Member{{UserName: "Ana@contoso.com"}}); err != nil {
						return err
					}
					if err := tx.TurnMember(c.ID, 1, "why"); err != nil {
						return err
					}
					if state != "stopped" {
						continue
					}
					if err := tx.WaitMember(c.ID, 1); err != nil {
						return err
					}
					members, err := tx.Members(c.ID)
					if err != nil || len(members) != 1 || !members[0].Turned.IsZero() || members[0].Why != "" {
						t.Errorf("who waits again is %+v (%v)", members, err)
					}
				}
			}
			return nil
		})
		for name, want := range map[string][2][]string{"contoso": {{"paused"}, {"stopped"}}, "fabrikam": {{"running"}, nil}} {
			read(t, db, func(tx *storage.Tx) error {
				turned, waiting, err := tx.CampaignStates(tenants[name], "ANA@contoso.com", "")
				if got := slices.Sorted(maps.Keys(turned)); !slices.Equal(got, want[0]) {
					t.Errorf("%s: turned in %v, want %v", name, got, want[0])
				}
				if got := slices.Sorted(maps.Keys(waiting)); !slices.Equal(got, want[1]) {
					t.Errorf("%s: waiting in %v, want %v", name, got, want[1])
				}
				return err
			})
		}
	})
}

// TestWhatIsTakenBack is what waits about one subject, of which no attempt began; it
// can be posted again by the same key.
func TestWhatIsTakenBack(t *testing.T) {
	t.Parallel()
	storagetest.Each(t, func(t *testing.T, dsn string) {
		db := storagetest.Open(t, dsn, storage.Options{})
		write(t, db, func(tx *storage.Tx) error {
			waits, begun, other := message("waits", "a"), message("begun", "a"), message("other", "b")
			for _, o := range []*storage.Outgoing{&waits, &begun, &other} {
				if _, err := tx.Enqueue(o); err != nil {
					return err
				}
			}
			if err := tx.Sending(begun.ID); err != nil {
				return err
			}
			if n, err := tx.TakeBack(waits.PlaceID, "a"); n != 1 || err != nil {
				t.Errorf("%d taken back (%v)", n, err)
			}
			left, err := tx.CountWaiting(waits.PlaceID)
			if left != 2 || err != nil {
				t.Errorf("%d are left (%v)", left, err)
			}
			again := message("waits", "a")
			inserted, err := tx.Enqueue(&again)
			if !inserted {
				t.Error("it cannot be posted again")
			}
			return err
		})
	})
}
