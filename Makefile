# make build   one static binary, ./reeve
# make demo    an invented council, swept and shown
# make check   the gate of every commit: format, vet, lint, quick tests, the house
# make test    everything, with the databases and helper tools that tests use
# make bench   measurements
# make fuzz    every fuzz target for FUZZTIME each

export CGO_ENABLED = 0

VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo unknown)
COMMIT  := $(shell git rev-parse HEAD 2>/dev/null || echo unknown)
STAMP   := -s -w -X main.version=$(VERSION) -X main.commit=$(COMMIT)
FUZZTIME ?= 10s

.PHONY: build demo check test bench fuzz clean

build:
	go build -trimpath -ldflags "$(STAMP)" -o reeve ./cmd/reeve

demo: build
	./reeve demo

check:
	@scripts/format
	go vet ./...
	@scripts/lint
	go test -short ./...

test:
	@scripts/install-test-needs
	go test ./...

bench: build
	@scripts/install-bench-needs
	go run ./bench all

fuzz:
	@scripts/fuzz $(FUZZTIME)

clean:
	rm -f reeve
