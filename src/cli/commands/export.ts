// carelake export: the published tables for other tools.
import { Argument } from 'commander';
import { type ExportFormat, exportTables } from '../../analytics/export/export.js';
import { publishedTables } from '../../catalog/catalog.js';
import { noteIn } from '../audited.js';
import { command, running } from '../command.js';
import { textTable } from '../output.js';

interface Options {
  readonly tables?: readonly string[];
}

const formulas = 'a spreadsheet may take a cell that begins with = for a formula';

export const exportTo = command({
  name: 'export',
  summary: 'Write the published tables as CSV or Parquet',
  examples: ['export csv out/', 'export parquet out/ --tables visits stays'],
})
  .addArgument(new Argument('<format>', 'csv or parquet').choices(['csv', 'parquet']))
  .argument('<dir>', 'an empty or new folder')
  .addHelpText(
    'after',
    `\nCSV is for programs: it holds every value as it is, and ${formulas}. Of rejects --csv none is.`,
  )
  .option('--tables <table...>', `only these: ${Object.keys(publishedTables).join(', ')}`)
  .action(
    running<Options, [ExportFormat, string]>(async ({ app, output, signal }, { tables }, format, dir) => {
      await noteIn({ app, output }, 'export', {
        action: 'export',
        detail: `${(tables ?? ['all tables']).join(', ')} as ${format} to ${dir}`,
      });
      output.progress(`Exporting to ${dir}`);
      const files = await exportTables(
        await app.engine(),
        await app.published((names) => (tables?.every((table) => names.includes(table)) ? tables : names)),
        format,
        dir,
        {
          ...(tables && { tables }),
          signal,
        },
      );
      output.note('The files hold identifiers of patients: keep them where such data may be kept.');
      if (format === 'csv') output.note(`The CSV holds every value as it is: ${formulas}.`);
      output.result({ files }, () =>
        textTable(
          ['table', 'rows', 'file'],
          files.map((file) => [file.table, file.rows, file.path]),
        ),
      );
    }),
  );
