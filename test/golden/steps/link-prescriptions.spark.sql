select "source", "prescription_id", "patient_id", "visit_id", "drug_name", "drug_code", "drug_category", "dosage", "quantity", "days_supply", "prescribed_date", "refill_count", "patient_known", "visit_known", _batch, _file, _row, _item, _line, _lines, _primary
from (
select r.source, r."prescription_id", coalesce(r.patient_id, v.patient_id) as patient_id, r."visit_id", r."drug_name", r."drug_code", r."drug_category", r."dosage", r."quantity", r."days_supply", r."prescribed_date", r."refill_count",
  p.patient_id is not null as patient_known,
  case when r.visit_id is not null then v.visit_id is not null end as visit_known,
  r._batch, r._file, r._row, r._item, r._line, r._lines, r._primary
from (
  select c.* from clean as c anti join losers as l
    on l._batch = c._batch and l._file = c._file and l._row = c._row and l._item = c._item where not c._rejected
) as r
left join visits as v on v.source = r.source and v.visit_id = r.visit_id
left join patients as p on p.source = r.source and p.patient_id = coalesce(r.patient_id, v.patient_id)
) as "published_prescriptions"
