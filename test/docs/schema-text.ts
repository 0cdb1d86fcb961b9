import type { Json } from '../../server/base/json.ts';
import type { Schema } from '../../server/protocol/wire/format.ts';

/** A JSON Schema in the words of a person: `integer from 0`, `list of text`, `text or null`. */
export function typeText(schema: Schema): string {
  const { title } = schema;
  if (typeof title === 'string') return `[${title}](#${title})`;
  return shapeText(schema);
}

/** The same without its name, for where the name is told. */
export function shapeText(schema: Schema): string {
  if ('const' in schema) return code(JSON.stringify(schema['const']));
  const { enum: values, anyOf, oneOf, type } = schema;
  if (Array.isArray(values)) return values.map(value => code(JSON.stringify(value))).join(', ');
  const choice = anyOf ?? oneOf;
  if (Array.isArray(choice)) return choice.map(one => typeText(asSchema(one))).join(' or ');
  if (Array.isArray(type)) return type.map(one => shapeText({ ...schema, type: one })).join(' or ');
  switch (typeof type === 'string' ? type : 'any') {
    case 'string':
      return textType(schema);
    case 'integer':
    case 'number':
      return numberType(schema);
    case 'array':
      return arrayType(schema);
    case 'object':
      return objectType(schema);
    case 'boolean':
      return 'true or false';
    case 'null':
      return 'null';
    default:
      return 'any JSON';
  }
}

function textType({ pattern, maxLength }: Schema): string {
  if (typeof pattern === 'string') return `text like ${code(pattern)}`;
  return typeof maxLength === 'number' ? `text up to ${maxLength} characters` : 'text';
}

function numberType({ type, minimum, maximum }: Schema): string {
  const word = type === 'integer' ? 'integer' : 'number';
  const from = isLimit(minimum) ? ` from ${minimum}` : '';
  const to = isLimit(maximum) ? ` up to ${maximum}` : '';
  return `${word}${from}${to}`;
}

/** A schema of safe integers says so with the largest there are; that is no limit to mention. */
function isLimit(value: Json | undefined): value is number {
  return typeof value === 'number' && Math.abs(value) < Number.MAX_SAFE_INTEGER;
}

function arrayType({ prefixItems, items }: Schema): string {
  if (Array.isArray(prefixItems)) {
    const members = prefixItems.map(item => {
      const schema = asSchema(item);
      const { description } = schema;
      return typeof description === 'string' ? description : typeText(schema);
    });
    return `[${members.join('; ')}]`;
  }
  return `list of ${typeText(asSchema(items))}`;
}

function objectType({ properties, additionalProperties }: Schema): string {
  if (properties !== undefined) {
    const members = Object.entries(asSchema(properties)).map(
      ([name, value]) => `${name}: ${typeText(asSchema(value))}`,
    );
    return `{ ${members.join('; ')} }`;
  }
  const isMap = typeof additionalProperties === 'object' && additionalProperties !== null;
  return isMap ? `${typeText(asSchema(additionalProperties))} by name` : 'object';
}

export function asSchema(value: Json | undefined): Schema {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return {};
  return value as Schema;
}

export function code(text: string): string {
  return `\`${text}\``;
}
