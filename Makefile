.DEFAULT_GOAL := help
.PHONY: help build test race story lint fuzz golden demo bench pictures text-pictures chat-pictures check

TOOLS := $(CURDIR)/.tools
LINT_VERSION := v2.15.0
FUZZ_TIME ?= 10s
ROWS ?= 250000

help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  %-13s %s\n", $$1, $$2}'

build: ## build a static program into dist/
	CGO_ENABLED=0 go build -trimpath -ldflags='-s -w' -o dist/legacyauth ./bot/cmd/legacyauth

test: ## run every test
	go test ./...

race: ## run every test under the race detector
	go test -race ./...

story: ## play eight weeks of a tenant's migration against its golden files
	LEGACYAUTH_TEST_STORY=1 go test -count=1 -timeout 20m -run '^TestAWholeMigration$$' ./bot/people

lint: $(TOOLS)/golangci-lint ## format check, vet and golangci-lint
	@test -z "$$(gofmt -l .)" || { gofmt -l .; echo 'run gofmt -w on these files'; exit 1; }
	go vet ./...
	$(TOOLS)/golangci-lint run ./...

$(TOOLS)/golangci-lint:
	GOBIN=$(TOOLS) go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(LINT_VERSION)

fuzz: ## run every fuzz target for FUZZ_TIME (10s)
	./.ci/fuzz $(FUZZ_TIME)

golden: ## write the golden files, the demo log and the transcripts anew
	go generate ./...
	grep -rl --include='*_test.go' 'flag.Bool("update"' . | xargs -n1 dirname | sort -u | while read -r dir; do go test $$dir -update || exit 1; done
	UPDATE_SCRIPTS=1 go test ./bot/app

demo: ## show the whole answer on the sample tenant
	go run ./bot/cmd/legacyauth demo

bench: ## measure on ROWS generated rows (250000) and write bench/RESULTS.md
	./bench/run $(ROWS)

pictures: text-pictures chat-pictures ## draw the pictures of the README from real output

text-pictures: ## of them those of the terminal, which come out the same everywhere
	go run ./docs/pictures

chat-pictures: ## of them those of Slack and Discord; needs npm and chromium
	./docs/pictures/slack
	./docs/pictures/discord/draw

check: lint test race ## what a change has to pass
