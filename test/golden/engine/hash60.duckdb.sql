cast('0x' || substr(sha256(x || '-' || y), 1, 15) as bigint)
