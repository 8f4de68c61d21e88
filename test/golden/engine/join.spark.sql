array_join(codes, '; ')
