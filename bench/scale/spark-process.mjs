// The processor time of the Spark Connect server of an address, where it runs on this machine.
import { readdirSync, readFileSync } from 'node:fs';

const clockTicks = 100;

/** Of all threads since its start; NaN where there is no such process here. */
export function processorSecondsOf(address) {
  const port = /:([0-9]+)/.exec(address.slice('sc://'.length))?.[1];
  for (const pid of readdirSync('/proc').filter((name) => /^[0-9]+$/.test(name))) {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
      if (!command[0]?.endsWith('java') || !command.includes(`spark.connect.grpc.binding.port=${port}`)) continue;
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1).split(' ');
      return (Number(stat[11]) + Number(stat[12])) / clockTicks;
    } catch (error) {
      if (!['ENOENT', 'ESRCH'].includes(error.code)) throw error;
    }
  }
  return Number.NaN;
}
