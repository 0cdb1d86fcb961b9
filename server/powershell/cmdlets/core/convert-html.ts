import type { Call, Cmdlet } from '../../engine/cmdlet.ts';
import { allFields } from '../../format/view.ts';
import { textOf } from '../../value/text.ts';
import { cellsOf } from './layout-of.ts';
import { perCall } from './per-call.ts';
import { selectorsOf } from './selector.ts';

const selectors = perCall(call => selectorsOf(call, 'Property'));
const begun = perCall((): { columns: number | null } => ({ columns: null }));

const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

export const convertToHtml: Cmdlet = {
  name: 'ConvertTo-Html',
  synopsis: 'Turns objects into an HTML table.',
  examples: [{ line: 'Get-VM | ConvertTo-Html Name, State -Fragment', about: 'Just the table.' }],
  *begin({ bound, shell }) {
    if (!bound.flag('Fragment')) {
      const title = escaped(bound.text('Title') ?? 'HTML TABLE');
      yield* shell.write(
        '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN"  "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">',
      );
      yield* shell.write('<html xmlns="http://www.w3.org/1999/xhtml">');
      yield* shell.write('<head>');
      const head = bound.texts('Head');
      yield* shell.write(head === undefined ? `<title>${title}</title>` : head.join('\n'));
      yield* shell.write('</head><body>');
      for (const text of bound.texts('Body') ?? []) yield* shell.write(text);
    }
    for (const text of bound.texts('PreContent') ?? []) yield* shell.write(text);
    yield* shell.write('<table>');
  },
  *process(call) {
    const { bound, shell } = call;
    const object = bound.value('InputObject') ?? null;
    if (object === null) return;
    const { fields, values } = yield* cellsOf(call, selectors(call), object, allFields(object));
    const at = begun(call);
    if (bound.text('As')?.toLowerCase() === 'list') {
      if (at.columns !== null) yield* shell.write('<tr><td><hr></td></tr>');
      at.columns = fields.length;
      for (const [index, { label }] of fields.entries())
        yield* shell.write(row([`${label}:`, textOf(values[index] ?? null)], 'td'));
      return;
    }
    if (at.columns === null) {
      at.columns = fields.length;
      yield* shell.write(`<colgroup>${'<col/>'.repeat(fields.length)}</colgroup>`);
      yield* shell.write(
        row(
          fields.map(({ label }) => label),
          'th',
        ),
      );
    }
    yield* shell.write(
      row(
        values.map(value => textOf(value)),
        'td',
      ),
    );
  },
  *end(call: Call) {
    const { bound, shell } = call;
    yield* shell.write('</table>');
    for (const text of bound.texts('PostContent') ?? []) yield* shell.write(text);
    if (!bound.flag('Fragment')) yield* shell.write('</body></html>');
  },
};

const row = (texts: readonly string[], tag: 'th' | 'td'): string =>
  `<tr>${texts.map(text => `<${tag}>${escaped(text)}</${tag}>`).join('')}</tr>`;
