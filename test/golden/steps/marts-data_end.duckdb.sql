select source, max(case when discharge_date > visit_date and discharge_date <= date '2024-06-18' then discharge_date else visit_date end) as data_end
from visits where visit_date <= date '2024-06-18' group by source
