import type {
  Attribute,
  Block,
  Expression,
  FunctionDefinition,
  ParameterDeclaration,
} from '../syntax/tree.ts';
import { fullTypeName } from '../value/type-table.ts';
import { ScriptBlock } from '../value/script-block.ts';
import type { Value } from '../value/value.ts';
import {
  ALL_SETS,
  type Impact,
  type Parameter,
  type Place,
  type Rule,
  type Signature,
} from './binder-port.ts';
import type { Context } from './context.ts';
import type { FunctionCommand, Source } from './function-command.ts';

/** `function Name { }` as a command. */
export const functionOf = (node: FunctionDefinition, cx: Context): FunctionCommand => ({
  name: node.name.replace(/^(global|script|local|private):/i, ''),
  kind: node.kind,
  body: node.body,
  text: node.text,
  from: cx.from,
  signature: signatureOf(node.name, node.body, cx.from),
});

const known = new WeakMap<Block, FunctionCommand>();

/** A script block as a command: `& { }`, Invoke-Command. */
export const blockCommand = (block: ScriptBlock): FunctionCommand => {
  const found = known.get(block.body);
  if (found !== undefined) return found;
  const made: FunctionCommand = {
    name: '',
    kind: 'block',
    body: block.body,
    text: block.source,
    from: block.from,
    signature: signatureOf('', block.body, block.from),
  };
  known.set(block.body, made);
  return made;
};

/** What a param block says, as the binder wants it. */
export const signatureOf = (name: string, body: Block, from: Source): Signature => {
  const binding = body.attributes.find(one => isNamed(one, 'CmdletBinding'));
  const declarations = body.params ?? [];
  const advanced =
    binding !== undefined ||
    declarations.some(({ attributes }) => attributes.some(one => isNamed(one, 'Parameter')));
  const positional = !flagOf(binding, 'PositionalBinding', true) ? null : 0;
  return {
    name,
    implementedBy: name,
    kind: 'function',
    advanced,
    shouldProcess: flagOf(binding, 'SupportsShouldProcess', false),
    impact: impactOf(binding),
    defaultSet: textOf(binding, 'DefaultParameterSetName'),
    parameters: parametersOf(declarations, { from, positional }),
  };
};

const isNamed = ({ name }: Attribute, wanted: string): boolean =>
  name
    .replace(/^System\.Management\.Automation\./i, '')
    .replace(/Attribute$/i, '')
    .toLowerCase() === wanted.toLowerCase();

const argument = (attribute: Attribute | undefined, name: string): Expression | null | undefined =>
  attribute?.named.find(one => one.name.toLowerCase() === name.toLowerCase())?.value;

/** Of attributes only constants count: $true, $false, numbers, texts. */
const constant = (node: Expression): Value => {
  switch (node.node) {
    case 'number':
      return Number(node.value);
    case 'string':
      return node.value;
    case 'variable':
      return node.name.toLowerCase() === 'true'
        ? true
        : node.name.toLowerCase() === 'false'
          ? false
          : null;
    case 'unary': {
      const value = constant(node.operand);
      return node.operator === '-' && typeof value === 'number' ? -value : value;
    }
    case 'array':
      return node.items.map(constant);
    default:
      return null;
  }
};

/** A name alone means $true. */
const flagOf = (attribute: Attribute | undefined, name: string, otherwise: boolean): boolean => {
  const node = argument(attribute, name);
  if (node === undefined) return otherwise;
  return node === null || constant(node) === true || constant(node) === 1;
};

const textOf = (attribute: Attribute | undefined, name: string): string | null => {
  const node = argument(attribute, name);
  const value = node === undefined || node === null ? null : constant(node);
  return typeof value === 'string' ? value : null;
};

const IMPACTS: readonly Impact[] = ['None', 'Low', 'Medium', 'High'];

const impactOf = (attribute: Attribute | undefined): Impact => {
  const text = textOf(attribute, 'ConfirmImpact')?.toLowerCase();
  return IMPACTS.find(one => one.toLowerCase() === text) ?? 'Medium';
};

