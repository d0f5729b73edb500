# make test    everything that CI checks; installs the Debian packages it lacks when it may
# make quick   the short tests only
# make build   the static binary
# make fuzz    every fuzzer, 20,000 inputs each
# make paper   runs the notebooks of the paper again and writes them, pages and figures
# make check-paper  runs them again and compares with what they hold
# make generate  wrappers for the interpreter, the embedded data set, the logos

export CGO_ENABLED = 0
tool = go tool -modfile=.ci/tools.mod

.PHONY: test quick build paper check-paper generate needs style unit race fuzz

test: needs style unit race fuzz check-paper

build:
	go build -trimpath -ldflags='-s -w' -o crossbook .

quick:
	go test -short ./... ./.ci/architecture

# Trainings that were done before are taken from the store. The committed
# notebooks hold the quick setting, so that a run changes nothing.
paper: build
	mkdir -p dist/paper
	./crossbook run -inplace -html dist/paper -images dist/paper $(filter-out %.executed.ipynb,$(wildcard notebooks/paper/*.ipynb))

check-paper: build
	./crossbook check $(filter-out %.executed.ipynb,$(wildcard notebooks/paper/*.ipynb))

generate:
	go generate ./...

# The real Jupyter clients and the full data set: tests that need them fail
# without them, so they are brought in first.
needs:
	.ci/needs

style:
	test -z "$$($(tool) gofumpt -l . | tee /dev/stderr)"
	go mod tidy -diff
	go vet ./... ./.ci/architecture
	$(tool) staticcheck ./... ./.ci/architecture

unit:
	go test -timeout 20m ./... ./.ci/architecture

fuzz:
	.ci/fuzz

# The race detector needs cgo; the product does not.
race:
	CGO_ENABLED=1 go test -race -short -timeout 20m ./kernel/... ./interp/... ./neurosim/sweep/...

