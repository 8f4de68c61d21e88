-- prescriptions: one row for every prescription. Inputs: raw_prescriptions, without duplicates; patients; visits.
select r.*, p.patient_id is not null as patient_known, v.visit_id is not null as visit_known
from raw_prescriptions as r
left join patients as p on p.patient_id = r.patient_id
left join visits as v on v.visit_id = r.visit_id
