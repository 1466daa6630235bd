module example.com/bazaar/makeline

go 1.25
