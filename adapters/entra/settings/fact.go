package settings

// Fact is something that was to be read. The zero value is unknown.
type Fact[T any] struct {
	// Known says that Value was read.
	Known bool
	Value T
	// Needs is the permission of Microsoft Graph it takes to read this; empty
	// when it is not a matter of permission.
	Needs string
	// Why is the error that stopped the reading; empty when it was not tried.
	Why string
}

// Known gives a fact that was read.
func Known[T any](value T) Fact[T] { return Fact[T]{Known: true, Value: value} }

// Facts is everything that was read of a tenant. The zero value knows nothing,
// and Judge then answers "cannot tell" throughout.
type Facts struct {
	Apple    Fact[Apple]
	Policies Fact[[]Policy]
	// Users and Groups are those that policies name, as far as the directory
	// still has them. Each is read by itself: one can fail without the other.
	Users, Groups Fact[[]Principal]
	// Defaults says whether security defaults are on.
	Defaults    Fact[bool]
	Licenses    Fact[[]License]
	Permissions Fact[[]Granted]
	// Delegated says that the permissions are those of a person's sign-in.
	Delegated bool
	// Exchange comes from ReadExchange.
	Exchange Exchange
}
