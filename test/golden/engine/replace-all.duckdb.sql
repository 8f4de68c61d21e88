regexp_replace(x, '[^a-z'']+', '''', 'g')
