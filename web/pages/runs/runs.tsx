// The runs that are kept, newest first: when, how long, how good, and what came of them.
import { Anchor, Badge, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import type { RunRow } from '../../api/answers.ts';
import { useRuns } from '../../api/queries.ts';
import { countText, dateText, headingText, momentText, runNumber, spanText, unknown } from '../../format.ts';
import { Answered } from '../../states/answered.tsx';
import { Published } from '../../states/published.tsx';
import { Head, TableFrame } from '../../tables/frame.tsx';
import { Pager } from '../../tables/pager.tsx';

export default function Runs() {
  const [page, setPage] = useState(1);
  return (
    <Stack gap="lg">
      <title>Runs · Carelake</title>
      <div>
        <Title order={1}>Runs</Title>
        <Text c="dimmed" size="sm">
          The runs that are kept. A run is made whole or not at all; the published one is what every page shows.
        </Text>
      </div>
      <Published>{() => <List page={page} onPage={setPage} />}</Published>
    </Stack>
  );
}

const tables = ['patients', 'visits', 'prescriptions'] as const;

function List({ page, onPage }: { readonly page: number; readonly onPage: (page: number) => void }) {
  return (
    <Answered query={useRuns(page)} height={240}>
      {({ runs, total, pages }) => (
        <>
          <TableFrame
            label="Runs"
            head={
              <>
                <Head>Run</Head>
                <Head>Finished</Head>
                <Head>As of</Head>
                <Head>Grade</Head>
                <Head number>Took</Head>
                {tables.map((table) => (
                  <Head key={table} number>
                    {headingText(table)}
                  </Head>
                ))}
                <Head>Engine</Head>
              </>
            }
          >
            {runs.map((run) => (
              <Row key={run.id} run={run} />
            ))}
          </TableFrame>
          <Pager what={total === 1 ? 'run' : 'runs'} total={total} page={page} pages={pages} onPage={onPage} />
        </>
      )}
    </Answered>
  );
}

function Row({ run }: { readonly run: RunRow }) {
  return (
    <tr>
      <td className="whole">
        <span className="run">
          <span className="figures nowrap">
            <strong>{runNumber(run.id)}</strong> <code className="quiet">{run.id.slice(7)}</code>
          </span>
          {run.published && (
            <Badge variant="light" size="sm" tt="none">
              published
            </Badge>
          )}
        </span>
      </td>
      <td className="nowrap figures" data-label="Finished">
        {momentText(run.finished_at)}
      </td>
      <td className="nowrap figures" data-label="As of">
        {dateText(run.as_of)}
      </td>
      <td data-label="Grade">
        {run.grade === null ? (
          unknown
        ) : (
          <Anchor component={Link} to={`/quality?run=${run.id}`} size="sm">
            {run.grade}
          </Anchor>
        )}
      </td>
      <td className="number" data-label="Took">
        {spanText(run.ms)}
      </td>
      {tables.map((table) => (
        <td key={table} className="number" data-label={headingText(table)}>
          {run.tables[table] ? countText(run.tables[table].rows) : unknown}
        </td>
      ))}
      <td className="nowrap" data-label="Engine">
        {run.engine}
      </td>
    </tr>
  );
}
