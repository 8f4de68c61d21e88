// The part of the data dictionary that shows the scores which models are held against, item by item, each with its source.
import { charlson } from './codes/charlson.js';
import { hospitalLaboratory } from './codes/hospital-laboratory.js';
import { hospitalPoints } from './codes/hospital-points.js';
import { laceComorbidity } from './codes/lace-comorbidity.js';
import { lacePoints, type PointBand } from './codes/lace-points.js';
import { markdownTable } from './markdown.js';

type Item = readonly [item: string, points: string];

export function scoreSections(): readonly string[] {
  return [
    ...section(lacePoints, [
      ['days in hospital', banded(lacePoints.stay)],
      ['acute (emergent) admission', `${lacePoints.acute}`],
      ['sum of comorbidity weights', banded(lacePoints.comorbidity)],
      ['emergency visits in the 6 months before', banded(lacePoints.emergencyVisits)],
    ]),
    ...section(
      laceComorbidity,
      laceComorbidity.weights.map(({ group, weight }) => [labelOf(group), `${weight}`]),
    ),
    ...section(hospitalPoints, [
      [
        `haemoglobin at discharge below ${hospitalPoints.haemoglobin.below} g/dL`,
        `${hospitalPoints.haemoglobin.points}`,
      ],
      ['discharge from oncology', `${hospitalPoints.oncology}`],
      [`sodium at discharge below ${hospitalPoints.sodium.below} mmol/L`, `${hospitalPoints.sodium.points}`],
      ['any coded procedure in the stay', `${hospitalPoints.procedure}`],
      ['urgent or emergent admission', `${hospitalPoints.acute}`],
      ['admissions in the year before', banded(hospitalPoints.admissions)],
      ['days in hospital', banded(hospitalPoints.stay)],
    ]),
    `### ${hospitalLaboratory.name}`,
    `Source: ${hospitalLaboratory.source}`,
    markdownTable(
      ['item', 'LOINC', 'units, and what turns them into that of the score'],
      [
        laboratoryRow('haemoglobin', hospitalLaboratory.haemoglobin),
        laboratoryRow('sodium', hospitalLaboratory.sodium),
      ],
    ),
  ];
}

const laboratoryRow = (name: string, { codes, units }: (typeof hospitalLaboratory)['haemoglobin']) => [
  name,
  codes.map(({ code, description }) => `${code} ${description}`).join('; '),
  units.map(({ unit, factor }) => `${unit} × ${factor}`).join(', '),
];

const section = ({ name, source }: { readonly name: string; readonly source: string }, items: readonly Item[]) => [
  `### ${name}`,
  `Source: ${source}`,
  markdownTable(['item', 'points'], items),
];

/** `from 0: 0, from 1: 2` */
const banded = (bands: readonly PointBand[]): string =>
  bands.map(({ from, points }) => `from ${from}: ${points}`).join(', ');

const labelOf = (group: string): string => charlson.groups.find(({ name }) => name === group)?.label ?? group;
