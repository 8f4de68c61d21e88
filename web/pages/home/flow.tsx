// The stages side by side, one below the other where there is no room.
import { Text, Title } from '@mantine/core';
import { Big } from '../../big.tsx';
import { countText } from '../../format.ts';
import type { Stage } from './stages.ts';

export function Flow({ stages }: { readonly stages: readonly Stage[] }) {
  return (
    <ol className="flow" aria-label="The way of the data">
      {stages.map(({ name, says, total, unit, parts }) => (
        <li key={name} className="card stage">
          <Title order={2}>{name}</Title>
          <Text size="xs" c="dimmed">
            {says}
          </Text>
          <p className="figures">
            <Big>{countText(total)}</Big>
            <span className="unit">{unit}</span>
          </p>
          <dl className="figures">
            {parts.map(({ label, count, tone }) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd className={tone && count > 0 ? tone : undefined}>{countText(count)}</dd>
              </div>
            ))}
          </dl>
        </li>
      ))}
    </ol>
  );
}
