import type { Extent } from '../syntax/extent.ts';
import type { Command, Expression } from '../syntax/tree.ts';
import { fault } from '../value/fault.ts';
import { Hashtable } from '../value/hashtable.ts';
import { ScriptBlock } from '../value/script-block.ts';
import { itemsOf, textOf } from '../value/text.ts';
import type { Value } from '../value/value.ts';
import type { Argument } from './binder-port.ts';
import { CmdletStage } from './cmdlet-stage.ts';
import type { Context } from './context.ts';
import { commandNotFound, notSimulated, placeOf } from './faults.ts';
import { blockCommand } from './function-signature.ts';
import type { FunctionCommand } from './function-command.ts';
import { FunctionStage } from './function-stage.ts';
import type { CatalogEntry } from './host-port.ts';
import type { Scope } from './scope.ts';
import { scriptAt, scriptScope, ScriptStage } from './script-file.ts';
import type { Placing, Stage } from './stage.ts';
import type { Steps } from './steps.ts';
import { read } from './variables.ts';

/** What a name stands for. */
export type Found =
  | { readonly kind: 'function'; readonly command: FunctionCommand }
  | { readonly kind: 'cmdlet'; readonly entry: CatalogEntry };

/** A command with its arguments evaluated, ready to be begun. */
export function* stageOf(node: Command, cx: Context, placing: Placing): Steps<Stage> {
  const name = yield* nameOf(node, cx);
  if (name instanceof ScriptBlock) return yield* blockStage(name, node, cx, placing);
  const found = resolve(name, cx);
  if (found === null) {
    const script = scriptAt(name, cx);
    if (script === null) throw unknown(name, node, cx);
    return yield* scriptStage(script, node, { cx, placing, name });
  }
  const args = yield* argumentsOf(node, cx);
  if (found.kind === 'cmdlet')
    return new CmdletStage(
      {
        ...(helpAsked(found.entry, args, cx) ?? { entry: found.entry, args }),
        invokedAs: name,
        extent: { start: node.start, end: node.end },
        line: cx.from.text.slice(node.start, node.end),
      },
      cx,
      placing,
    );
  return new FunctionStage(
    {
      command: found.command,
      args,
      invokedAs: name,
      dotted: node.call === '.',
      extent: extentOf(node),
    },
    cx,
    placing,
  );
}

/** `Get-VM -?` is `Get-Help Get-VM`. */
const helpAsked = (
  { signature }: CatalogEntry,
  args: readonly Argument[],
  cx: Context,
): { readonly entry: CatalogEntry; readonly args: readonly Argument[] } | null => {
  const asking = args.find(one => one.kind === 'named' && one.name === '?');
  const entry = cx.core.setup.catalog.find('Get-Help');
  if (asking === undefined || entry === undefined) return null;
  const { start, end } = asking;
  return { entry, args: [{ kind: 'plain', value: signature.name, splatted: false, start, end }] };
};

const extentOf = ({ start, end }: Extent): Extent => ({ start, end });

interface Calling {
  readonly cx: Context;
  readonly placing: Placing;
  readonly name: string;
}

function* scriptStage(
  script: ScriptBlock,
  node: Command,
  { cx, placing, name }: Calling,
): Steps<Stage> {
  const args = yield* argumentsOf(node, cx);
  const dotted = node.call === '.';
  const command = { ...blockCommand(script), name: name.replace(/^.*[\\/]/, '') };
  const closure = dotted ? null : scriptScope(script, cx);
  const call = { command, args, invokedAs: name, dotted, extent: extentOf(node), closure };
  return new ScriptStage(new FunctionStage(call, cx, placing), cx);
}

function* blockStage(
  block: ScriptBlock,
  node: Command,
  cx: Context,
  placing: Placing,
): Steps<Stage> {
  const args = yield* argumentsOf(node, cx);
  return new FunctionStage(
    {
      command: blockCommand(block),
      args,
      invokedAs: node.call,
      dotted: node.call === '.',
      extent: extentOf(node),
      closure: block.closure as Scope | null,
    },
    cx,
    placing,
  );
}

function* nameOf(node: Command, cx: Context): Steps<string | ScriptBlock> {
  if (node.name.node === 'string') return node.name.value;
  const value = yield* cx.core.evaluator.value(node.name, cx);
  if (value instanceof ScriptBlock) return value;
  const text = textOf(value);
  if (text !== '') return text;
  throw fault({
    message: `The expression after '${node.call === '' ? '&' : node.call}' in a pipeline element produced an object that was not valid. It must result in a command name, a script block, or a CommandInfo object.`,
    id: 'BadExpression',
    category: 'InvalidOperation',
  });
}

/** Alias, function, cmdlet; `Get-` may be left away; a module's name may stand in front. */
export const resolve = (written: string, cx: Context): Found | null => {
  const bare = written.replace(/^[\w.-]+\\/, '');
  return exactly(bare, cx) ?? exactly(`get-${bare}`, cx);
};

const exactly = (written: string, cx: Context): Found | null => {
  let name = written.toLowerCase();
  // Aliases of aliases: a chain, or a circle of which nothing comes.
  for (let i = 0; i < 8; i += 1) {
    const alias = cx.core.aliases.get(name);
    if (alias === undefined) break;
    name = alias.command.toLowerCase();
  }
  const command = cx.scope.function(name);
  if (command !== undefined) return { kind: 'function', command };
  const entry = cx.core.setup.catalog.find(name);
  return entry === undefined ? null : { kind: 'cmdlet', entry };
};

/** Programs of Windows an administrator may reach for. */
const PROGRAMS =
  /^(arp|bcdedit|chkdsk|cmd|compmgmt|diskpart|dism|djoin|getmac|gpupdate|hostname|icacls|ipconfig|mmc|mstsc|net|netdom|netsh|netstat|notepad|nslookup|pathping|ping|powershell|reg|robocopy|route|sc|schtasks|sconfig|shutdown|systeminfo|taskkill|tasklist|tracert|vmconnect|wevtutil|whoami|winrm|wmic|xcopy)(\.exe|\.cmd|\.msc)?$/i;

const unknown = (name: string, node: Command, cx: Context) => {
  if (PROGRAMS.test(name) || /\.exe$/i.test(name))
    return notSimulated(`The program "${name}" is not simulated in this console.`, name);
  return commandNotFound(name, placeOf(cx.from, node.name));
};

function* argumentsOf(node: Command, cx: Context): Steps<Argument[]> {
  const args: Argument[] = [];
  for (const element of node.elements) {
    const { start, end } = element;
    if (element.node === 'parameter') {
      const value = element.value === null ? undefined : yield* argument(element.value, cx);
      args.push({ kind: 'named', name: element.name, value, splatted: false, start, end });
    } else if (element.value.node === 'variable' && element.value.splat) {
      args.push(...splat(read(element.value, cx), element));
    } else {
      const value = yield* argument(element.value, cx);
      args.push({ kind: 'plain', value, splatted: false, start, end });
    }
  }
  return args;
}

function* argument(node: Expression, cx: Context): Steps<Value> {
  return yield* cx.core.evaluator.value(node, cx);
}

/** `@table` gives names and values, `@list` values. */
const splat = (value: Value, { start, end }: Extent): Argument[] => {
  if (value instanceof Hashtable)
    return [...value.entries()].map(entry => ({
      kind: 'named' as const,
      name: textOf(entry.key),
      value: entry.value,
      splatted: true,
      start,
      end,
    }));
  if (value === null) return [];
  return (itemsOf(value) ?? [value]).map(item => ({
    kind: 'plain' as const,
    value: item,
    splatted: true,
    start,
    end,
  }));
};
