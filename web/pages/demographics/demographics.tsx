// Who the patients are: four figures, and patients by gender, age group, location and class of body mass index.
import { SimpleGrid, Stack, Text, Title } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { MetricsAnswer } from '../../api/answers.ts';
import { useCatalog, useMetrics } from '../../api/queries.ts';
import { ChartCard, type ChartProps } from '../../charts/chart-card.tsx';
import { dateText, missing, runNumber } from '../../format.ts';
import { Answered } from '../../states/answered.tsx';
import { Published } from '../../states/published.tsx';
import { Figures, figures } from './figures.tsx';
import { FilterBar } from './filter-bar.tsx';
import { type Filterable, type Filters, filterable, useFilters, whereOf } from './filters.ts';

const metric = 'total_patients';

interface ChartPlan extends Pick<ChartProps, 'title' | 'direction' | 'height' | 'axis'> {
  readonly dimension: Filterable;
}

const charts: readonly ChartPlan[] = [
  { dimension: 'gender', title: 'Gender', direction: 'lying', height: 260, axis: 'Gender' },
  {
    dimension: 'age_group',
    title: 'Age group',
    direction: 'standing',
    height: 260,
    axis: 'Age on the day of the run (years)',
  },
  { dimension: 'location', title: 'Location', direction: 'lying', height: 360, axis: 'Location' },
  { dimension: 'bmi_category', title: 'BMI category', direction: 'lying', height: 360, axis: 'BMI category' },
];

export default function Demographics() {
  return (
    <Stack gap="lg">
      <title>Demographics · Carelake</title>
      <div>
        <Title order={1}>Demographics</Title>
        <Text c="dimmed" size="sm">
          Registered patients. Choose a bar to filter everything else by it.
        </Text>
      </div>
      <Published>{() => <Content />}</Published>
    </Stack>
  );
}

function Content() {
  const state = useFilters();
  const catalog = useCatalog();
  const numbers = useMetrics({ metrics: figures, where: whereOf(state.filters) });
  const answers: Readonly<Record<Filterable, UseQueryResult<MetricsAnswer>>> = {
    gender: useCounted('gender', state.filters),
    age_group: useCounted('age_group', state.filters),
    location: useCounted('location', state.filters),
    bmi_category: useCounted('bmi_category', state.filters),
  };
  const valuesOf = (dimension: Filterable) =>
    catalog.data?.dimensions.find(({ name }) => name === dimension)?.values ?? null;
  return (
    <Answered query={catalog} height={480}>
      {({ dimensions, metrics }) => (
        <Stack gap="lg">
          <FilterBar
            state={state}
            dimensions={dimensions}
            genders={answers.gender.data}
            locations={answers.location.data}
          />
          <Answered query={numbers} height={96}>
            {(answer) => <Figures answer={answer} definitions={metrics} />}
          </Answered>
          <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
            {charts.map((plan) => (
              <Answered key={plan.dimension} query={answers[plan.dimension]} height={320}>
                {(answer) => (
                  <ChartCard
                    {...plan}
                    metric={metric}
                    valueAxis="Patients"
                    answer={answer}
                    order={valuesOf(plan.dimension)}
                    chosen={state.filters[plan.dimension]}
                    onToggle={(value) => state.toggle(plan.dimension, value)}
                    about={aboutOf(answer, state.filters, plan.dimension)}
                  />
                )}
              </Answered>
            ))}
          </SimpleGrid>
        </Stack>
      )}
    </Answered>
  );
}

const useCounted = (dimension: Filterable, filters: Filters) =>
  useMetrics({
    metrics: [metric],
    by: [dimension],
    where: whereOf(filters, dimension),
    ...(dimension === 'location' && { sort: [`-${metric}`, dimension] }),
  });

function aboutOf({ as_of }: MetricsAnswer, filters: Filters, except: Filterable): string {
  const chosen = filterable
    .filter((dimension) => dimension !== except && filters[dimension].length > 0)
    .map((dimension) => filters[dimension].map((value) => value ?? missing).join(' or '));
  return [`Patients, run ${runNumber(as_of.run)} as of ${dateText(as_of.date)}`, ...chosen].join(' · ');
}
