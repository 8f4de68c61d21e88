// The grade of a run with its score, and how many checks came to what.
import { Anchor, Text } from '@mantine/core';
import { Link } from 'react-router';
import type { QualityAnswer } from '../../api/answers.ts';
import { countText, dateText, runNumber } from '../../format.ts';
import { statuses, statusNames } from './statuses.ts';

export function Grade({
  quality: { grade, score, checks, as_of, run, published },
}: {
  readonly quality: QualityAnswer;
}) {
  return (
    <section className="card grade" aria-label="Grade">
      <div className="letter">{grade}</div>
      <div>
        <p className="figures">
          <span className="big">{score.toFixed(1)}</span>
          <span className="unit">of 100</span>
        </p>
        <Text size="xs" c="dimmed" className="figures">
          Run {runNumber(run)}, as of {dateText(as_of.date)}
          {!published && ', not published'}
        </Text>
      </div>
      <dl className="figures">
        {statuses.map((status) => (
          <div key={status}>
            <dt>{statusNames[status].label}</dt>
            <dd className={statusNames[status].tone}>
              {countText(checks.filter((check) => check.status === status).length)}
            </dd>
          </div>
        ))}
      </dl>
      {!published && (
        <Anchor component={Link} to="/quality" size="sm">
          Show the published run
        </Anchor>
      )}
    </section>
  );
}
