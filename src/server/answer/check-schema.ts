// The shape of a quality check.
import { Type } from 'typebox';

const orNull = Type.Union([Type.String(), Type.Null()]);

export const checkSchema = {
  id: Type.String({ description: 'Does not change.' }),
  class: Type.Enum(['conformance', 'completeness', 'plausibility']),
  category: Type.String(),
  severity: Type.Enum(['critical', 'major', 'minor']),
  table: orNull,
  field: orNull,
  threshold: Type.Number({ description: 'The largest share of failed rows with which it passes.' }),
  explanation: orNull,
};

export const checkExample = {
  ...{ id: 'visits.severity_score.range', class: 'plausibility', category: 'atemporal', severity: 'minor' },
  ...{ table: 'visits', field: 'severity_score', threshold: 0.01 },
  explanation: 'severity_score lies outside 0 to 10; the value is set missing.',
};
