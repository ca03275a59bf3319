package detect

// settled is a client whose identity is final.
type settled struct {
	identity identity
	key      string
	gathered *gathered
}

// settle brings together the clients that turn out to be one, once all rows
// are known: exports differ in whether they carry directory ids and tenants,
// and rows in whether they carry the id of a registered device. So a name seen
// with one id becomes that id, a row without a tenant belongs to the only
// tenant there is, and the id of a registered device is forgotten unless it
// tells two devices apart.
func (f *Fold) settle() []settled {
	tenant, one := onlyTenant(f.tenants)
	account := func(id identity) identity {
		id.user = f.accounts.settled(id.user)
		if id.tenant == "" && one {
			id.tenant = tenant
		}
		return id
	}
	two := twoDevices(f.clients, account)
	merged := make(map[identity]*gathered, len(f.clients))
	for id, g := range f.clients {
		id = account(id)
		if id.registered != "" && !two[id.unregistered()] {
			id = id.unregistered()
		}
		if other, ok := merged[id]; ok {
			g = other.with(g)
		}
		merged[id] = g
	}
	list := make([]settled, 0, len(merged))
	for id, g := range merged {
		list = append(list, settled{identity: id, gathered: g})
	}
	f.keys(list)
	return list
}

func (id identity) unregistered() identity {
	id.registered = ""
	return id
}

// twoDevices gives the identities of which two registered devices or more were
// seen: two phones of one model.
func twoDevices(clients map[identity]*gathered, account func(identity) identity) map[identity]bool {
	first, two := map[identity]string{}, map[identity]bool{}
	for id := range clients {
		if id.registered == "" {
			continue
		}
		id = account(id)
		alone := id.unregistered()
		if other, ok := first[alone]; !ok {
			first[alone] = id.registered
		} else if other != id.registered {
			two[alone] = true
		}
	}
	return two
}

// keys gives each client its key; see Client.Key for what it depends on.
func (f *Fold) keys(list []settled) {
	uses := make(map[string]int, len(list))
	for i := range list {
		list[i].key = f.key(list[i].identity)
		uses[list[i].key]++
	}
	for i := range list {
		if uses[list[i].key] > 1 {
			list[i].key = f.key(list[i].identity, list[i].identity.tenant)
		}
	}
}

func (f *Fold) key(id identity, tenant ...string) string {
	parts := []string{f.accounts.text(id.user), string(numbered[id.protocol]), id.device, id.network, id.registered}
	return key(append(parts, tenant...)...)
}

// onlyTenant gives the tenant of all rows that name one, if it is one.
func onlyTenant(tenants map[string]string) (string, bool) {
	only := ""
	for _, t := range tenants {
		switch {
		case t == "" || t == only:
		case only == "":
			only = t
		default:
			return "", false
		}
	}
	return only, only != ""
}
