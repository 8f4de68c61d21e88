// The checks of a run by what they came to; each opens to the rows that fail it.
import { SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { CheckStatus } from '../../../src/pipeline/quality/score.ts';
import type { Check } from '../../api/answers.ts';
import { Head, TableFrame } from '../../tables/frame.tsx';
import { CheckRow } from './check-row.tsx';
import { statuses, statusNames } from './statuses.ts';

const severities = ['critical', 'major', 'minor'];

export function Checks({ checks, run }: { readonly checks: readonly Check[]; readonly run: string | null }) {
  const of = (status: CheckStatus) => checks.filter((check) => check.status === status);
  const [status, setStatus] = useState<CheckStatus>(of('failed').length > 0 ? 'failed' : 'passed');
  const shown = of(status).toSorted(
    (a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity) || shareOf(b) - shareOf(a),
  );
  return (
    <Stack gap="sm" component="section" aria-label="Checks">
      <Title order={2}>Checks</Title>
      <div className="scrolling">
        <SegmentedControl
          size="xs"
          aria-label="Which checks"
          value={status}
          onChange={(value) => setStatus(value as CheckStatus)}
          data={statuses.map((value) => ({ value, label: `${statusNames[value].label} ${of(value).length}` }))}
        />
      </div>
      {shown.length === 0 ? (
        <Text c="dimmed" size="sm">
          No check came to this.
        </Text>
      ) : (
        <TableFrame
          label="Checks, table"
          head={
            <>
              <Head>Check</Head>
              <Head>Severity</Head>
              <Head number>Failed rows</Head>
              <Head number>of</Head>
              <Head number>Share</Head>
              <Head number>Allowed</Head>
              <Head>Result</Head>
            </>
          }
        >
          {shown.map((check) => (
            <CheckRow key={check.id} check={check} run={run} />
          ))}
        </TableFrame>
      )}
    </Stack>
  );
}

const shareOf = ({ failed_rows, total_rows }: Check): number => (total_rows === 0 ? 0 : failed_rows / total_rows);
