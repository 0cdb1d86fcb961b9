import { AUTHORISATION } from '../../server/course/authorisation.ts';
import type { Table } from '../../server/protocol/field.ts';
import { OPERATIONS } from '../../server/protocol/operation/index.ts';
import type { Operation } from '../../server/protocol/operation/operation.ts';
import { TABLES } from '../../server/protocol/record/index.ts';
import { fact } from '../../server/protocol/wire/down/fact.ts';
import { wireRecord } from '../../server/protocol/wire/down/record.ts';
import { DOWN } from '../../server/protocol/wire/down.ts';
import { WIRE_ERRORS } from '../../server/protocol/wire/error.ts';
import type { Schema } from '../../server/protocol/wire/format.ts';
import { schemaOf } from '../../server/protocol/wire/format.ts';
import { WIRE_LIMITS } from '../../server/protocol/wire/limit.ts';
import { scope } from '../../server/protocol/wire/scope.ts';
import { UP } from '../../server/protocol/wire/up.ts';
import { SUBPROTOCOL } from '../../server/protocol/wire/version.ts';
import { asSchema, code, shapeText, typeText } from './schema-text.ts';

/** PROTOCOL.md, from the schemas and tables that the server itself uses. */
export function protocolDocument(): string {
  const sections = [
    INTRODUCTION,
    `## From the client\n\n${Object.values(UP)
      .map(message => messageText(schemaOf(message, 'input')))
      .join('\n\n')}`,
    `## From the server\n\n${Object.values(DOWN)
      .map(message => messageText(schemaOf(message, 'output')))
      .join('\n\n')}`,
    shapesText(),
    errorsText(),
    limitsText(),
    operationsText(),
    recordsText(),
  ];
  return `${sections.join('\n\n')}\n`;
}

const INTRODUCTION = `# The wire of Enlighten

Written by \`npm run docs\` from \`server/protocol\`; a test fails when it is out of step. Change the
schemas there, never this file.

One WebSocket carries one lab to one client: \`/ws\`, subprotocol \`${SUBPROTOCOL}\`, text frames of JSON, one
message a frame, its kind in \`t\`. Who somebody is comes from the session's cookie at the upgrade and from
nothing else; a page of another origin gets 403.

## How it goes

1. The client says \`hello\` within ${WIRE_LIMITS.helloMs.value / 1_000} s and is answered \`welcome\`, with every limit the server enforces, then
   \`ready\` as soon as the lab runs. It need not wait for that: what follows \`hello\` is done after it.
2. It \`watch\`es scopes. The answer to each is a \`picture\`, or a \`packet\` of all that was missed since the
   position it named, or several where that is much; after that come live packets.
3. It sends \`command\`s under ids of its own. The \`answer\` comes after the packets that show the effect, and
   never before the command is durable. The same id again is answered again with the stored result, for
   the life of the lab; so a client that lost its connection sends again whatever was not answered.

**Position.** Where a client is in a scope is \`(lineage, turn)\`. Turns never go back; the lineage changes
only when history is really replaced. Packets of a scope join: \`from\` is at most the client's turn plus one.
Later than that is a gap, and the client watches again from where it is; a packet that ends at or before
its turn says nothing new. Positions survive crashes of server and client.

**The hash.** A \`beat\` carries the hash a client of that scope must have at that turn: the XOR over all
records of a 64-bit hash of their ids and columns, in 16 hexadecimal digits
(\`server/protocol/wire/scope-hash.ts\`). A client with another one says \`diverged\` and gets a picture.

**Four ways to be delivered.** *State* (pictures, packets, beats, answers) is ordered and complete; who reads
too slowly for it is told later, in as few packets as it takes, all that was missed. *Gauges* are last values: a slow reader
gets the last of each. *Trace* is sampled, dropped first, and what was dropped is counted. *People* are
ephemeral: the last state of each. \`lag\` says which of these is going on, and how long a server with much
to do collects what changes before it sends it.

**Coming back.** Close codes 4000-4099 mean come back, 4100-4199 come back after signing in again, 4200
and up do not. \`goaway\` names a time that is spread over all clients.

**Versions.** Another shape of a message is another subprotocol, held by a hash; an older page is told to
reload. Operations and columns grow without that: \`welcome\` carries their hash.`;

