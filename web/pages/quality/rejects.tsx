// The flaws for which records were rejected, or values set missing: file, line, value and reason, to be narrowed down.
import { Group, SegmentedControl, Select, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { StatusAnswer } from '../../api/answers.ts';
import { type RejectFilter, useRejects } from '../../api/queries.ts';
import { countText, headingText, unknown } from '../../format.ts';
import { Answered } from '../../states/answered.tsx';
import { Head, TableFrame } from '../../tables/frame.tsx';
import { Pager } from '../../tables/pager.tsx';

interface Props {
  readonly accounting: StatusAnswer['accounting'];
  readonly reasons: Readonly<Record<string, string>>;
}

const unfiltered: RejectFilter = { kind: 'rejected', file: null, code: null, page: 1 };
const nouns = { rejected: ['flaw', 'flaws'], missing: ['value', 'values'] } as const;

export function Rejects({ accounting, reasons }: Props) {
  const [filter, setFilter] = useState(unfiltered);
  const narrow = (part: Partial<RejectFilter>) => setFilter({ ...filter, page: 1, ...part });
  const [one, many] = nouns[filter.kind];
  return (
    <Stack gap="sm" component="section" aria-label="Rejected rows">
      <div>
        <Title order={2}>What was refused, and why</Title>
        <Text size="sm" c="dimmed">
          {filter.kind === 'rejected'
            ? 'Records of which no row was made. A record is listed once for each of its flaws.'
            : 'Values that could not be used and were set missing, in records that are used.'}
        </Text>
      </div>
      <Group gap="sm" align="flex-end">
        <SegmentedControl
          size="sm"
          aria-label="What was refused"
          value={filter.kind}
          onChange={(kind) => setFilter({ ...unfiltered, kind: kind as RejectFilter['kind'] })}
          data={[
            { value: 'rejected', label: 'Rejected records' },
            { value: 'missing', label: 'Values set missing' },
          ]}
        />
        <Select
          label="File"
          placeholder="All"
          size="sm"
          clearable
          clearButtonProps={{ 'aria-label': 'Clear File' }}
          value={filter.file}
          onChange={(file) => narrow({ file })}
          data={[...new Set(accounting.map(({ file }) => file))]}
        />
        <Select
          label="Reason"
          placeholder="All"
          size="sm"
          clearable
          clearButtonProps={{ 'aria-label': 'Clear Reason' }}
          value={filter.code}
          onChange={(code) => narrow({ code })}
          data={Object.keys(reasons).map((code) => ({ value: code, label: headingText(code) }))}
        />
      </Group>
      <Answered query={useRejects(filter)} height={320}>
        {({ rejects, total, pages }) =>
          rejects.length === 0 ? (
            <Text size="sm" c="dimmed">
              Nothing was refused here.
            </Text>
          ) : (
            <>
              <TableFrame
                label="Refused"
                head={
                  <>
                    <Head>File</Head>
                    <Head number>Line</Head>
                    <Head>Field</Head>
                    <Head>Value as it came</Head>
                    <Head>Reason</Head>
                  </>
                }
              >
                {rejects.map((row) => (
                  <tr key={`${row.file} ${row.line} ${row.row} ${row.field} ${row.code} ${row.value}`}>
                    <td className="nowrap" data-label="File">
                      {row.file}
                    </td>
                    <td className="number" data-label="Line">
                      {row.line === null ? unknown : countText(row.line)}
                    </td>
                    <td className="nowrap" data-label="Field">
                      {row.field === null ? <span className="quiet">whole record</span> : <code>{row.field}</code>}
                    </td>
                    <td className="came whole" data-label="Value as it came">
                      <Came value={row.value} />
                    </td>
                    <td className="wide whole" data-label="Reason">
                      {row.reason}
                    </td>
                  </tr>
                ))}
              </TableFrame>
              <Pager
                what={total === 1 ? one : many}
                total={total}
                page={filter.page}
                pages={pages}
                onPage={(page) => setFilter({ ...filter, page })}
              />
            </>
          )
        }
      </Answered>
    </Stack>
  );
}

/** Longer texts, as of a whole record, open on demand. */
const shortest = 60;

function Came({ value }: { readonly value: string }) {
  if (value === '') return <span className="quiet">empty</span>;
  if (value.length <= shortest) return <code>{value}</code>;
  return (
    <details>
      <summary>
        <code>{value.slice(0, shortest)}…</code>
      </summary>
      <code>{value}</code>
    </details>
  );
}
