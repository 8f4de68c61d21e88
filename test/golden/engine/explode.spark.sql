(select r.*, explode(split(codes, ';')) as "code" from (select * from t) as r)
