// The issues step. Grain: one row for every value that cleaning set missing and every flaw that rejected a row.

import { literal } from '../../engine/sql-text.js';
import type { Step } from '../../engine/step.js';
import { issueSeparator, issueUnit } from './issue-text.js';

export function issuesStep(clean: Readonly<Record<string, readonly Step[]>>): Step {
  const tables = Object.keys(clean).sort();
  return {
    kind: 'step',
    name: 'issues',
    version: 1,
    inputs: Object.fromEntries(tables.map((table) => [`clean_${table}`, clean[table] ?? []])),
    sql: (dialect) => {
      const flawed = tables.map(
        (
          table,
        ) => `select ${literal(table)} as table_name, source, _batch, _file, _row, _item, _line, _primary, _rejected,
    ${dialect.split('_issues', issueSeparator)} as _list
  from clean_${table} where _issues is not null`,
      );
      return `select table_name, source, _batch, _file, _row, _item, _line, _primary, _rejected,
  ${issueUnit('_issue', 1)} as field,
  ${issueUnit('_issue', 2)} as reason,
  ${issueUnit('_issue', 3)} as action,
  ${issueUnit('_issue', 4)} as value
from ${dialect.explode(`(${flawed.join('\n  union all ')})`, '_list', '_issue')} as opened`;
    },
  };
}
