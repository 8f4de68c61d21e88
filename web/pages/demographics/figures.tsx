// The four figures of the demographics: each with its unit and, on its heading, how it is defined.
import { SimpleGrid, Text, Tooltip } from '@mantine/core';
import type { CatalogAnswer, MetricsAnswer } from '../../api/answers.ts';
import { Big } from '../../big.tsx';
import { metricText, unitText } from '../../format.ts';

export const figures = ['total_patients', 'average_age', 'average_bmi', 'smokers_percent'] as const;

interface Props {
  readonly answer: MetricsAnswer;
  readonly definitions: CatalogAnswer['metrics'];
}

export function Figures({ answer, definitions }: Props) {
  return (
    <SimpleGrid cols={{ base: 2, md: 4 }} spacing="md">
      {answer.metrics.map(({ name, label, unit, format }) => {
        const value = answer.total.values[name];
        return (
          <div key={name} className="card figure" data-metric={name}>
            <Tooltip
              label={definitions.find((metric) => metric.name === name)?.definition}
              multiline
              maw={280}
              openDelay={300}
            >
              <Text size="sm" c="dimmed" w="fit-content">
                {label}
              </Text>
            </Tooltip>
            <p className="figures">
              <Big>{metricText(value, format)}</Big>
              {value !== null && value !== undefined && unit && <span className="unit">{unitText(unit)}</span>}
            </p>
          </div>
        );
      })}
    </SimpleGrid>
  );
}
