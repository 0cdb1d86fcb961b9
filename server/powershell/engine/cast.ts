import { convert } from '../value/convert.ts';
import { fault } from '../value/fault.ts';
import { parseDate } from '../value/date-parse.ts';
import { Hashtable } from '../value/hashtable.ts';
import { ScriptBlock } from '../value/script-block.ts';
import { textOf } from '../value/text.ts';
import { typeName } from '../value/type-names.ts';
import type { Value } from '../value/value.ts';
import type { Context } from './context.ts';
import { separatorOf } from './operator-host.ts';

/** A cast that knows where it is: $OFS, today's date, and script blocks from text. */
export const castTo = (value: Value, type: string, cx: Context): Value => {
  switch (type) {
    case 'System.String':
      return textOf(value, separatorOf(cx));
    case 'System.Management.Automation.ScriptBlock':
      return typeof value === 'string' ? blockOf(value, cx) : convert(value, type);
    case 'System.DateTime':
      return dateOf(value, cx) ?? convert(value, type);
    case 'System.Collections.Specialized.OrderedDictionary':
      return value instanceof Hashtable ? value : convert(value, type);
    case 'System.Management.Automation.PSReference':
    case 'System.Net.IPAddress':
    case 'System.Uri':
    case 'System.Management.Automation.PSCredential':
      return refused(value, type);
    default:
      return convert(value, type);
  }
};

/** A time alone is today's. */
const dateOf = (value: Value, cx: Context): Value =>
  typeof value === 'string' ? parseDate(value, cx.core.now().day) : null;

/** A script block of a text, as [scriptblock]::Create makes it. */
export const blockOf = (text: string, cx: Context): ScriptBlock => {
  cx.core.meter.parsed(text.length);
  const parsed = cx.core.setup.parse(text);
  if (parsed.status === 'complete')
    return new ScriptBlock({ body: parsed.script.body, source: text, from: { text, file: null } });
  throw fault({
    message: parsed.error.message,
    id: parsed.error.id,
    category: 'ParserError',
    exception: 'System.Management.Automation.ParseException',
  });
};

const refused = (value: Value, type: string): Value => {
  if (value === null || typeName(value) === type) return value;
  throw fault({
    message: `Values of type "${type}" are not simulated in this console.`,
    id: 'NotSimulated',
    category: 'NotImplemented',
    exception: 'System.Management.Automation.PSNotSupportedException',
  });
};
