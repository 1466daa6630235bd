module dotdiag/tests/manifests/definitions

go 1.25.0

require (
	github.com/cert-manager/cert-manager v1.20.3
	github.com/prometheus-operator/prometheus-operator v0.85.0
)