function shapesText(): string {
  const { about: ofScope, type: scopeType } = told(schemaOf(scope, 'output'));
  const { about: ofRecord, type: recordType } = told(schemaOf(wireRecord, 'output'));
  const factSchema = schemaOf(fact, 'output');
  return `## Shapes

### scope

${scopeType}: ${ofScope}.

### record

${ofRecord} ${recordType}

### fact

${told(factSchema).about}

${fieldsText(factSchema, 0)}`;
}

function told(schema: Schema): { readonly about: string; readonly type: string } {
  const { description } = schema;
  return {
    about: typeof description === 'string' ? description : '',
    type: shapeText(schema),
  };
}

function messageText(schema: Schema): string {
  const { description } = schema;
  const properties = asSchema(schema['properties']);
  const name = asSchema(properties['t'])['const'];
  const about = typeof description === 'string' ? description : '';
  return `### ${typeof name === 'string' ? name : ''}\n\n${about}\n\n${fieldsText(schema, 1)}`.trimEnd();
}

/** A row for each field, leaving out the first `skip`. */
function fieldsText(schema: Schema, skip: number): string {
  const { required } = schema;
  const names = Array.isArray(required) ? required : [];
  const rows = Object.entries(asSchema(schema['properties'])).slice(skip);
  if (rows.length === 0) return '';
  return table(
    ['field', 'type', 'about'],
    rows.map(([name, value]) => {
      const field = asSchema(value);
      const { description, default: otherwise } = field;
      const about = typeof description === 'string' ? description : '';
      const optional = names.includes(name) ? '' : defaultText(otherwise);
      return [code(name), typeText(field), [about, optional].filter(Boolean).join('; ')];
    }),
  );
}

function defaultText(otherwise: unknown): string {
  return otherwise === undefined
    ? 'may be left out'
    : `${code(JSON.stringify(otherwise))} when left out`;
}

function errorsText(): string {
  const rows = Object.entries(WIRE_ERRORS).map(([kind, { close, message }]) => [
    code(kind),
    close === null ? 'stays open' : String(close),
    message,
  ]);
  return `## Refusals\n\nClosed: there are no others.\n\n${table(['kind', 'closes with', 'message'], rows)}`;
}

function limitsText(): string {
  const rows = Object.entries(WIRE_LIMITS).map(([name, { value, about }]) => [
    code(name),
    String(value),
    about,
  ]);
  return `## Limits\n\nAs they are unless the server says otherwise in \`welcome\`.\n\n${table(['limit', 'value', 'of'], rows)}`;
}

function operationsText(): string {
  const operations = Object.entries<Operation>(OPERATIONS).map(([name, { verb, about, args }]) => {
    const fields = fieldsText(schemaOf(args, 'input'), 0);
    const who = AUTHORISATION[verb].join(', ');
    return `### ${name}\n\n${about} For: ${who}.\n\n${fields}`.trimEnd();
  });
  return `## Operations\n\nThe whole vocabulary of commands.\n\n${operations.join('\n\n')}`;
}

function recordsText(): string {
  const kinds = Object.values<Table>(TABLES).map(({ kind, about, scopes, fields }) => {
    const shown = Object.entries(fields).filter(([, field]) => field.class !== 'hidden');
    if (shown.length === 0) return null;
    const rows = shown.map(([name, field]) => [
      code(name),
      `${field.type}${field.nullable ? ' or null' : ''}`,
      field.class === 'counter' ? 'gauge' : 'state',
      field.class === 'state' && field.list ? 'yes' : '',
      field.audience === 'instructor' ? 'instructor' : '',
    ]);
    const columns = table(['column', 'type', 'sent as', 'in scope lab', 'only for'], rows);
    const where = scopes.filter(scope => scope !== 'lab').map(scope => code(scope));
    const whole = where.length === 0 ? '' : ` Whole in scopes: ${where.join(', ')}.`;
    return `### ${kind}\n\n${about}${whole}\n\n${columns}`;
  });
  return `## Records\n\n${kinds.filter(text => text !== null).join('\n\n')}`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map(cell => cell.replaceAll('|', String.raw`\|`)).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
