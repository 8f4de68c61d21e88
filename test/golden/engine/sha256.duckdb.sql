sha256(x)
