(select r.*, unnest(string_split(codes, ';')) as "code" from (select * from t) as r)
