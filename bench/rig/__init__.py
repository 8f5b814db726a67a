"""What the benchmarks stand on: a database of their own, rows by the hundred thousand, a server, clients."""
