package entra

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"
)

func TestSecretNeverPrints(t *testing.T) {
	t.Parallel()
	secret := NewSecret(canary)
	type inside struct {
		Shown  Secret
		hidden Secret
		list   []Secret
		at     *Secret
	}
	nested := inside{secret, secret, []Secret{secret}, &secret}
	var out strings.Builder
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d", "%T"} {
		for _, value := range []any{secret, &secret, nested, &nested, []any{nested}, map[string]inside{"a": nested}} {
			fmt.Fprintf(&out, verb+"\n", value)
		}
	}
	encoded, err := json.Marshal(nested)
	if err != nil {
		t.Fatal(err)
	}
	out.Write(encoded)
	for _, make := range []func(*bytes.Buffer) slog.Handler{
		func(b *bytes.Buffer) slog.Handler {
			return slog.NewTextHandler(b, &slog.HandlerOptions{Level: slog.LevelDebug})
		},
		func(b *bytes.Buffer) slog.Handler {
			return slog.NewJSONHandler(b, &slog.HandlerOptions{Level: slog.LevelDebug})
		},
	} {
		var logged bytes.Buffer
		slog.New(make(&logged)).Debug("secret", "plain", secret, "nested", nested, "error", fmt.Errorf("with %v", secret))
		out.Write(logged.Bytes())
	}
	if strings.Contains(out.String(), canary[:10]) {
		t.Errorf("the secret is printed:\n%s", out.String())
	}
	if !strings.Contains(out.String(), hidden) {
		t.Errorf("%q is never printed, so nothing was tested", hidden)
	}
	if secret.reveal() != canary {
		t.Errorf("reveal gives %q", secret.reveal())
	}
	if !(Secret{}).Empty() || secret.Empty() {
		t.Error("Empty is wrong")
	}
}
