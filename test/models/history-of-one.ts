// The history of one patient, written so that every feature can be told by reading it; and of another with almost nothing.
export const files: Readonly<Record<string, string>> = {
  'patients.csv': `patient_id,birth_date,gender,race,bmi,smoker_status,alcohol_use,physical_activity_level,insurance_type,chronic_conditions,registration_date
p1,1950-03-01,Female,White,31.2,yes,no,Low,Government,diabetes;COPD;gout,2019-01-01
p2,1990-01-01,Male,Black,22,no,no,High,Private,,2024-01-01
`,
  'visits.csv': `visit_id,patient_id,visit_date,discharge_date,visit_type,admission_type,discharge_disposition,diagnosis_code,severity_score,blood_pressure,glucose_level,heart_rate,facility
a1,p1,2021-06-01,,outpatient,,,E11.9,2.5,120/80,100,70,North
a2,p1,2022-01-10,2022-01-20,inpatient,emergency,home,I50.9,6,140/90,150,90,North
a3,p1,2022-02-05,2022-02-07,inpatient,urgent,home,I50.9,5,,,,North
a4,p1,2022-09-01,2022-09-01,emergency,emergency,home,R07.4,4,,,,North
a5,p1,2022-12-01,2022-12-04,inpatient,elective,transfer,N18.9,7,130/85,140,88,North
a6,p1,2022-12-04,2022-12-10,inpatient,urgent,facility,N18.9,7.5,128/82,135,84,South
a7,p1,2023-01-02,2023-01-04,inpatient,emergency,home,C34.9,3,110/70,90,72,North
b1,p2,2023-06-01,2023-06-02,inpatient,,,,,,,,
b2,p2,2024-06-01,,outpatient,,,,,,,,
`,
  'diagnoses.csv': `visit_id,patient_id,rank,diagnosis_system,diagnosis_code
a1,p1,1,icd-10,E11.9
a2,p1,1,icd-10,I50.9
a2,p1,2,icd-10,E11.2
a6,p1,1,icd-10,N18.9
a6,p1,2,icd-10,J44.9
a7,p1,1,icd-10,C34.9
`,
  'prescriptions.csv': `prescription_id,patient_id,visit_id,drug_name,drug_category,prescribed_date
r1,p1,a1,metformin,Antidiabetic,2021-06-01
r2,p1,a2,furosemide,Diuretic,2022-01-20
r3,p1,,metformin,Antidiabetic,2022-05-01
r4,p1,a6,tiotropium,Respiratory,2022-12-09
`,
};
