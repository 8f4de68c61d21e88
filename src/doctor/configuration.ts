// The configuration in words, so that a report of a fault says where everything is.
import type { App } from '../app.js';
import type { Verdict } from './finding.js';
import { sizeText } from './size.js';

export async function configuration({ config, lake }: App): Promise<Verdict> {
  const { data, workspace, memory, threads, temp, engine } = config;
  const words = [
    `data in ${data}`,
    `workspace ${workspace} in ${lake.address}`,
    `${engine} with ${sizeText(memory)} of memory and ${threads} threads`,
    `temporary files in ${temp}`,
  ];
  return { state: 'ok', detail: words.join(', ') };
}
