// Lets a child process run the sources as they are: `node --import <this file> program.ts`.
import { register } from 'node:module';

register('./strip-types.mjs', import.meta.url);
