// The frame of the pages before one is signed in: the name of the app, and one card.
import { Stack, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { SchemeSwitch } from '../../shell/scheme-switch.tsx';

export function Frame({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div className="entrance">
      <header>
        <span className="brand">
          <img src="/favicon.svg" alt="" width={24} height={24} />
          Carelake
        </span>
        <SchemeSwitch />
      </header>
      <main>
        <Stack className="card" p="xl" gap="lg">
          <title>{`${title} · Carelake`}</title>
          <Title order={1}>{title}</Title>
          {children}
        </Stack>
      </main>
    </div>
  );
}
