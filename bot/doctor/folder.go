package doctor

import (
	"fmt"
	"time"

	"legacyauth/bot/folder"
)

// ExamineFolder looks whether a tenant's folder of exports can be read, and
// whether anything has arrived in it.
func ExamineFolder(name, path string, now func() time.Time) Tenant {
	e := &examination{now: now, found: Tenant{Name: name}}
	began := now()
	c := Check{Name: "folder", Outcome: OK}
	count, newest, err := folder.Contents(path)
	switch {
	case err != nil && count == 0:
		c.Outcome, c.Detail = Failed, err.Error()+"; create it, let the user of this program read it, or name another under folder:"
	case err != nil:
		c.Outcome, c.Detail = Failed, err.Error()+"; let the user of this program read it"
	case count == 0:
		c.Outcome, c.Detail = Warn, path+" is empty: put the downloaded sign-in logs into it, or have them exported there"
	default:
		c.Detail = fmt.Sprintf("%s can be read: %s, the newest of %s", path, files(count), newest.Format("2006-01-02 15:04 UTC"))
	}
	c.Took = now().Sub(began)
	e.add(c)
	return e.found
}

func files(n int) string {
	if n == 1 {
		return "1 file"
	}
	return fmt.Sprintf("%d files", n)
}
