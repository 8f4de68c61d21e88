cast(conv(substr(sha2(x || '-' || y, 256), 1, 15), 16, 10) as bigint)
