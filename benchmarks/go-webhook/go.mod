module dotdiag/benchmarks/go-webhook

go 1.19
