// The looks of the app: one accent, quiet greys, figures of one width. Every text keeps 4.5 : 1 (WCAG 2.2, 1.4.3).
import { type CSSVariablesResolver, createTheme } from '@mantine/core';

export const theme = createTheme({
  primaryColor: 'lake',
  primaryShade: { light: 7, dark: 4 },
  autoContrast: true,
  colors: {
    lake: [
      '#eef5fc',
      '#dceaf8',
      '#b7d4f0',
      '#8dbbe7',
      '#66a5df',
      '#4591d6',
      '#2f7fc8',
      '#1a68ad',
      '#13558f',
      '#0b4170',
    ],
    dark: [
      '#e4e7ec',
      '#bcc2cc',
      '#9aa2af',
      '#6d7684',
      '#3b424e',
      '#2b313b',
      '#1f242c',
      '#15191f',
      '#101318',
      '#0b0d11',
    ],
  },
  fontFamily: 'Inter, system-ui, -apple-system, "Segoe UI", Roboto, sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  defaultRadius: 'md',
  headings: {
    fontWeight: '600',
    sizes: { h1: { fontSize: '1.5rem' }, h2: { fontSize: '1.0625rem' }, h3: { fontSize: '0.9375rem' } },
  },
});

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-text': '#1b222c',
    '--mantine-color-dimmed': '#586271',
    '--mantine-color-placeholder': '#667080',
    '--mantine-color-default-border': '#e3e7ec',
    '--carelake-ground': '#fafbfc',
    '--carelake-card': '#ffffff',
    '--carelake-good': '#0b6b3a',
    '--mantine-color-error': '#b3261e',
    '--carelake-bad': '#b3261e',
    '--carelake-held': '#7a4d00',
  },
  dark: {
    '--mantine-color-text': '#e4e7ec',
    '--mantine-color-dimmed': '#a3abb8',
    '--mantine-color-placeholder': '#8d96a4',
    '--mantine-color-default-border': '#2b313b',
    '--carelake-ground': '#101318',
    '--carelake-card': '#15191f',
    '--carelake-good': '#5fd08f',
    '--mantine-color-error': '#ff9b92',
    '--carelake-bad': '#ff9b92',
    '--carelake-held': '#f0b95c',
  },
});
