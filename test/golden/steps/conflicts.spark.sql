select batch, source, table_name, field, conflicts from found where conflicts > 0
