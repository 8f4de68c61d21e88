// Lines of the log, the newest first, and older ones on demand.
import { Button, Group, Skeleton, Stack, Text } from '@mantine/core';
import type { Line } from '../../../src/records/audit/line.ts';
import { type LineFilter, useLines } from '../../api/audit.ts';
import { countText, headingText, secondText } from '../../format.ts';
import { Failure } from '../../states/failure.tsx';
import { Head, TableFrame } from '../../tables/frame.tsx';

interface Props {
  readonly filter: LineFilter;
  /** Another question is about to be asked. */
  readonly isWaiting: boolean;
}

export function Lines({ filter, isWaiting }: Props) {
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetching, isFetchingNextPage } = useLines(filter);
  const failure = error && <Failure error={error} onRetry={() => void refetch()} />;
  if (!data) return failure ?? <Skeleton height={320} radius="md" role="status" aria-label="Loading" />;
  const lines = data.pages.flatMap((page) => page.lines);
  const searched = data.pages.reduce((sum, page) => sum + page.searched, 0);
  return (
    <Stack gap="sm" className={isWaiting ? 'waiting' : ''}>
      {failure}
      {lines.length === 0 ? (
        <Text size="sm" c="dimmed">
          No line is like this{hasNextPage ? ` among the newest ${countText(searched)}` : ''}.
        </Text>
      ) : (
        <TableFrame
          label="Lines"
          head={
            <>
              <Head>When</Head>
              <Head>Who</Head>
              <Head>Did</Head>
              <Head>Whose rows</Head>
              <Head>How</Head>
            </>
          }
        >
          {lines.map((line) => (
            <Row key={line.sequence} line={line} />
          ))}
        </TableFrame>
      )}
      <Group justify="space-between">
        <Text size="sm" c="dimmed" className="figures" role="status">
          {countText(lines.length)} {lines.length === 1 ? 'line' : 'lines'}
          {searched > lines.length ? ` of ${countText(searched)} that were looked at` : ''}
        </Text>
        {hasNextPage && (
          <Button
            variant="default"
            size="sm"
            loading={isFetchingNextPage}
            disabled={isFetching}
            onClick={() => void fetchNextPage()}
          >
            Older lines
          </Button>
        )}
      </Group>
    </Stack>
  );
}

/** So many keys are shown at once. */
const few = 3;

function Row({ line }: { readonly line: Line }) {
  const { sequence, at, by, kind, from, action, outcome, table, ids, patients, detail, request, hash } = line;
  return (
    <tr>
      <td className="nowrap figures" data-label="When">
        {secondText(at)}
        <Text size="xs" c="dimmed">
          line {countText(sequence)}
        </Text>
      </td>
      <td data-label="Who">
        <span className="long">{by}</span>
        <Text size="xs" c="dimmed">
          {kind} at {from}
        </Text>
      </td>
      <td data-label="Did">
        {headingText(action)}
        {outcome !== 'done' && (
          <Text size="xs" className={outcome === 'unchanged' ? 'quiet' : 'held'}>
            {outcome}
          </Text>
        )}
      </td>
      <td className="whole" data-label="Whose rows">
        {table === null ? <span className="quiet">none</span> : headingText(table)}
        <Keys label="rows" keys={ids} />
        <Keys label="patients" keys={patients} />
      </td>
      <td className="came whole" data-label="How">
        <details>
          <summary>
            <span className="long">{detail ?? 'Details'}</span>
          </summary>
          <Text size="xs" c="dimmed" component="div">
            Request <code>{request ?? 'none'}</code>
            <br />
            Hash <code>{hash}</code>
          </Text>
        </details>
      </td>
    </tr>
  );
}

function Keys({ label, keys }: { readonly label: string; readonly keys: readonly string[] }) {
  if (keys.length === 0) return null;
  if (keys.length <= few) {
    return (
      <Text size="xs" c="dimmed">
        {label === 'patients' && 'of '}
        <code>{keys.join(', ')}</code>
      </Text>
    );
  }
  return (
    <Text size="xs" c="dimmed" component="details">
      <summary>
        {label === 'patients' && 'of '}
        {countText(keys.length)} {label}
      </summary>
      <code>{keys.join(', ')}</code>
    </Text>
  );
}
