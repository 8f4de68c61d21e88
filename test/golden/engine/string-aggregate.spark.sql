listagg(x, ', ') within group (order by place desc, x)
