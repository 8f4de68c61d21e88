// How the patient came and how they left: class of the visit, type and source of admission, discharge disposition.
import { uciAdmissionTypes } from '../../codes/uci-admission-types.js';
import { type DischargeDisposition, uciDischargeDispositions } from '../../codes/uci-discharge-dispositions.js';
import type { AllowedValue, Field } from '../../field.js';
import { admissionSource } from './admission-source.js';
import { dispositionDetail } from './disposition-detail.js';

/** A disposition with its synonyms, those of the UCI file's descriptions that mean it among them. */
function disposition(value: DischargeDisposition, synonyms: readonly string[]): AllowedValue {
  const described = uciDischargeDispositions.codes
    .filter((code) => code.value === value)
    .map(({ description }) => description.toLowerCase());
  return { value, synonyms: [...synonyms, ...described] };
}

const dispositions: readonly AllowedValue[] = [
  disposition('home', [
    ...['01', '1', '06', '6', '08', '8', 'home or self care', 'home/self care', 'home or self-care', 'self care'],
    ...['discharged home', 'routine', 'routine discharge', 'routine discharge to home', 'regular discharge'],
    ...['home health', 'home health care', 'home health service', 'home with home health', 'home with services'],
    ...['home with service', 'home care', 'home iv', 'alt-home', 'usual place of residence', 'discharged', 'discharge'],
  ]),
  disposition('facility', [
    ...['03', '3', '04', '4', '61', '62', '63', '64', '65', 'snf', 'icf', 'irf', 'ltac', 'ltach', 'ltch', 'rehab'],
    ...[
      'skilled nursing facility',
      'skilled nursing',
      'intermediate care facility',
      'nursing home',
      'nursing facility',
    ],
    ...['rehabilitation', 'rehab facility', 'rehabilitation facility', 'inpatient rehabilitation facility'],
    ...['inpatient rehabilitation', 'long term care', 'long-term care', 'long term care hospital', 'long'],
    ...['long term acute care', 'long-term acute care', 'long term care facility', 'long-term care facility'],
    ...['chronic/long term acute care', 'swing bed', 'assisted living', 'psych', 'psych facility', 'psy'],
    ...['psychiatric hospital', 'psychiatric facility', 'other facility', 'healthcare facility', 'care home'],
    ...['other healthcare facility', 'other-hcf'],
  ]),
  disposition('hospice', [
    ...['50', '51', 'hospice home', 'hospice - home', 'home hospice', 'hospice facility', 'hospice care'],
    ...['hospice - medical facility', 'hospice medical facility', 'discharged to hospice'],
  ]),
  disposition('died', [
    ...['20', '40', '41', '42', 'dead', 'death', 'deceased', 'exp', 'died in hospital', 'expired in hospital'],
    ...['dead/expired', 'mortality', 'expired at home', 'expired in a medical facility', 'expired, place unknown'],
  ]),
  disposition('left against advice', [
    ...['07', '7', 'ama', 'lama', 'dama', 'aadvice', 'against advice', 'against medical advice'],
    ...['left against medical advice', 'discharged against medical advice', 'self discharge', 'self-discharge'],
    ...['left against medical advice or discontinued care', 'absconded', 'eloped'],
  ]),
  disposition('transfer', [
    ...['02', '2', '66', 'transferred', 'transfer out', 'transferred out', 'acute hospital', 'short term hospital'],
    ...['short-term hospital', 'short term general hospital', 'short-term general hospital', 'another hospital'],
    ...['other hospital', 'transfer to another hospital', 'transferred to another hospital', 'acute care hospital'],
    ...['transfer to short-term hospital', 'transferred to short term hospital', 'critical access hospital', 'cah'],
  ]),
  disposition('other', ['09', '9', 'oth', 'still patient', 'court/law enforcement', 'law enforcement']),
];

