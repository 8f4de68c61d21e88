// A report as one HTML file that needs nothing else: no script, no font, no address.
import { style } from './style.js';

/**
 * @param title Text, not yet HTML.
 * @param main HTML.
 * @param ownStyle Style sheet of this kind of report, after that of all.
 */
export const reportPage = (title: string, main: string, ownStyle = ''): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(title)}</title>
<style>${style}${ownStyle}</style>
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
${main}
</main>
</body>
</html>
`;

export const counted = (value: number): string => value.toLocaleString('en-US');

/** Of a share from 0 to 1; a small one keeps digits that tell it from 0. */
export const percent = (share: number): string =>
  `${(100 * share).toLocaleString('en-US', { maximumFractionDigits: share > 0 && share < 0.001 ? 4 : 2 })} %`;

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Names and reasons are whatever somebody wrote. */
export const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign);
