package serve

import (
	"fmt"
	"time"

	"legacyauth/adapters/entra/signins"
	"legacyauth/bot/config"
	"legacyauth/bot/folder"
	"legacyauth/bot/tenants"
	"legacyauth/bot/watch"
	"legacyauth/detect"
)

// Fault is a tenant that cannot be watched.
type Fault struct {
	Tenant string
	Err    error
}

// Tenants gives the tenants of the configuration as they are watched, and those
// that cannot be. It asks nobody and opens no file.
func Tenants(o *tenants.Opener, now func() time.Time) ([]watch.Tenant, []Fault) {
	var good []watch.Tenant
	var faults []Fault
	for _, t := range o.Config.Tenants {
		w, err := watched(o, t, now)
		if err != nil {
			faults = append(faults, Fault{t.Name, err})
			continue
		}
		good = append(good, w)
	}
	return good, faults
}

func watched(o *tenants.Opener, t config.Tenant, now func() time.Time) (watch.Tenant, error) {
	if err := t.Wrong(); err != nil {
		return watch.Tenant{}, err
	}
	turns, err := t.Turns()
	if err != nil {
		return watch.Tenant{}, fmt.Errorf("tenant %s: %w", t.Name, err)
	}
	w := watch.Tenant{Name: t.Name, Directory: t.TenantID, Schedule: turns}
	if t.Folder != "" {
		w.Source = watch.Folder{Folder: &folder.Folder{Path: t.Folder, Now: now}}
		return w, nil
	}
	w.Source = watch.Graph{Log: func(window detect.Window) (*signins.Source, error) {
		opened, err := o.Open(t)
		if err != nil {
			return nil, err
		}
		return opened.Watched(window).Source, nil
	}}
	return w, nil
}
