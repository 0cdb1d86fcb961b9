import { property } from '../value/property.ts';
import { type Property, PSObject } from '../value/ps-object.ts';
import { textOf } from '../value/text.ts';
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
      default:
        return null;
    }
  }
}

/** The window: what is set here is taken and changes nothing. */
class RawUi extends PSObject {
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
}

function* written(text: string, cx: Context): Steps<undefined> {
  cx.core.meter.outputText(text.length);
  cx.core.setup.screen.print(text);
  if (cx.core.meter.tick()) yield BREATH;
  return undefined;
}
