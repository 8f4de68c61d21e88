sha2(x, 256)