export const admissionFields: readonly Field[] = [
  {
    name: 'visit_type',
    type: 'code',
    description: 'The class of the visit.',
    synonyms: [
      ...['type', 'class', 'encounter type', 'encounter class', 'visit class', 'patient class', 'patient type'],
      ...['care setting', 'setting'],
    ],
    values: [
      {
        value: 'inpatient',
        synonyms: [
          ...['i', 'ip', 'imp', 'acute', 'nonac', 'inpatient encounter', 'inpatient stay', 'inpatient acute'],
          ...['inpatient non-acute', 'in-patient', 'in patient', 'hospitalization', 'hospitalisation'],
          ...['hospital admission', 'admission', 'admitted'],
        ],
      },
      {
        value: 'emergency',
        synonyms: [
          ...['e', 'ed', 'er', 'emer', 'emergency room', 'emergency department', 'emergency visit', 'a&e'],
          ...['emergency encounter', 'urgent'],
        ],
      },
      {
        value: 'outpatient',
        synonyms: [
          ...['o', 'op', 'amb', 'ambulatory', 'out-patient', 'out patient', 'outpatient visit', 'clinic', 'office'],
          ...['office visit', 'wellness', 'follow-up', 'follow up', 'followup', 'checkup', 'check-up', 'routine', 'vr'],
          ...['virtual', 'telehealth', 'telemedicine', 'day case', 'day surgery', 'obsenc', 'observation'],
          ...['urgent care', 'urgentcare'],
        ],
      },
      {
        value: 'other',
        synonyms: ['hh', 'home health', 'home', 'fld', 'field', 'prenc', 'pre-admission', 'hospice', 'snf', 'ss'],
      },
    ],
    invalid: 'missing',
    note: 'HL7 v2 table 0004, HL7 v3 ActEncounterCode and the encounter classes of Synthea, whose urgent care is ambulatory. Observation is outpatient care, as Medicare pays it.',
    fhir: 'Encounter.class.code',
  },
  {
    name: 'admission_type',
    type: 'code',
    description: 'How urgent the admission was.',
    synonyms: ['admit type', 'type of admission', 'admission priority', 'priority', 'admission urgency', 'urgency'],
    values: [
      {
        value: 'emergency',
        synonyms: [
          ...['1', 'e', 'em', 'emer', 'emergent', 'emergency admission', 'ew emer.', 'direct emer.', 'a', 'accident'],
          ...['trauma', ...uciDescriptions('emergency')],
        ],
      },
      { value: 'urgent', synonyms: ['2', 'u', 'ur', 'urgent admission'] },
      {
        value: 'elective',
        synonyms: [
          ...['3', 'el', 'c', 'r', 'routine', 'planned', 'scheduled', 'elective admission', 'waiting list', 'booked'],
          ...['surgical same day admission'],
        ],
      },
      { value: 'newborn', synonyms: ['4', 'n', 'nb', 'birth', 'newborn admission'] },
      { value: 'other', synonyms: ['l', 'labor and delivery', 'labour and delivery', 'maternity'] },
    ],
    invalid: 'missing',
    note: 'UB-04 form locator 14 (1-4), HL7 v2 table 0007, HL7 ActPriority. The number 5 means Trauma in UB-04 and "not available" elsewhere, so it is not understood here.',
    fhir: 'Encounter.priority',
  },
  admissionSource,
  {
    name: 'discharge_disposition',
    type: 'code',
    description: 'Where the patient went, or how the stay ended.',
    synonyms: [
      ...['disposition', 'discharge status', 'patient discharge status', 'discharge location', 'discharge destination'],
      ...['discharged to', 'discharge to'],
    ],
    values: dispositions,
    invalid: 'missing',
    note: 'Numbers as in UB-04 form locator 17 (NUBC), except 05, 21, 30, 43 and 70 and above, which other lists use otherwise; words of UB-04, FHIR discharge-disposition, MIMIC and the UCI file.',
    fhir: 'Encounter.hospitalization.dischargeDisposition',
  },
  dispositionDetail,
];

/** What the UCI file writes for a type of admission, beside the value itself. */
function uciDescriptions(value: string): readonly string[] {
  return uciAdmissionTypes.codes
    .filter((code) => code.value === value && code.description.toLowerCase() !== value)
    .map(({ description }) => description.toLowerCase());
}
