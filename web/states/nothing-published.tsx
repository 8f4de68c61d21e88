// The empty state: no run is published yet, and which command comes next.
import { Code, Stack, Text, Title } from '@mantine/core';
import type { StatusAnswer } from '../api/answers.ts';
import { countText } from '../format.ts';

export function NothingPublished({ status: { batches } }: { readonly status: StatusAnswer }) {
  const landed = batches.landed > 0;
  return (
    <Stack className="card" p="xl" gap="md" maw={640}>
      <Title order={2}>{landed ? 'Files have landed; no run is published yet' : 'There is no data yet'}</Title>
      {landed ? (
        <>
          <Text c="dimmed">
            {batches.landed === 1 ? 'One batch of files waits' : `${countText(batches.landed)} batches of files wait`}{' '}
            to be cleaned, linked and published.
          </Text>
          <Code block>carelake run</Code>
        </>
      ) : (
        <>
          <Text c="dimmed">Bring in your own files, then run the pipeline:</Text>
          <Code block>{'carelake ingest PATH\ncarelake run'}</Code>
          <Text c="dimmed">Or look around first, with a hospital that is made up:</Text>
          <Code block>carelake demo</Code>
        </>
      )}
      <Text c="dimmed" size="sm">
        This page shows the result as soon as a run is published.
      </Text>
    </Stack>
  );
}
