package demo

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"legacyauth/detect"
)

// signIn is the row as package detect takes it.
func (r *row) signIn() detect.SignIn {
	events := map[string]detect.Event{}
	for _, e := range []detect.Event{detect.Interactive, detect.NonInteractive, detect.ServicePrincipal, detect.ManagedIdentity} {
		events[e.String()] = e
	}
	return detect.SignIn{
		ID: r.ID, Tenant: r.Tenant, HomeTenant: r.HomeTenant, Time: r.Time,
		UserID: r.UserID, User: r.User, DisplayName: r.Display, UserType: r.UserType,
		ClientApp: r.ClientApp, AuthProtocol: r.AuthProtocol, Agent: r.Agent, App: r.App, AppID: r.AppID,
		IP: r.IP, Result: detect.Result{Known: true, Code: r.Status.Code, Reason: r.Status.Reason},
		CAStatus: r.CAStatus, DeviceID: r.Device.ID, DeviceOS: r.Device.OS, Event: events[r.Events[0]],
	}
}

func fold(rows []row) *detect.Fold {
	f := detect.NewFold(detect.Window{})
	for i := range rows {
		s := rows[i].signIn()
		f.Add(&s)
	}
	return f
}

// known is a client as both the truth and a scan can describe it.
type known struct {
	User, UserID, Protocol, Family, Model, Version, Network, Verdict, Auth string
	First, Last                                                            time.Time
	Total, Succeeded, Blocked, Failed                                      int
}

func TestScanAgreesWithTruth(t *testing.T) {
	t.Parallel()
	rows, truth := contosoRows(t)
	f := fold(rows)
	n := f.Counts()
	got := Truth{
		Rows: int(n.Read), Interactive: int(n.Interactive), NonInteractive: int(n.NonInteractive),
		Applications: int(n.Applications), Foreign: int(n.Foreign),
		Legacy: int(n.Legacy), Unknown: int(n.Unknown), Duplicates: int(n.Duplicates),
	}
	want := truth
	want.Clients, want.Repeated = nil, 0 // detect does not count every repeat
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("counts differ (-truth +scan):\n%s", diff)
	}

	scanned := map[string]detect.Client{}
	for _, c := range f.Clients() {
		scanned[label(c.User.Name, string(c.Protocol), c.First, c.Tally.Total)] = c
	}
	if len(scanned) != len(truth.Clients) {
		t.Errorf("the scan finds %d clients, the truth has %d", len(scanned), len(truth.Clients))
	}
	for _, c := range truth.Clients {
		s, ok := scanned[label(c.User, string(c.Protocol), c.First, c.Total)]
		if !ok {
			t.Errorf("the scan does not find %s over %s (%s, %d sign-ins)", c.User, c.Protocol, c.Family, c.Total)
			continue
		}
		if diff := cmp.Diff(c.known(), seen(s, c)); diff != "" {
			t.Errorf("%s over %s (-truth +scan):\n%s", c.User, c.Protocol, diff)
		}
	}
}

func label(user, protocol string, first time.Time, total int) string {
	return fmt.Sprint(user, " ", protocol, " ", first, " ", total)
}

func (c Client) known() known {
	return known{
		c.User, c.UserID, string(c.Protocol), string(c.Family), c.Model, c.Version, c.Network, string(c.Verdict), string(c.Auth),
		c.First, c.Last, c.Total, c.Succeeded, c.Blocked, c.Failed,
	}
}

// seen is a scanned client, without what the truth does not say.
func seen(s detect.Client, c Client) known {
	k := known{
		s.User.Name, s.User.ID, string(s.Protocol), string(s.Device.Family), s.Device.Model, s.Device.Version, "",
		string(s.Verdict), string(s.Auth.Kind),
		s.First, s.Last, s.Tally.Total, s.Tally.Succeeded, s.Tally.Blocked, s.Tally.Failed,
	}
	if c.Model == "" {
		k.Model = ""
	}
	if c.Version == "" {
		k.Version = ""
	}
	if c.Network != "" && len(s.Networks) == 1 {
		k.Network = s.Networks[0].Address
	}
	return k
}
