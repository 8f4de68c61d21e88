array_to_string(codes, '; ')
