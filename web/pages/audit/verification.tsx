// Whether the log is as it was written: asked for, since the whole of it is read.
import { Button, Group, Text, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { Verified } from '../../api/audit.ts';
import { ask } from '../../api/request.ts';
import { countText, momentText } from '../../format.ts';
import { Failure } from '../../states/failure.tsx';

export function Verification() {
  const verifying = useMutation({ mutationFn: () => ask<Verified>('/api/audit/verify') });
  const { data, error, isPending } = verifying;
  return (
    <section className="card facts" aria-label="Verification">
      <Group justify="space-between" align="flex-start" gap="sm">
        <div role="status">
          <Title order={2}>{titleOf(isPending, data)}</Title>
          <Text size="sm" c="dimmed">
            {data
              ? `${countText(data.lines)} lines, ${sealText(data.sealed_from)}.`
              : 'Reads every line and finds one that was changed, removed, put in or moved.'}
          </Text>
        </div>
        <Button variant="default" size="sm" loading={isPending} onClick={() => verifying.mutate()}>
          {data ? 'Verify again' : 'Verify'}
        </Button>
      </Group>
      {error && <Failure error={error} />}
      {data && data.head.at !== null && (
        <Text size="sm" mt="sm">
          End, to be noted down where the server cannot write ({momentText(data.head.at)}):{' '}
          <code className="anchor">
            {data.head.sequence}:{data.head.hash}
          </code>
        </Text>
      )}
      {data && data.fault_count > 0 && (
        <ul className="faults">
          {data.faults.map(({ line, kind, message }) => (
            <li key={`${line} ${kind} ${message}`}>
              <span className="bad">{kind}</span> {message}
            </li>
          ))}
          {data.fault_count > data.faults.length && (
            <li className="quiet">and {countText(data.fault_count - data.faults.length)} more</li>
          )}
        </ul>
      )}
    </section>
  );
}

function titleOf(isPending: boolean, data: Verified | undefined) {
  if (isPending) return 'Reading the log…';
  if (!data) return 'Is the log whole?';
  if (data.ok) return <span className="good">The log is as it was written</span>;
  return (
    <span className="bad">
      {countText(data.fault_count)} {data.fault_count === 1 ? 'fault was' : 'faults were'} found in the log
    </span>
  );
}

const sealText = (from: number | null): string =>
  from === null
    ? 'sealed with no key'
    : from === 1
      ? 'all sealed with a key'
      : `sealed with a key from line ${countText(from)} on`;
