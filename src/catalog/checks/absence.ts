// Of which fields a missing value is a fault, and how many may be missing.

/** What most rows of a source that gives the field should have. */
const usual = 0.1;
/** What is measured or counted in some visits only. */
const sometimes = 0.5;

/**
 * Fields that are not here say something by being empty (no death, no discharge yet, no visit before), or another field or
 * check answers for them.
 */
const thresholds: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  patients: {
    name: usual,
    gender: usual,
    race: usual,
    location: usual,
    bmi: usual,
    smoker_status: usual,
    alcohol_use: usual,
    physical_activity_level: usual,
    registration_date: usual,
    insurance_type: usual,
  },
  visits: {
    visit_type: usual,
    severity_score: sometimes,
    blood_pressure: sometimes,
    glucose_level: sometimes,
    heart_rate: sometimes,
    num_medications: usual,
    num_procedures: usual,
    num_lab_procedures: usual,
    num_diagnoses: usual,
    prior_inpatient: usual,
    prior_emergency: usual,
    prior_outpatient: usual,
    specialty: sometimes,
    payer: sometimes,
    facility: usual,
  },
  prescriptions: {
    drug_category: usual,
    drug_code: usual,
    dosage: usual,
    quantity: usual,
    days_supply: usual,
    prescribed_date: usual,
    refill_count: usual,
  },
  diagnoses: { rank: usual, diagnosis_system: usual },
  procedures: { procedure_system: usual, procedure_date: usual },
  observations: { value: usual },
};

/** The share of rows that may lack the field; undefined where nothing is asked. */
export const absenceThreshold = (table: string, field: string): number | undefined => thresholds[table]?.[field];