interface Around {
  readonly from: Source;
  /** The first position of parameters that name none; null when they have none. */
  readonly positional: number | null;
}

/** Positions count in order for those that give none, switches aside. */
const parametersOf = (
  declarations: readonly ParameterDeclaration[],
  { from, positional }: Around,
): Parameter[] => {
  const explicit = declarations.some(one =>
    one.attributes.some(a => argument(a, 'Position') !== undefined),
  );
  let next = explicit ? null : positional;
  return declarations.map(declaration => {
    const isSwitch = /^(switch|System\.Management\.Automation\.SwitchParameter)$/i.test(
      declaration.type?.name ?? '',
    );
    const position = isSwitch ? null : next;
    if (!isSwitch && next !== null) next += 1;
    return parameterOf(declaration, { from, positional: position });
  });
};

const parameterOf = (declaration: ParameterDeclaration, around: Around): Parameter => {
  const { name, attributes, type } = declaration;
  const places = attributes.filter(one => isNamed(one, 'Parameter'));
  const sets = new Map<string, Place>(
    (places.length === 0 ? [undefined] : places).map(one => [
      textOf(one, 'ParameterSetName') ?? ALL_SETS,
      placeOf(one, around.positional),
    ]),
  );
  return {
    name,
    aliases: attributes
      .filter(one => isNamed(one, 'Alias'))
      .flatMap(one => one.positional.map(constant).filter(value => typeof value === 'string')),
    type:
      type === null
        ? 'System.Object'
        : (fullTypeName(type.name) ?? type.name) + '[]'.repeat(type.rank),
    sets,
    rules: attributes.flatMap(one => ruleOf(one, around.from)),
  };
};

const placeOf = (attribute: Attribute | undefined, position: number | null): Place => {
  const node = argument(attribute, 'Position');
  const own = node === undefined || node === null ? null : constant(node);
  return {
    mandatory: flagOf(attribute, 'Mandatory', false),
    position: typeof own === 'number' ? own : position,
    byValue: flagOf(attribute, 'ValueFromPipeline', false),
    byPropertyName: flagOf(attribute, 'ValueFromPipelineByPropertyName', false),
    remaining: flagOf(attribute, 'ValueFromRemainingArguments', false),
  };
};

const numbersOf = (attribute: Attribute): readonly [number, number] => {
  const [least, most] = attribute.positional.map(constant);
  return [typeof least === 'number' ? least : 0, typeof most === 'number' ? most : Infinity];
};

const ruleOf = (attribute: Attribute, from: Source): Rule[] => {
  const values = attribute.positional.map(constant);
  const [least, most] = numbersOf(attribute);
  if (isNamed(attribute, 'ValidateNotNull')) return [{ rule: 'not-null' }];
  if (isNamed(attribute, 'ValidateNotNullOrEmpty')) return [{ rule: 'not-null-or-empty' }];
  if (isNamed(attribute, 'AllowNull')) return [{ rule: 'allow-null' }];
  if (isNamed(attribute, 'AllowEmptyString')) return [{ rule: 'allow-empty-string' }];
  if (isNamed(attribute, 'AllowEmptyCollection')) return [{ rule: 'allow-empty-collection' }];
  if (isNamed(attribute, 'ValidateRange')) return [{ rule: 'range', least, most }];
  if (isNamed(attribute, 'ValidateLength')) return [{ rule: 'length', least, most }];
  if (isNamed(attribute, 'ValidateCount')) return [{ rule: 'count', least, most }];
  if (isNamed(attribute, 'ValidatePattern') && typeof values[0] === 'string')
    return [{ rule: 'pattern', pattern: values[0] }];
  if (isNamed(attribute, 'ValidateSet'))
    return [
      {
        rule: 'set',
        values: values.map(String),
        ignoreCase: flagOf(attribute, 'IgnoreCase', true),
      },
    ];
  const block = attribute.positional[0];
  if (isNamed(attribute, 'ValidateScript') && block?.node === 'script-block')
    return [
      { rule: 'script', block: new ScriptBlock({ body: block.body, source: block.text, from }) },
    ];
  return [];
};
