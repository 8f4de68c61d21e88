// The colours of the charts. One accent marks what counts; nothing is told by hue alone, so every kind of sight reads it.
import { useComputedColorScheme } from '@mantine/core';

export interface Palette {
  readonly accent: string;
  /** Values that are there but not chosen. */
  readonly faded: string;
  /** Rows without a value. */
  readonly missing: string;
  readonly ink: string;
  readonly quiet: string;
  readonly line: string;
  readonly ground: string;
}

const palettes: Readonly<Record<'light' | 'dark', Palette>> = {
  light: {
    accent: '#2f7fc8',
    faded: '#c5dcf1',
    missing: '#b3bbc6',
    ink: '#1b222c',
    quiet: '#586271',
    line: '#e3e7ec',
    ground: '#ffffff',
  },
  dark: {
    accent: '#66a5df',
    faded: '#294967',
    missing: '#596473',
    ink: '#e4e7ec',
    quiet: '#a3abb8',
    line: '#2b313b',
    ground: '#15191f',
  },
};

export const usePalette = (): Palette => palettes[useComputedColorScheme('light', { getInitialValueInEffect: false })];
