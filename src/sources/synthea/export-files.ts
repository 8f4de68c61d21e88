// The 18 files of Synthea's CSV export: their columns, those that are needed, and what follows where a file is missing.
// Columns are those of Synthea 3 as CSVConstants.java of synthetichealth/synthea writes them, those of earlier releases of
// the same 18 files among them.

export interface SyntheaFile {
  /** Every column that a release of Synthea writes. */
  readonly columns: readonly string[];
  /** Those that are read, or that tell the file from the other seventeen. */
  readonly needed: readonly string[];
  /** What follows where the file is missing; absent where nothing is read from it. */
  readonly without?: string;
}

const list = (names: string): readonly string[] => names.split(',');

const event = 'START,STOP,PATIENT,ENCOUNTER,CODE,DESCRIPTION';
const dayEvent = 'DATE,PATIENT,ENCOUNTER,CODE,DESCRIPTION';
const address = 'ADDRESS,CITY,STATE,ZIP,LAT,LON';

export const exportFiles = {
  patients: {
    columns: list(
      'Id,BIRTHDATE,DEATHDATE,SSN,DRIVERS,PASSPORT,PREFIX,FIRST,MIDDLE,LAST,SUFFIX,MAIDEN,MARITAL,RACE,ETHNICITY,' +
        `GENDER,BIRTHPLACE,${address},COUNTY,FIPS,HEALTHCARE_EXPENSES,HEALTHCARE_COVERAGE,INCOME`,
    ),
    needed: list('Id,BIRTHDATE,DEATHDATE,FIRST,LAST,RACE,GENDER,CITY,STATE'),
    without: 'there are no patients: all other rows are kept, as of a patient who is not known, and no death is known',
  },
  encounters: {
    columns: list(
      'Id,START,STOP,PATIENT,ORGANIZATION,PROVIDER,PAYER,ENCOUNTERCLASS,CODE,DESCRIPTION,BASE_ENCOUNTER_COST,' +
        'TOTAL_CLAIM_COST,PAYER_COVERAGE,REASONCODE,REASONDESCRIPTION',
    ),
    needed: list(
      'Id,START,STOP,PATIENT,ORGANIZATION,PROVIDER,PAYER,ENCOUNTERCLASS,CODE,DESCRIPTION,REASONCODE,REASONDESCRIPTION',
    ),
    without:
      'there are no visits: other rows name a visit that is not known, nothing is read from organizations.csv, ' +
      'providers.csv and payers.csv, and no insurance is known',
  },
  conditions: {
    columns: list(`${event},SYSTEM`),
    needed: list('START,PATIENT,ENCOUNTER,CODE,DESCRIPTION'),
    without: 'there are no diagnoses but the reasons of visits',
  },
  procedures: {
    columns: list(`${event},SYSTEM,BASE_COST,REASONCODE,REASONDESCRIPTION`),
    needed: list(`${event},BASE_COST`),
    without: 'there are no procedures',
  },
  medications: {
    columns: list(`${event},PAYER,BASE_COST,PAYER_COVERAGE,DISPENSES,TOTALCOST,REASONCODE,REASONDESCRIPTION`),
    needed: list(`${event},DISPENSES,REASONCODE`),
    without: 'there are no prescriptions',
  },
  observations: {
    columns: list(`${dayEvent},CATEGORY,VALUE,UNITS,TYPE`),
    needed: list(`${dayEvent},VALUE,UNITS`),
    without:
      'there are no observations, patients have neither BMI nor smoking status, and visits have no blood pressure, ' +
      'glucose, heart rate or HbA1c',
  },
  organizations: {
    columns: list(`Id,NAME,${address},PHONE,REVENUE,UTILIZATION,NPI`),
    needed: list('Id,NAME,PHONE,UTILIZATION'),
    without: 'the facility of a visit is the id of its organization, not the name',
  },
  providers: {
    columns: list(`Id,ORGANIZATION,NAME,GENDER,SPECIALITY,${address},UTILIZATION,ENCOUNTERS,PROCEDURES,NPI`),
    needed: list('Id,ORGANIZATION,NAME,SPECIALITY'),
    without: 'visits have no specialty',
  },
  payers: {
    columns: list(
      'Id,NAME,OWNERSHIP,ADDRESS,CITY,STATE_HEADQUARTERED,ZIP,PHONE,AMOUNT_COVERED,AMOUNT_UNCOVERED,REVENUE,' +
        'COVERED_ENCOUNTERS,UNCOVERED_ENCOUNTERS,COVERED_MEDICATIONS,UNCOVERED_MEDICATIONS,COVERED_PROCEDURES,' +
        'UNCOVERED_PROCEDURES,COVERED_IMMUNIZATIONS,UNCOVERED_IMMUNIZATIONS,UNIQUE_CUSTOMERS,QOLS_AVG,MEMBER_MONTHS',
    ),
    needed: list('Id,NAME,STATE_HEADQUARTERED'),
    without: 'the payer of a visit is its id, not its name, and patients have no insurance type',
  },
  allergies: {
    columns: list(`${event},SYSTEM,TYPE,CATEGORY,REACTION1,DESCRIPTION1,SEVERITY1,REACTION2,DESCRIPTION2,SEVERITY2`),
    needed: list('START,PATIENT,CODE,REACTION1,SEVERITY1'),
  },
  careplans: {
    columns: list(`Id,${event},REASONCODE,REASONDESCRIPTION`),
    needed: list(`Id,${event},REASONCODE`),
  },
  claims: {
    columns: list(
      'Id,PATIENTID,PROVIDERID,PRIMARYPATIENTINSURANCEID,SECONDARYPATIENTINSURANCEID,DEPARTMENTID,PATIENTDEPARTMENTID,' +
        'DIAGNOSIS1,DIAGNOSIS2,DIAGNOSIS3,DIAGNOSIS4,DIAGNOSIS5,DIAGNOSIS6,DIAGNOSIS7,DIAGNOSIS8,REFERRINGPROVIDERID,' +
        'APPOINTMENTID,CURRENTILLNESSDATE,SERVICEDATE,SUPERVISINGPROVIDERID,STATUS1,STATUS2,STATUSP,OUTSTANDING1,' +
        'OUTSTANDING2,OUTSTANDINGP,LASTBILLEDDATE1,LASTBILLEDDATE2,LASTBILLEDDATEP,HEALTHCARECLAIMTYPEID1,' +
        'HEALTHCARECLAIMTYPEID2',
    ),
    needed: list('Id,PATIENTID,PRIMARYPATIENTINSURANCEID,DIAGNOSIS1,SERVICEDATE'),
  },
  claims_transactions: {
    columns: list(
      'ID,CLAIMID,CHARGEID,PATIENTID,TYPE,AMOUNT,METHOD,FROMDATE,TODATE,PLACEOFSERVICE,PROCEDURECODE,MODIFIER1,MODIFIER2,' +
        'DIAGNOSISREF1,DIAGNOSISREF2,DIAGNOSISREF3,DIAGNOSISREF4,UNITS,DEPARTMENTID,NOTES,UNITAMOUNT,TRANSFEROUTID,' +
        'TRANSFERTYPE,PAYMENTS,ADJUSTMENTS,TRANSFERS,OUTSTANDING,APPOINTMENTID,LINENOTE,PATIENTINSURANCEID,' +
        'FEESCHEDULEID,PROVIDERID,SUPERVISINGPROVIDERID',
    ),
    needed: list('ID,CLAIMID,CHARGEID,PATIENTID,TRANSFERTYPE'),
  },
  devices: { columns: list(`${event},UDI`), needed: list(`${event},UDI`) },
  imaging_studies: {
    columns: list(
      'Id,DATE,PATIENT,ENCOUNTER,SERIES_UID,BODYSITE_CODE,BODYSITE_DESCRIPTION,MODALITY_CODE,MODALITY_DESCRIPTION,' +
        'INSTANCE_UID,SOP_CODE,SOP_DESCRIPTION,PROCEDURE_CODE',
    ),
    needed: list('Id,DATE,PATIENT,BODYSITE_CODE,MODALITY_CODE,SOP_CODE'),
  },
  immunizations: { columns: list(`${dayEvent},BASE_COST`), needed: list(`${dayEvent},BASE_COST`) },
  payer_transitions: {
    columns: list(
      'PATIENT,MEMBERID,START_YEAR,END_YEAR,START_DATE,END_DATE,PAYER,SECONDARY_PAYER,OWNERSHIP,OWNERNAME,' +
        'PLAN_OWNERSHIP,OWNER_NAME',
    ),
    needed: list('PATIENT,MEMBERID,PAYER,SECONDARY_PAYER'),
  },
  supplies: { columns: list(`${dayEvent},QUANTITY`), needed: list(`${dayEvent},QUANTITY`) },
} as const satisfies Readonly<Record<string, SyntheaFile>>;

export type Kind = keyof typeof exportFiles;

export const kinds = Object.keys(exportFiles) as Kind[];
