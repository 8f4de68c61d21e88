// The text of truth/README.md: what was generated, the columns of the truth, the formula and the kinds of defects.
import { defectKinds } from './defects/kinds.js';
import { readmissionFormula } from './readmission.js';
import { truthTables } from './truth.js';

export interface Parameters {
  readonly patients: number;
  readonly seed: number;
  readonly dirty: number;
  /** YYYY-MM-DD */
  readonly until: string;
}

/** The first line, by which a folder is known as one of ours. */
export const README_TITLE = '# The truth behind a synthetic hospital';

const tableNotes = {
  defects:
    'One row for every injected defect. Every record that is not named here is clean: used, no field set missing.',
  outcomes:
    'One row for every episode (transfers merged) that a patient left alive, except for transfers that left the network.',
  patients: 'One row for every patient: latent traits that no file shows.',
} as const;

export function truthReadme({ patients, seed, dirty, until }: Parameters): string {
  const columns = Object.entries(truthTables).map(
    ([table, list]) => `## ${table}.parquet

${tableNotes[table as keyof typeof tableNotes]}

| column | type | meaning |
|---|---|---|
${list.map(({ name, type, what }) => `| ${name} | ${type} | ${what} |`).join('\n')}
`,
  );
  const kinds = defectKinds.map(
    ({ id, what, weight, expected: { disposition, reason, missingField, checkId } }) =>
      `| ${id} | ${what} | ${weight} | ${disposition} | ${reason ?? ''} | ${missingField ?? ''} | ${checkId ?? ''} |`,
  );
  return `${README_TITLE}

Nobody here is real. ${patients} patients, seed ${seed}, visits from 2021-01-01 to ${until}, ${dirty} of the records of
patients.csv, visits.csv and prescriptions.csv struck by a defect (diagnoses.csv is clean). The same parameters give the
same bytes. All rates and effects are illustrative: they look like a hospital, and are not estimated from one.

${columns.join('\n')}
## The true probability of readmission

It is 1 / (1 + exp(−log-odds)), where

${readmissionFormula.map((term) => `- ${term}`).join('\n')}

Conditions are those known at the discharge, a bit more than those at registration. A readmission comes 2 to 30 days
after the discharge; without one, an unplanned stay comes no sooner than after 31 days, while a planned one may.
Nobody comes back from a hospice: there the probability is 0.

## The kinds of defects

A struck record gets one of the kinds that apply to it, in proportion to their weights. Records that refer to a rejected
one are used and flagged as orphans; they are not listed.

| kind | what | weight | expected | reason | field set missing | quality check |
|---|---|---|---|---|---|---|
${kinds.join('\n')}
`;
}
