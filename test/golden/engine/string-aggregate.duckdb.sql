string_agg(x, ', ' order by place desc, x)
