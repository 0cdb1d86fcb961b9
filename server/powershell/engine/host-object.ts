import { property } from '../value/property.ts';
import { type Property, PSObject } from '../value/ps-object.ts';
import { CustomObject } from '../value/custom-object.ts';
import { isNumber, plainNumber } from '../value/number.ts';
import { itemsOf, textOf } from '../value/text.ts';
import type { Value } from '../value/value.ts';
import { Version } from '../value/version.ts';
import { ask } from './binding-host.ts';
import type { Context } from './context.ts';
import type { Core } from './core.ts';
import { Live } from './live.ts';
import { BREATH } from './meter.ts';
import type { Steps } from './steps.ts';

/** $Host: the console as a script may ask about it. */
export class HostObject extends PSObject {
  readonly typeNames = ['System.Management.Automation.Internal.Host.InternalHost', 'System.Object'];
  readonly #core: Core;

  constructor(core: Core) {
    super();
    this.#core = core;
  }

  properties(): readonly Property[] {
    return [
      property('Name', 'string', () => 'ConsoleHost'),
      property('Version', 'version', () => new Version([3, 0])),
      property(
        'UI',
        'System.Management.Automation.Internal.Host.InternalHostUserInterface',
        () => new HostUi(this.#core),
      ),
      property('CurrentCulture', 'cultureinfo', () => 'en-US'),
      property('CurrentUICulture', 'cultureinfo', () => 'en-US'),
    ];
  }

  text(): string {
    return 'System.Management.Automation.Internal.Host.InternalHost';
  }
}

class HostUi extends Live {
  readonly typeNames = [
    'System.Management.Automation.Internal.Host.InternalHostUserInterface',
    'System.Object',
  ];
  readonly #core: Core;

  constructor(core: Core) {
    super();
    this.#core = core;
  }

  properties(): readonly Property[] {
    return [
      property(
        'RawUI',
        'System.Management.Automation.Host.PSHostRawUserInterface',
        () => new RawUi(this.#core),
      ),
    ];
  }

  text(): string {
    return 'System.Management.Automation.Internal.Host.InternalHostUserInterface';
  }

  run(name: string, args: readonly Value[], cx: Context): Steps<Value | undefined> | null {
    const text = textOf(args.at(-1) ?? null);
    switch (name.toLowerCase()) {
      case 'write':
        return written(text, cx);
      case 'writeline':
        return written(`${text}\n`, cx);
      case 'readline':
        return ask('', false);
      case 'promptforchoice':
        return chosen(args, cx);
      default:
        return null;
    }
  }
}

/** The window: what is set here is taken and changes nothing. */
class RawUi extends Live {
  readonly typeNames = [
    'System.Management.Automation.Internal.Host.InternalHostRawUserInterface',
    'System.Object',
  ];
  readonly #core: Core;

  constructor(core: Core) {
    super();
    this.#core = core;
  }

  properties(): readonly Property[] {
    const taken = (name: string, type: string, value: Value): Property => ({
      name,
      type,
      kind: 'Property',
      get: () => value,
      set: () => undefined,
    });
    return [
      taken('WindowTitle', 'string', 'Administrator: Windows PowerShell'),
      taken('ForegroundColor', 'System.ConsoleColor', 'Gray'),
      taken('BackgroundColor', 'System.ConsoleColor', 'DarkBlue'),
      property('WindowWidth', 'int', () => this.#core.setup.screen.width),
    ];
  }

  text(): string {
    return 'System.Management.Automation.Internal.Host.InternalHostRawUserInterface';
  }

  run(name: string): Steps<Value | undefined> | null {
    return name.toLowerCase() === 'readkey' ? pressed() : null;
  }
}

/** A console is asked for lines: the first letter of one is the key. */
function* pressed(): Steps<Value> {
  const key = new CustomObject('System.Management.Automation.Host.KeyInfo');
  const character = ((yield* ask('', false)) ?? '').charAt(0);
  key.note('VirtualKeyCode', character === '' ? 13 : (character.toUpperCase().codePointAt(0) ?? 0));
  key.note('Character', character === '' ? '\r' : character);
  key.note('ControlKeyState', 0);
  key.note('KeyDown', true);
  return key;
}

/** PromptForChoice: the number of the choice whose letter, behind `&`, or whose label is answered. */
function* chosen([caption, message, choices, start]: readonly Value[], cx: Context): Steps<Value> {
  const labels = (itemsOf(choices ?? null) ?? []).map(one =>
    textOf(one instanceof PSObject ? (one.property('Label')?.get() ?? one) : one),
  );
  const keys = labels.map(label => (/&(.)/.exec(label)?.[1] ?? label.charAt(0)).toUpperCase());
  const given = start ?? null;
  const first = isNumber(given) ? plainNumber(given) : 0;
  yield* written(`\n${textOf(caption ?? null)}\n${textOf(message ?? null)}\n`, cx);
  const offered = labels.map((label, index) => `[${keys[index]}] ${label.replace('&', '')}`);
  for (;;) {
    const prompt = `${offered.join('  ')}  [?] Help (default is "${keys[first] ?? ''}"): `;
    const answer = (yield* ask(prompt, false))?.trim();
    if (answer === undefined || (answer === '' && first >= 0)) return first;
    const wanted = answer.toUpperCase();
    const found = labels.findIndex(
      (label, index) => keys[index] === wanted || label.replace('&', '').toUpperCase() === wanted,
    );
    if (found >= 0) return found;
  }
}

function* written(text: string, cx: Context): Steps<undefined> {
  cx.core.meter.outputText(text.length);
  cx.core.setup.screen.print(text);
  if (cx.core.meter.tick()) yield BREATH;
  return undefined;
}
